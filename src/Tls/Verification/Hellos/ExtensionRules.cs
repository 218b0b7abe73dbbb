using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>Which extensions may stand where.</summary>
internal static class ExtensionRules
{
    private const int MostCompared = 32;

    // RFC 5746, Section 3.3: this suite asks for renegotiation_info without the extension.
    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "extension-not-asked", "RFC 8446, Section 4.2; RFC 5246, Section 7.4.1.4",
            "A server answers only extensions that the client sent.",
            Severity.Error,
            NotAsked),
        Rule.OfHandshake(
            "extension-twice", "RFC 8446, Section 4.2; RFC 5246, Section 7.4.1.4",
            "A message holds each extension once.",
            Severity.Error,
            Twice),
    ];

    private static void NotAsked(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.Sent)
        {
            if (item.Direction != Direction.ServerToClient || Asking(handshake, item) is not { } offer) continue;
            if (item.Message.Body is ServerHello or EncryptedExtensions)
            {
                foreach (var extension in item.Message.Body.Extensions) Answered(extension.Type, offer, item, hits);
            }
            else if (item.Message.Body is Certificate { Entries: var entries })
            {
                foreach (var type in entries.SelectMany(entry => entry.Extensions).Select(each => each.Type).Distinct())
                    Answered(type, offer, item, hits);
            }
        }
    }

    // A HelloRetryRequest answers the first ClientHello; what follows, the last one.
    private static ClientHello? Asking(SeenHandshake handshake, HandshakeEvent item) =>
        ReferenceEquals(item, handshake.HelloRetryRequest)
            ? (ClientHello?)handshake.FirstClientHello?.Message.Body
            : handshake.Offer;

    private static void Answered(ExtensionType type, ClientHello offer, HandshakeEvent item, RuleHits hits)
    {
        if (!IsAsked(type, offer, item))
            hits.Add($"{item.Message.Type} answers {type}, which the ClientHello does not have.", item);
    }

    private static bool IsAsked(ExtensionType type, ClientHello offer, HandshakeEvent item) =>
        offer.Extensions.Has(type)
        || (type == ExtensionType.RenegotiationInfo
            && offer.CipherSuites.Contains(CipherSuite.EmptyRenegotiationInfoScsv))
        // RFC 8446, Section 4.2: cookie is the one thing that a HelloRetryRequest may bring up itself.
        || (type == ExtensionType.Cookie && item.Message.Body is ServerHello { IsHelloRetryRequest: true });

    private static void Twice(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var item in handshake.Sent)
        {
            if (item.Message.Body is Certificate certificate)
            {
                foreach (var entry in certificate.Entries) Twice(item, entry.Extensions, hits);
            }
            else
            {
                Twice(item, item.Message.Body.Extensions, hits);
            }
        }
    }

    private static void Twice(HandshakeEvent item, ExtensionList list, RuleHits hits)
    {
        if (AllDiffer(list)) return;
        foreach (var twice in list.GroupBy(extension => extension.Type).Where(same => same.Skip(1).Any()))
            hits.Add($"{item.Message.Type} holds {twice.Key} {twice.Count()} times.", item);
    }

    // Comparing each with each is the fastest for the few that an honest list has.
    private static bool AllDiffer(ExtensionList list)
    {
        if (list.Count > MostCompared) return false;
        for (var index = 1; index < list.Count; index++)
        {
            for (var before = 0; before < index; before++)
            {
                if (list[before].Type == list[index].Type) return false;
            }
        }
        return true;
    }
}
