using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>Which extensions may stand where.</summary>
internal static class ExtensionRules
{
    // RFC 5746, Section 3.3: this suite asks for renegotiation_info without the extension.
    private static readonly CipherSuite EmptyRenegotiationInfoScsv = new(0x00ff);

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

    private static IEnumerable<RuleHit> NotAsked(SeenHandshake handshake)
    {
        foreach (var item in handshake.Messages)
        {
            if (item.Direction != Direction.ServerToClient || Asking(handshake, item) is not { } offer) continue;
            foreach (var type in Answered(item))
            {
                if (!IsAsked(type, offer, item))
                    yield return new RuleHit(
                        $"{item.Message.Type} answers {type}, which the ClientHello does not have.", item);
            }
        }
    }

    // A HelloRetryRequest answers the first ClientHello; what follows, the last one.
    private static ClientHello? Asking(SeenHandshake handshake, HandshakeEvent item) =>
        ReferenceEquals(item, handshake.HelloRetryRequest)
            ? (ClientHello?)handshake.FirstClientHello?.Message.Body
            : handshake.Offer;

    private static IEnumerable<ExtensionType> Answered(HandshakeEvent item) => item.Message.Body switch
    {
        ServerHello or EncryptedExtensions => item.Message.Body.Extensions.Select(extension => extension.Type),
        Certificate certificate => certificate.Entries
            .SelectMany(entry => entry.Extensions).Select(extension => extension.Type).Distinct(),
        _ => [],
    };

    private static bool IsAsked(ExtensionType type, ClientHello offer, HandshakeEvent item) =>
        offer.Extensions.Has(type)
        || (type == ExtensionType.RenegotiationInfo && offer.CipherSuites.Contains(EmptyRenegotiationInfoScsv))
        // RFC 8446, Section 4.2: cookie is the one thing that a HelloRetryRequest may bring up itself.
        || (type == ExtensionType.Cookie && item.Message.Body is ServerHello { IsHelloRetryRequest: true });

    private static IEnumerable<RuleHit> Twice(SeenHandshake handshake) =>
        from item in handshake.Messages
        from list in Lists(item.Message.Body)
        from twice in list.GroupBy(extension => extension.Type).Where(same => same.Count() > 1)
        select new RuleHit($"{item.Message.Type} holds {twice.Key} {twice.Count()} times.", item);

    private static IEnumerable<IEnumerable<Extensions.Extension>> Lists(HandshakeBody body) =>
        body is Certificate certificate ? certificate.Entries.Select(entry => entry.Extensions) : [body.Extensions];
}
