using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Hellos;

internal static class DowngradeCases
{
    private static readonly CipherSuite FallbackScsv = new(0x5600);

    public static readonly RuleCase[] Rows =
    [
        Loud("downgrade-sentinel", "TLS 1.2 for a client of TLS 1.3",
            () => Both(Tls12, Offering13, hello => Marked(hello, 1))),
        Loud("downgrade-sentinel", "TLS 1.0 for a client of TLS 1.2",
            () => Both(
                Tls10, hello => hello with { LegacyVersion = ProtocolVersion.Tls12 }, hello => Marked(hello, 0))),
        Quiet("downgrade-sentinel", "TLS 1.2 for a client that offers no more",
            () => Choice(Tls12, hello => Marked(hello, 1))),
        Quiet("downgrade-sentinel", "no sentinel", () => Offer(Tls12, Offering13)),

        Loud("fallback-accepted", "by a server of TLS 1.3", () => Both(Tls12, FallenBack, hello => Marked(hello, 1))),
        Loud("fallback-accepted", "by a server of TLS 1.2", () => Both(Tls10, FallenBack, hello => Marked(hello, 0))),
        Quiet("fallback-accepted", "by a server that may do no more", () => Offer(Tls12, FallenBack)),
        Quiet("fallback-accepted", "no fallback", () => Choice(Tls12, hello => Marked(hello, 1))),

        Loud("fallback-at-highest", "TLS 1.3", () => Offer(Tls13, FallenBack)),
        Quiet("fallback-at-highest", "TLS 1.2", () => Offer(Tls12, FallenBack)),

        Loud("premaster-version", "a lower one", () => Premaster(_ => ProtocolVersion.Ssl3)),
        Quiet("premaster-version", "that of the ClientHello", () => Premaster(hello => hello.LegacyVersion)),
        Quiet("premaster-version", "nobody knows: only the master secret is there", () => SessionEvidence.Of(Tls10)),
    ];

    private static Evidence Premaster(Func<ClientHello, ProtocolVersion> version)
    {
        var connection = SessionEvidence.Of(Tls10).Connection;
        var hello = (ClientHello)connection.Messages.First().Message.Body;
        var keyLog = new KeyLog();
        keyLog.Keep(hello.Random.Span, new WorkedOutSecret(new byte[48], version(hello)));
        return new Evidence(connection, keyLog);
    }

    private static ClientHello Offering13(ClientHello hello) =>
        hello.With(ExtensionType.SupportedVersions, 4, 3, 4, 3, 3);

    private static ClientHello FallenBack(ClientHello hello) =>
        hello with { CipherSuites = [.. hello.CipherSuites, FallbackScsv] };

    private static ServerHello Marked(ServerHello hello, byte last) =>
        hello with { Random = (byte[])[.. hello.Random.Span[..24], .. "DOWNGRD"u8, last] };
}
