using Org.BouncyCastle.Math;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Keys;

/// <summary>The public keys that the ends exchange.</summary>
internal static class KeyExchangeRules
{
    private const int LeastPrimeBits = 2048;
    private const int BrokenPrimeBits = 1024;

    // A prime of more bits is no group of TLS, and computing with it would keep a processor busy.
    private const int MostPrimeBits = 16384;

    // A point that is sent in its short form takes a root to read, as long as a hundred of the long form; so many that
    // it would be felt come from nobody but who wants just that.
    private const int MostPoints = 64;
    private const int MostHandshakes = 100;

    private static readonly NamedGroup X25519 = new(29);

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "dh-group-short", "RFC 9325, Section 4.5",
            "The prime of a Diffie-Hellman group has at least 2048 bits.",
            Severity.Warning,
            (handshake, hits) => ShortGroup(handshake, BrokenPrimeBits, LeastPrimeBits, hits)),
        Rule.OfHandshake(
            "dh-group-broken", "RFC 9325, Section 4.5; RFC 7919, Section 1",
            "The prime of a Diffie-Hellman group is so long that nobody can solve it.",
            Severity.Error,
            (handshake, hits) => ShortGroup(handshake, 0, BrokenPrimeBits, hits)),
        Rule.OfHandshake(
            "dh-public-key-out-of-range", "RFC 7919, Section 5.1",
            "A Diffie-Hellman public key is greater than 1 and less than p - 1.",
            Severity.Error,
            OutOfRange),
        Rule.OfHandshake(
            "ec-point-invalid", "RFC 8422, Section 5.11; RFC 8446, Section 4.2.8.2",
            "The public key of an elliptic curve is a point of that curve, and not the one at infinity.",
            Severity.Error,
            NoPoint),
        Rule.OfHandshake(
            "x25519-small-order", "RFC 7748, Section 6.1; RFC 8446, Section 7.4.2",
            "A public key of X25519 is not one of the few with which every secret comes out as zero.",
            Severity.Error,
            SmallOrder),
        Rule.OfHandshake(
            "key-share-length", "RFC 8446, Section 4.2.8.1; RFC 8422, Section 5.11",
            "A public key has the length of its group.",
            Severity.Error,
            WrongLength),
    ];

    private static void ShortGroup(SeenHandshake handshake, int least, int below, RuleHits hits)
    {
        foreach (var (exchange, item) in handshake.Seen<ServerKeyExchange>(Direction.ServerToClient))
        {
            if (!IsDiffieHellman(exchange)) continue;
            var bits = WellKnownPrimes.BitLength(exchange.Prime.Span);
            if (bits >= least && bits < below)
                hits.Add($"Expected a prime of {LeastPrimeBits} bits or more. Got: {bits}.", item, exchange.Prime);
        }
    }

    private static void OutOfRange(SeenHandshake handshake, RuleHits hits)
    {
        BigInteger? end = null;
        foreach (var item in handshake.Sent)
        {
            if (item.Message.Body is ServerKeyExchange { Prime: var prime } exchange && IsDiffieHellman(exchange))
            {
                end = WellKnownPrimes.BitLength(prime.Span) > MostPrimeBits
                    ? null
                    : new BigInteger(1, prime.ToArray()).Subtract(BigInteger.One);
            }
            if (end is null || DiffieHellmanKey(item.Message.Body) is not { IsEmpty: false } key) continue;
            var value = new BigInteger(1, key.ToArray());
            if (value.CompareTo(BigInteger.One) <= 0 || value.CompareTo(end) >= 0)
                hits.Add($"Expected a number between 1 and p - 1. Got: {Kind(value, end)}.", item, key);
        }
    }

    // RFC 5054, Section 2.5.3: the prime of SRP comes with a salt, is one of a few, and B is bound otherwise.
    private static bool IsDiffieHellman(ServerKeyExchange exchange) =>
        exchange is { Prime.IsEmpty: false, Salt: null };

    private static ReadOnlyMemory<byte> DiffieHellmanKey(HandshakeBody body) => body switch
    {
        ServerKeyExchange { PublicKey: var key } exchange when IsDiffieHellman(exchange) => key,
        ClientKeyExchange { KeyExchange: KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.DhePsk, Exchange: var key } =>
            key,
        _ => default,
    };

    private static string Kind(BigInteger value, BigInteger end) =>
        value.SignValue == 0 ? "0"
        : value.Equals(BigInteger.One) ? "1"
        : value.Equals(end) ? "p - 1"
        : "more";

    private static void NoPoint(SeenHandshake handshake, RuleHits hits)
    {
        if (handshake.Messages is not [{ Handshake: < MostHandshakes }, ..]) return;
        foreach (var share in handshake.EcShares.Take(MostPoints))
        {
            if (share.Group.Info is not { Kind: NamedGroupKind.EllipticCurve } info) continue;
            // Brainpool for TLS 1.3 is the same curve by another code.
            var name = info.Name.Replace("tls13", "", StringComparison.Ordinal);
            if (Points.WhyNot(name, share.Key.Span) is { } why)
                hits.Add($"Expected a point of {share.Group}. Got: {why}.", share.Event, share.Key);
        }
    }

    private static void SmallOrder(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var share in handshake.EcShares)
        {
            if (share.Group == X25519 && Points.HasSmallOrder(share.Key.Span))
                hits.Add(
                    "Expected a public key of large order. Got: one that makes every secret zero.",
                    share.Event, share.Key);
        }
    }

    private static void WrongLength(SeenHandshake handshake, RuleHits hits)
    {
        foreach (var share in handshake.EcShares)
        {
            if (share.Group.Info is not { } info) continue;
            var expected = share.Event.Direction == Direction.ClientToServer ? info.ClientShareLength
                : info.ServerShareLength;
            // RFC 8422, Section 5.1.2: up to TLS 1.2 a point may be compressed, if that was agreed.
            var isCompressed = share.Key.Span is [2 or 3, ..] && handshake.Terms is { Version.IsTls13: false };
            if (expected != 0 && share.Key.Length != expected && !isCompressed)
                hits.Add(
                    $"Expected {expected} octets for {share.Group}. Got: {share.Key.Length}.", share.Event, share.Key);
        }
    }
}
