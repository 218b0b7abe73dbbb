using System.Net;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification.Certificates;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>All that a profile may not bear. A new trigger is a row.</summary>
public static class Triggers
{
    // RFC 791 and RFC 9293: what is left of an Ethernet frame of 1,500 octets, with timestamps.
    private const int OneSegment = 1448;

    /// <summary>Every trigger, in the order to show them.</summary>
    public static IReadOnlyList<Trigger> All { get; } =
    [
        OfLeaf("expired-certificate", "a certificate that has expired",
            (leaf, met) => leaf.NotAfter < met.Now),
        OfLeaf("not-yet-valid-certificate", "a certificate that is not valid yet",
            (leaf, met) => leaf.NotBefore > met.Now),
        OfLeaf("wrong-name", "a certificate for other names",
            (leaf, met) => met.ServerName is { } name && !leaf.IsFor(name)),
        OfLeaf("sha1-certificate", "a certificate that was signed with SHA-1",
            (leaf, _) => leaf.SignatureAlgorithm.StartsWith("sha1", StringComparison.OrdinalIgnoreCase)),
        OfLeaf("missing-intermediate", "a certificate without the one above it",
            (leaf, met) => met.Chain.Count == 1 && !leaf.IsSelfIssued),
        OfRecord("extra-padding", "a CBC record with a block of padding more than it needs",
            record => record.ExtraPaddingBlocks > 0),
        OfServerHello("downgrade-sentinel", "the word that the server speaks a newer version (RFC 8446, 4.1.3)",
            hello => hello.DowngradeSentinel is not null),
        OfServerHello("hello-retry-request", "a HelloRetryRequest", hello => hello.IsHelloRetryRequest),
        OfServerHello("server-version-list", "supported_versions in a ServerHello",
            hello => hello.Extensions.Has(ExtensionType.SupportedVersions)),
        OfServerHello("session-id-echo", "a session id in a ServerHello",
            hello => !hello.SessionId.IsEmpty),
        OfMessage("certificate-request", "the wish for its own certificate",
            message => message.Type == HandshakeType.CertificateRequest),
        OfMessage("new-session-ticket", "a ticket", message => message.Type == HandshakeType.NewSessionTicket),
        OfClientHello("version-list", "supported_versions in a ClientHello",
            (hello, _) => hello.Extensions.Has(ExtensionType.SupportedVersions)),
        OfClientHello("unknown-extension", "an extension that nobody has registered, GREASE among them",
            (hello, _) => hello.Extensions.Any(extension => !extension.Type.IsKnown)),
        OfClientHello("any-extension", "a ClientHello with extensions",
            (hello, _) => hello.Extensions.Count > 0),
        OfClientHello("no-server-name", "a ClientHello without server_name",
            (hello, _) => hello.ServerName is null),
        OfClientHello("server-name", "a ClientHello with server_name",
            (hello, _) => hello.ServerName is not null),
        OfClientHello("hello-of-256-to-511", "a ClientHello of 256 to 511 octets",
            (_, octets) => octets is >= 256 and <= 511),
        OfClientHello("hello-over-511", "a ClientHello of more than 511 octets", (_, octets) => octets > 511),
        OfClientHello("hello-over-one-segment", "a ClientHello that does not fit into one TCP segment",
            (_, octets) => octets > OneSegment),
    ];

    /// <summary>The trigger of a name, or null.</summary>
    public static Trigger? Find(string name) => All.FirstOrDefault(trigger => trigger.Name == name);

    private static bool IsFor(this CertificateSummary leaf, string name) =>
        IPAddress.TryParse(name, out var address)
            ? leaf.IpAddresses.Contains(address)
            : leaf.DnsNames.Any(known => ServerNames.Match(known, name));

    private static Trigger OfLeaf(string name, string what, Func<CertificateSummary, Encounter, bool> isMet) =>
        new(name, what) { IsMet = met => met.Chain is [var leaf, ..] && isMet(leaf, met) };

    private static Trigger OfRecord(string name, string what, Predicate<Secrets.OpenedRecord> isMet) =>
        new(name, what) { IsMet = met => met.Record is { } record && isMet(record) };

    private static Trigger OfMessage(string name, string what, Predicate<HandshakeMessage> isMet) =>
        new(name, what) { IsMet = met => met.Message is { } message && isMet(message) };

    private static Trigger OfServerHello(string name, string what, Predicate<ServerHello> isMet) =>
        OfMessage(name, what, message => message.Body is ServerHello hello && isMet(hello));

    private static Trigger OfClientHello(string name, string what, Func<ClientHello, int, bool> isMet) =>
        OfMessage(name, what, message => message.Body is ClientHello hello && isMet(hello, message.Bytes.Length));
}
