using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>Signs that a handshake was pushed below the version that both ends can do.</summary>
internal static class DowngradeRules
{
    // RFC 7507, Section 2
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
        new(
            "premaster-version", "RFC 5246, Section 7.4.7.1",
            "The premaster secret of RSA key exchange begins with the version of the ClientHello: nobody can lower it.",
            Severity.Error,
            PremasterVersion),
    ];

    private static void Sentinel(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { DowngradeSentinel: { } sentinel } choice }) return;
        // The sentinel of TLS 1.2 is looked for by clients of TLS 1.3, that of TLS 1.1 by clients of TLS 1.2 as well.
        var highest = Highest(offer);
        var isWarned = highest.IsTls13
            ? !choice.Version.IsTls13
            : highest == ProtocolVersion.Tls12 && sentinel == ProtocolVersion.Tls11 && choice.Version < highest;
        if (isWarned)
        {
            hits.Add(
                $"Expected {highest}, which both ends can do. Got: {choice.Version} with the downgrade sentinel.",
                handshake.ServerHello!, choice.Random[^8..]);
        }
    }

    private static void FallbackAccepted(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake is not { Offer: { } offer, Choice: { DowngradeSentinel: { } sentinel } choice }) return;
        if (!offer.CipherSuites.Contains(CipherSuite.FallbackScsv) || choice.Version.IsTls13) return;
        // What a server can do is not on the wire, unless the sentinel gives it away.
        var able = sentinel == ProtocolVersion.Tls12 ? ProtocolVersion.Tls13 : ProtocolVersion.Tls12;
        if (able > Highest(offer))
        {
            hits.Add(
                $"Expected alert inappropriate_fallback from a server of {able} or newer. "
                + $"Got: ServerHello with {choice.Version}.",
                handshake.ServerHello!, choice.Random[^8..]);
        }
    }

    // No client can do more than TLS 1.3.
    private static void FallbackAtHighest(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Offer is { } offer && Highest(offer).IsTls13
            && offer.CipherSuites.Contains(CipherSuite.FallbackScsv))
            hits.Add(
                "Expected no FALLBACK_SCSV in an offer of TLS 1.3. Got: one.", handshake.ClientHello!);
    }

    private static void PremasterVersion(Evidence evidence, RuleHits hits)
    {
        if (evidence.KeyLog is not { } keyLog) return;
        foreach (var handshake in evidence.Handshakes)
        {
            if (handshake is not { Offer: { } offer, Terms: { Version.IsTls13: false } terms }) continue;
            if (keyLog.PremasterVersion(terms.ClientRandom.Span) is not { } version || version == offer.LegacyVersion)
                continue;
            if (handshake.First(Direction.ClientToServer, HandshakeType.ClientKeyExchange) is { } exchange)
                hits.Add($"Expected {offer.LegacyVersion} in the premaster secret. Got: {version}.", exchange);
        }
    }

    private static ProtocolVersion Highest(ClientHello offer)
    {
        ProtocolVersion? highest = null;
        foreach (var version in offer.OfferedVersions)
        {
            if (!version.IsTls13 && !ProtocolVersion.Known.Contains(version)) continue;
            if (highest is null || version > highest) highest = version;
        }
        return highest ?? offer.LegacyVersion;
    }
}
