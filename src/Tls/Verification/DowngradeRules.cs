using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>Signs that a handshake was pushed below the version that both ends can do.</summary>
internal static class DowngradeRules
{
    // RFC 7507, Section 2
    private static readonly CipherSuite FallbackScsv = new(0x5600);

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "downgrade-sentinel", "RFC 8446, Section 4.1.3",
            "A server that could do better marks its random; a client that offered better then gives up.",
            Severity.Error,
            Sentinel),
        Rule.OfHandshake(
            "fallback-accepted", "RFC 7507, Section 3",
            "A server that can do more than a client offers refuses one that says it has fallen back.",
            Severity.Error,
            FallbackAccepted),
        Rule.OfHandshake(
            "fallback-at-highest", "RFC 7507, Section 4",
            "A client that offers its highest version does not say that it has fallen back.",
            Severity.Error,
            FallbackAtHighest),
    ];

    private static IEnumerable<RuleHit> Sentinel(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { DowngradeSentinel: { } sentinel } choice }) yield break;
        // The sentinel of TLS 1.2 is looked for by clients of TLS 1.3, that of TLS 1.1 by clients of TLS 1.2 as well.
        var highest = Highest(offer);
        var isWarned = highest.IsTls13
            ? !choice.Version.IsTls13
            : highest == ProtocolVersion.Tls12 && sentinel == ProtocolVersion.Tls11 && choice.Version < highest;
        if (isWarned)
        {
            yield return new RuleHit(
                $"Expected {highest}, which both ends can do. Got: {choice.Version} with the downgrade sentinel.",
                handshake.ServerHello!, choice.Random[^8..]);
        }
    }

    private static IEnumerable<RuleHit> FallbackAccepted(SeenHandshake handshake)
    {
        if (handshake is not { Offer: { } offer, Choice: { DowngradeSentinel: { } sentinel } choice }) yield break;
        if (!offer.CipherSuites.Contains(FallbackScsv) || choice.Version.IsTls13) yield break;
        // What a server can do is not on the wire, unless the sentinel gives it away.
        var able = sentinel == ProtocolVersion.Tls12 ? ProtocolVersion.Tls13 : ProtocolVersion.Tls12;
        if (able > Highest(offer))
        {
            yield return new RuleHit(
                $"Expected alert inappropriate_fallback from a server of {able} or newer. "
                + $"Got: ServerHello with {choice.Version}.",
                handshake.ServerHello!, choice.Random[^8..]);
        }
    }

    // No client can do more than TLS 1.3.
    private static IEnumerable<RuleHit> FallbackAtHighest(SeenHandshake handshake)
    {
        if (handshake.Offer is { } offer && offer.CipherSuites.Contains(FallbackScsv) && Highest(offer).IsTls13)
            yield return new RuleHit(
                "Expected no FALLBACK_SCSV in an offer of TLS 1.3. Got: one.", handshake.ClientHello!);
    }

    private static ProtocolVersion Highest(ClientHello offer) =>
        offer.OfferedVersions.Where(version => version.IsTls13 || ProtocolVersion.Known.Contains(version))
            .DefaultIfEmpty(offer.LegacyVersion).Max();
}
