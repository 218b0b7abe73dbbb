using System.Net;
using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Certificates;

/// <summary>What a certificate says, against the connection that it came in. Now is the time of the capture.</summary>
internal static class CertificateRules
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string AnyUsage = "2.5.29.37.0";

    // A certificate may hold hundreds.
    private const int MostNames = 8;

    public static readonly Rule[] Rows =
    [
        OfChain(
            "certificate-expired", "RFC 5280, Section 4.1.2.5",
            "A certificate is used up to its notAfter.",
            Severity.Warning,
            Expired),
        OfChain(
            "certificate-not-yet-valid", "RFC 5280, Section 4.1.2.5",
            "A certificate is used from its notBefore on.",
            Severity.Warning,
            NotYetValid),
        OfChain(
            "certificate-name", "RFC 9525, Section 6.3",
            "The subjectAltName of a server's certificate holds the name that the client asked for.",
            Severity.Warning,
            OtherName),
        OfChain(
            "certificate-purpose", "RFC 5280, Section 4.2.1.12",
            "A certificate whose extKeyUsage names purposes names that of its sender: serverAuth or clientAuth.",
            Severity.Warning,
            OtherPurpose),
        OfChain(
            "certificate-key-usage", "RFC 8446, Section 4.4.2.2; RFC 5246, Section 7.4.2",
            "A certificate whose keyUsage names uses names that of the key exchange: to sign, to encipher or to agree.",
            Severity.Warning,
            OtherUse),
        OfChain(
            "certificate-version", "RFC 8446, Section 4.4.2.2; RFC 5246, Section 7.4.2",
            "A certificate is of version 3 of X.509.",
            Severity.Warning,
            OldVersion),
        OfChain(
            "certificate-unreadable", "RFC 5280, Section 4.1",
            "A certificate is X.509 in DER.",
            Severity.Warning,
            Unreadable),
        OfChain(
            "certificate-missing", "RFC 8446, Section 4.4.2.4; RFC 5246, Section 7.4.2",
            "The Certificate of a server holds at least one.",
            Severity.Error,
            Missing),
    ];

    internal static Rule OfChain(
        string id, string rfc, string sentence, Severity severity, Action<SeenChain, RuleHits> check) =>
        Rule.OfHandshake(id, rfc, sentence, severity, (handshake, hits) =>
        {
            foreach (var chain in handshake.Chains) check(chain, hits);
        });

    /// <summary>When a message was captured; null in a capture without times.</summary>
    internal static DateTimeOffset? TimeOf(ConnectionEvent item) =>
        item.At.UnixNanoseconds > 0 ? DateTimeOffset.UnixEpoch.AddTicks(item.At.UnixNanoseconds / 100) : null;

    private static void Expired(SeenChain chain, RuleHits hits)
    {
        if (TimeOf(chain.Event) is not { } now) return;
        foreach (var (index, _, facts) in chain.Certificates)
        {
            if (facts is null || now <= facts.NotAfter) continue;
            hits.Add(chain.Hit(
                $"Expected {chain.Name(index)} to be valid. "
                + $"Got: one that expired {Long(now - facts.NotAfter)} before this connection.",
                index, facts.NotAfterAt));
        }
    }

    private static void NotYetValid(SeenChain chain, RuleHits hits)
    {
        if (TimeOf(chain.Event) is not { } now) return;
        foreach (var (index, _, facts) in chain.Certificates)
        {
            if (facts is null || now >= facts.NotBefore) continue;
            hits.Add(chain.Hit(
                $"Expected {chain.Name(index)} to be valid. "
                + $"Got: one that is valid {Long(facts.NotBefore - now)} after this connection.",
                index, facts.NotBeforeAt));
        }
    }

    private static string Long(TimeSpan time) =>
        time.TotalDays >= 2 ? $"{(long)time.TotalDays} days"
        : time.TotalHours >= 2 ? $"{(long)time.TotalHours} hours"
        : $"{(long)time.TotalMinutes} minutes";

    private static void OtherName(SeenChain chain, RuleHits hits)
    {
        if (!chain.IsServer || chain.Leaf is not { } leaf
            || chain.Handshake.Offer?.ServerName is not { Length: > 0 } asked)
        {
            return;
        }
        var names = leaf.Extensions.DnsNames;
        var fits = IPAddress.TryParse(asked, out var address)
            ? leaf.Extensions.Addresses.Contains(address)
            : names?.Any(name => ServerNames.Match(name, asked)) == true;
        if (fits) return;
        hits.Add(chain.Hit($"Expected a certificate for {asked}. Got: {Names(leaf.Extensions)}.", 0));
    }

    private static string Names(CertificateExtensionFacts extensions)
    {
        if (extensions.DnsNames is not { } names) return "no subjectAltName";
        string[] known =
        [
            .. names.Select(name => Printable.Ascii(Encoding.UTF8.GetBytes(name))),
            .. extensions.Addresses.Select(address => address.ToString()),
        ];
        return known.Length == 0 ? "names of other kinds" : string.Join(", ", known.Take(MostNames));
    }

    private static void OtherPurpose(SeenChain chain, RuleHits hits)
    {
        if (chain.Leaf?.Extensions.ExtendedKeyUsages is not { } purposes) return;
        var (purpose, name) = chain.IsServer ? (ServerAuth, "serverAuth") : (ClientAuth, "clientAuth");
        if (!purposes.Contains(purpose) && !purposes.Contains(AnyUsage))
            hits.Add(chain.Hit(
                $"Expected {name} in the extKeyUsage of {chain.Name(0)}. Got: {Purposes(purposes)}.", 0));
    }

    private static string Purposes(IReadOnlyList<string> purposes) =>
        string.Join(", ", purposes.Take(MostNames).Select(purpose => purpose switch
    {
        ServerAuth => "serverAuth",
        ClientAuth => "clientAuth",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        _ => purpose,
    }));

    private static void OtherUse(SeenChain chain, RuleHits hits)
    {
        if (chain.Leaf?.Extensions.KeyUsage is not { } usage
            || Needed(chain) is not (var needed and not KeyUsages.None))
        {
            return;
        }
        if ((usage & needed) != 0) return;
        var name = char.ToLowerInvariant(needed.ToString()[0]) + needed.ToString()[1..];
        hits.Add(chain.Hit($"Expected {name} in the keyUsage of {chain.Name(0)}. Got: another use only.", 0));
    }

    private static KeyUsages Needed(SeenChain chain)
    {
        if (chain.Handshake.Terms is not { } terms) return KeyUsages.None;
        if (!chain.IsServer)
        {
            return chain.Handshake.Seen<CertificateVerify>(Direction.ClientToServer).Any()
                ? KeyUsages.DigitalSignature
                : KeyUsages.None;
        }
        if (terms.Version.IsTls13) return KeyUsages.DigitalSignature;
        return terms.Suite.KeyExchange switch
        {
            KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.RsaPsk => KeyUsages.KeyEncipherment,
            KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.Ecdhe => KeyUsages.DigitalSignature,
            KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh => KeyUsages.KeyAgreement,
            _ => KeyUsages.None,
        };
    }

    private static void OldVersion(SeenChain chain, RuleHits hits)
    {
        if (chain.Leaf is { Version: not 3 and var version })
            hits.Add(chain.Hit($"Expected version 3. Got: {version}.", 0));
    }

    private static void Unreadable(SeenChain chain, RuleHits hits)
    {
        foreach (var seen in chain.Certificates)
        {
            if (seen.Facts is null)
                hits.Add(chain.Hit(
                    $"Expected X.509 in DER. Got: {seen.Entry.Data.Length} octets that are none.", seen.Index));
        }
    }

    private static void Missing(SeenChain chain, RuleHits hits)
    {
        if (chain.IsServer && chain.Certificates.Length == 0 && chain.Event.Message.Fault is null)
            hits.Add("Expected a certificate of the server. Got: none.", chain.Event);
    }
}
