using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>What the fields of a hello that stand before its extensions may hold.</summary>
internal static class HelloFormRules
{
    private const int MostCompared = 8;

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "legacy-version", "RFC 8446, Section 4.1.2; RFC 8446, Section 4.1.3",
            "A hello that offers or chooses TLS 1.3 says TLS 1.2 in legacy_version.",
            Severity.Error,
            LegacyVersion),
        Rule.OfHandshake(
            "compression-in-tls13", "RFC 8446, Section 4.1.2; RFC 8446, Section 4.1.3",
            "A hello that offers or chooses TLS 1.3 names no compression but null.",
            Severity.Error,
            CompressionInTls13),
        Rule.OfHandshake(
            "null-compression-missing", "RFC 5246, Section 7.4.1.2",
            "Every client offers the null compression.",
            Severity.Error,
            NullCompressionMissing),
        Rule.OfHandshake(
            "session-id-echo", "RFC 8446, Section 4.1.3",
            "A server of TLS 1.3 repeats the client's session id.",
            Severity.Error,
            SessionIdEcho),
        Rule.OfHandshake(
            "random-constant", "RFC 8446, Section 4.1.2; RFC 5246, Section 7.4.1.2",
            "The random of a hello comes from a secure generator, so its octets are not all the same.",
            Severity.Error,
            RandomConstant),
        new(
            "random-repeated", "RFC 8446, Section 4.1.2; RFC 5246, Section 7.4.1.2",
            "Each handshake has randoms of its own.",
            Severity.Error,
            RandomRepeated),
    ];

    private static void LegacyVersion(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var hello in handshake.Hellos)
        {
            if (hello.IsTls13 && hello.LegacyVersion != ProtocolVersion.Tls12)
                hits.Add($"Expected legacy_version {ProtocolVersion.Tls12}. Got: {hello.LegacyVersion}.", hello.Event);
        }
    }

    private static void CompressionInTls13(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var hello in handshake.Hellos)
        {
            if (hello.IsTls13 && hello.Compressions is not [{ Code: 0 }])
                hits.Add($"Expected compression null alone. Got: {Listing.Of(hello.Compressions)}.", hello.Event);
        }
    }

    private static void NullCompressionMissing(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var hello in handshake.Hellos)
        {
            if (hello is { IsTls13: false, Event.Message.Body: ClientHello }
                && !hello.Compressions.Contains(CompressionMethod.Null))
                hits.Add($"Expected null among the compressions. Got: {Listing.Of(hello.Compressions)}.", hello.Event);
        }
    }

    private static void SessionIdEcho(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var (hello, item) in handshake.Seen<ServerHello>(Direction.ServerToClient))
        {
            var asking = hello.IsHelloRetryRequest ? handshake.FirstClientHello : handshake.ClientHello;
            if (asking is not { Message: { Fault: null, Body: ClientHello offer } }) continue;
            if (hello.Version != ProtocolVersion.Tls13 || item.Message.Fault is not null) continue;
            if (!hello.SessionId.Span.SequenceEqual(offer.SessionId.Span))
            {
                hits.Add(
                    $"Expected session id {Hex(offer.SessionId)}. Got: {Hex(hello.SessionId)}.", item, hello.SessionId);
            }
        }
    }

    private static void RandomConstant(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var hello in handshake.Hellos)
        {
            if (!hello.Random.IsEmpty && !hello.Random.Span.ContainsAnyExcept(hello.Random.Span[0]))
                hits.Add(
                    $"Expected a random. Got: {hello.Random.Length} octets 0x{hello.Random.Span[0]:x2}.",
                    hello.Event,
                    hello.Random);
        }
    }

    // RFC 8446, Section 4.1.2: the second ClientHello after a HelloRetryRequest repeats the random of the first.
    private static void RandomRepeated(Evidence evidence, RuleHits hits)
    {
        if (evidence.Handshakes is [{ Hellos: var hellos }] && AllDiffer(hellos)) return;
        var seen = new HashSet<string>();
        foreach (var handshake in evidence.Handshakes)
        {
            foreach (var hello in handshake.Hellos)
            {
                if (ReferenceEquals(hello.Event, handshake.ClientHello)
                    && !ReferenceEquals(hello.Event, handshake.FirstClientHello)) continue;
                if (hello.Event.Message.Body is ServerHello { IsHelloRetryRequest: true }) continue;
                if (hits.IsFull) return;
                if (!seen.Add(Hex(hello.Random)))
                {
                    hits.Add(
                        $"Expected a new random. Got: {Hex(hello.Random)}, which an earlier hello has.",
                        hello.Event, hello.Random);
                }
            }
        }
    }

    private static bool AllDiffer(SeenHello[] hellos)
    {
        if (hellos.Length > MostCompared) return false;
        for (var index = 1; index < hellos.Length; index++)
        {
            for (var before = 0; before < index; before++)
            {
                if (hellos[before].Random.Span.SequenceEqual(hellos[index].Random.Span)) return false;
            }
        }
        return true;
    }

    private static string Hex(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? "(empty)" : Convert.ToHexStringLower(bytes.Span);
}
