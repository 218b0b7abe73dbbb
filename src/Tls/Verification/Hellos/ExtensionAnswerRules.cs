using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>What a server may answer to an extension.</summary>
internal static class ExtensionAnswerRules
{
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

    private static void ServerName(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (extension, item) in Answers(handshake, ExtensionType.ServerName))
        {
            if (!extension.Data.IsEmpty)
                hits.Add($"Expected an empty server_name. Got: {extension.Data.Length} octets.", item, extension.Data);
        }
    }

    private static void AlpnCount(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (extension, item) in Answers(handshake, ExtensionType.ApplicationLayerProtocolNegotiation))
        {
            if (extension.Body is AlpnExtension { Protocols.Count: not 1 and var count })
                hits.Add($"Expected one protocol. Got: {count}.", item, extension.Data);
        }
    }

    private static void AlpnNotOffered(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Offer?.Extensions.Find<AlpnExtension>() is not { } offer) return;
        var offered = offer.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var (extension, item) in Answers(handshake, ExtensionType.ApplicationLayerProtocolNegotiation))
        {
            foreach (var name in (extension.Body as AlpnExtension)?.Names ?? [])
            {
                if (!offered.Contains(name))
                    hits.Add(
                        $"Expected an offered protocol ({Listing.Of(offer.Names)}). Got: {name}.",
                        item,
                        extension.Data);
            }
        }
    }

    private static void MaxFragmentLength(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Offer?.Extensions.Find<MaxFragmentLengthExtension>() is not { } asked) return;
        foreach (var (extension, item) in Answers(handshake, ExtensionType.MaxFragmentLength))
        {
            if (extension.Body is MaxFragmentLengthExtension answer && answer.Length != asked.Length)
                hits.Add($"Expected {asked.Length}. Got: {answer.Length}.", item, extension.Data);
        }
    }

    private static void TwoLimits(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (extension, item) in Answers(handshake, ExtensionType.MaxFragmentLength))
        {
            if (item.Message.Body.Extensions.Has(ExtensionType.RecordSizeLimit))
                hits.Add("Expected max_fragment_length or record_size_limit. Got: both.", item, extension.Data);
        }
    }

    private static void CertificateType(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Offer?.Extensions.Find(ExtensionType.ServerCertificateType)
            is not { Fault: null, Body: CertificateTypeExtension { CertificateTypes: var offered } }) return;
        foreach (var (extension, item) in Answers(handshake, ExtensionType.ServerCertificateType))
        {
            if (extension is { Fault: null, Body: CertificateTypeExtension { CertificateTypes: [var chosen] } }
                && !offered.Contains(chosen))
                hits.Add($"Expected one of the types {Listing.Of(offered)}. Got: {chosen}.", item, extension.Data);
        }
    }

    // RFC 5246, Section 6.2.3.1, counts the null cipher among the stream ciphers. It has no padding to protect, and
    // OpenSSL agrees on it, so nothing is said against that.
    private static void EncryptThenMac(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Choice: { CipherSuite.Info: { } suite } choice }) return;
        if (choice.Extensions.Find(ExtensionType.EncryptThenMac) is { } answer
            && (suite.IsAead || suite.Mode == CipherMode.Stream))
        {
            hits.Add(
                $"Expected no encrypt_then_mac with {suite.Name}. Got: it.", handshake.ServerHello!, answer.Data);
        }
    }

    private static IEnumerable<(Extension Extension, HandshakeEvent Event)> Answers(
        SeenHandshake handshake, ExtensionType type)
    {
        foreach (var item in handshake.Sent)
        {
            if (item is { Direction: Direction.ServerToClient, Message.Body: ServerHello or EncryptedExtensions }
                && item.Message.Body.Extensions.Find(type) is { } extension)
                yield return (extension, item);
        }
    }
}
