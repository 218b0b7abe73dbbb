using TlsInterop.Tls.Capture;
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
        foreach (var step in handshake.Steps)
        {
            if (step.From != Direction.ServerToClient || Asking(handshake, step) is not { } offer) continue;
            foreach (var type in Answered(step))
            {
                if (!IsAsked(type, offer, step))
                    yield return new RuleHit($"{step.Type} answers {type}, which the ClientHello does not have.", step);
            }
        }
    }

    // A HelloRetryRequest answers the first ClientHello; what follows, the last one.
    private static ClientHello? Asking(SeenHandshake handshake, HandshakeStep step) =>
        step == handshake.HelloRetryRequest ? (ClientHello?)handshake.FirstClientHello?.Body : handshake.Offer;

    private static IEnumerable<ExtensionType> Answered(HandshakeStep step) => step.Body switch
    {
        ServerHello or EncryptedExtensions => step.Body.Extensions.Select(extension => extension.Type),
        Certificate certificate => certificate.Entries
            .SelectMany(entry => entry.Extensions).Select(extension => extension.Type).Distinct(),
        _ => [],
    };

    private static bool IsAsked(ExtensionType type, ClientHello offer, HandshakeStep step) =>
        offer.Extensions.Has(type)
        || (type == ExtensionType.RenegotiationInfo && offer.CipherSuites.Contains(EmptyRenegotiationInfoScsv))
        // RFC 8446, Section 4.2: cookie is the one thing that a HelloRetryRequest may bring up itself.
        || (type == ExtensionType.Cookie && step.Body is ServerHello { IsHelloRetryRequest: true });

    private static IEnumerable<RuleHit> Twice(SeenHandshake handshake) =>
        from step in handshake.Steps
        from twice in Lists(step.Body).SelectMany(list => list.GroupBy(extension => extension.Type).Where(same => same.Count() > 1))
        select new RuleHit($"{step.Type} holds {twice.Key} {twice.Count()} times.", step);

    private static IEnumerable<IEnumerable<Extensions.Extension>> Lists(HandshakeBody body) =>
        body is Certificate certificate ? certificate.Entries.Select(entry => entry.Extensions) : [body.Extensions];
}
