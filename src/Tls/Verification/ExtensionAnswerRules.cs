using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>What a server may answer to an extension.</summary>
internal static class ExtensionAnswerRules
{
    private static readonly ExtensionType ServerCertificateType = new(20);

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "server-name-answer", "RFC 6066, Section 3",
            "A server answers server_name with nothing in it.",
            Severity.Error,
            ServerName),
        Rule.OfHandshake(
            "alpn-answer", "RFC 7301, Section 3.1",
            "A server answers with one application protocol.",
            Severity.Error,
            AlpnCount),
        Rule.OfHandshake(
            "alpn-not-offered", "RFC 7301, Section 3.2",
            "The server chooses an application protocol that the client offered.",
            Severity.Error,
            AlpnNotOffered),
        Rule.OfHandshake(
            "max-fragment-length-answer", "RFC 6066, Section 4",
            "A server answers max_fragment_length with the client's value.",
            Severity.Error,
            MaxFragmentLength),
        Rule.OfHandshake(
            "record-size-limit-and-fragment-length", "RFC 8449, Section 5",
            "A server that answers record_size_limit does not answer max_fragment_length.",
            Severity.Error,
            TwoLimits),
        Rule.OfHandshake(
            "certificate-type-not-offered", "RFC 7250, Section 4.2",
            "The server chooses a type of certificate that the client offered.",
            Severity.Error,
            CertificateType),
        Rule.OfHandshake(
            "encrypt-then-mac-without-block-cipher", "RFC 7366, Section 3",
            "Encrypt-then-MAC is agreed on for block ciphers only.",
            Severity.Error,
            EncryptThenMac),
    ];

    private static IEnumerable<RuleHit> ServerName(SeenHandshake handshake) =>
        from answer in Answers(handshake, ExtensionType.ServerName)
        where !answer.Extension.Data.IsEmpty
        select new RuleHit(
            $"Expected an empty server_name. Got: {answer.Extension.Data.Length} octets.",
            answer.Event,
            answer.Extension.Data);

    private static IEnumerable<RuleHit> AlpnCount(SeenHandshake handshake) =>
        from answer in Answers(handshake, ExtensionType.ApplicationLayerProtocolNegotiation)
        let chosen = answer.Extension.Body as AlpnExtension
        where chosen is { Protocols.Count: not 1 }
        select new RuleHit(
            $"Expected one protocol. Got: {chosen.Protocols.Count}.", answer.Event, answer.Extension.Data);

    private static IEnumerable<RuleHit> AlpnNotOffered(SeenHandshake handshake)
    {
        if (handshake.Offer?.Extensions.Find<AlpnExtension>() is not { } offer) yield break;
        var offered = offer.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var (extension, item) in Answers(handshake, ExtensionType.ApplicationLayerProtocolNegotiation))
        {
            foreach (var name in (extension.Body as AlpnExtension)?.Names ?? [])
            {
                if (!offered.Contains(name))
                    yield return new RuleHit(
                        $"Expected an offered protocol ({Listing.Of(offer.Names)}). Got: {name}.",
                        item,
                        extension.Data);
            }
        }
    }

    private static IEnumerable<RuleHit> MaxFragmentLength(SeenHandshake handshake)
    {
        if (handshake.Offer?.Extensions.Find<MaxFragmentLengthExtension>() is not { } asked) yield break;
        foreach (var (extension, item) in Answers(handshake, ExtensionType.MaxFragmentLength))
        {
            if (extension.Body is MaxFragmentLengthExtension answer && answer.Length != asked.Length)
                yield return new RuleHit($"Expected {asked.Length}. Got: {answer.Length}.", item, extension.Data);
        }
    }

    private static IEnumerable<RuleHit> TwoLimits(SeenHandshake handshake) =>
        from answer in Answers(handshake, ExtensionType.MaxFragmentLength)
        where answer.Event.Message.Body.Extensions.Has(ExtensionType.RecordSizeLimit)
        select new RuleHit(
            "Expected max_fragment_length or record_size_limit. Got: both.", answer.Event, answer.Extension.Data);

    private static IEnumerable<RuleHit> CertificateType(SeenHandshake handshake)
    {
        // client: CertificateType server_certificate_types<1..2^8-1>; server: CertificateType server_certificate_type;
        if (handshake.Offer?.Extensions.Find(ServerCertificateType) is not { } asked) yield break;
        var reader = new WireReader(asked.Data);
        var offered = reader.Vector8("server_certificate_types", min: 1);
        if (reader.Fault is not null) yield break;
        foreach (var (extension, item) in Answers(handshake, ServerCertificateType))
        {
            if (extension.Data is { Length: 1 } data && !offered.Span.Contains(data.Span[0]))
            {
                yield return new RuleHit(
                    $"Expected one of the types {Convert.ToHexStringLower(offered.Span)}. Got: {data.Span[0]:x2}.",
                    item,
                    data);
            }
        }
    }

    // RFC 5246, Section 6.2.3.1, counts the null cipher among the stream ciphers. It has no padding to protect, and
    // OpenSSL agrees on it, so nothing is said against that.
    private static IEnumerable<RuleHit> EncryptThenMac(SeenHandshake handshake)
    {
        if (handshake is not { Choice: { CipherSuite.Info: { } suite } choice }) yield break;
        if (choice.Extensions.Find(ExtensionType.EncryptThenMac) is { } answer
            && (suite.IsAead || suite.Mode == CipherMode.Stream))
        {
            yield return new RuleHit(
                $"Expected no encrypt_then_mac with {suite.Name}. Got: it.", handshake.ServerHello!, answer.Data);
        }
    }

    private static IEnumerable<(Extension Extension, HandshakeEvent Event)> Answers(
        SeenHandshake handshake, ExtensionType type)
    {
        foreach (var item in handshake.Messages)
        {
            if (item is { Direction: Direction.ServerToClient, Message.Body: ServerHello or EncryptedExtensions }
                && item.Message.Body.Extensions.Find(type) is { } extension)
                yield return (extension, item);
        }
    }
}
