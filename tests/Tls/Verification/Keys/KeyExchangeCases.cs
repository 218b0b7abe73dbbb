using System.Buffers.Binary;
using Org.BouncyCastle.Asn1.Sec;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Keys;

internal static class KeyExchangeCases
{
    private const string Ecdhe = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Dhe = "tls1.2-DHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

    private static readonly byte[] Point = SecNamedCurves.GetByName("secp256r1").G.GetEncoded(compressed: false);

    public static readonly RuleCase[] Rows =
    [
        Loud("dh-group-short", "1024 bits", () => Group(1024)),
        Quiet("dh-group-short", "2048 bits", () => Group(2048)),
        Quiet("dh-group-short", "a recorded session", () => SessionEvidence.Of(Dhe)),
        Quiet("dh-group-short", "the prime of SRP", () => Srp(1024, [3])),
        Loud("dh-group-broken", "512 bits", () => Group(512)),
        Quiet("dh-group-broken", "1024 bits", () => Group(1024)),
        Quiet("dh-group-broken", "the prime of SRP", () => Srp(512, [3])),
        Loud("dh-public-key-out-of-range", "a client's 1", () => ClientKey(Dhe, KeyExchangeAlgorithm.Dhe, [1])),
        Loud("dh-public-key-out-of-range", "a server's 0", () => Group(2048, key: [0])),
        Loud("dh-public-key-out-of-range", "a server's p - 1", () => Group(2048, key: [.. Prime(2048)[..^1], 0xfe])),
        Loud("dh-public-key-out-of-range", "more than p", () =>
            ClientKey(Dhe, KeyExchangeAlgorithm.Dhe, [1, .. new byte[1024]])),
        Quiet("dh-public-key-out-of-range", "a client's 2", () => ClientKey(Dhe, KeyExchangeAlgorithm.Dhe, [2])),
        Quiet("dh-public-key-out-of-range", "a recorded session", () => SessionEvidence.Of(Dhe)),
        Quiet("dh-public-key-out-of-range", "SRP, which has a rule of its own", () => Srp(2048, [1])),
        Loud("ec-point-invalid", "a point beside the curve", () => Share(23, [.. Point[..^1], (byte)(Point[^1] ^ 1)])),
        Loud("ec-point-invalid", "the point at infinity", () => Share(23, [0])),
        Loud("ec-point-invalid", "no form of a point", () => Share(23, [5, .. Point[1..]])),
        Quiet("ec-point-invalid", "a point of the curve", () => Share(23, Point)),
        Quiet("ec-point-invalid", "a curve whose keys are numbers", () => Share(29, new byte[32])),
        Loud("x25519-small-order", "zero", () => ClientKey(Ecdhe, KeyExchangeAlgorithm.Ecdhe, new byte[32])),
        Loud("x25519-small-order", "one, with the bit that does not count", () =>
            Share(29, [1, .. new byte[30], 0x80])),
        Quiet("x25519-small-order", "two", () => Share(29, [2, .. new byte[31]])),
        Quiet("x25519-small-order", "a recorded session", () => SessionEvidence.Of(Ecdhe)),
        Loud("key-share-length", "31 octets of X25519", () => Share(29, new byte[31])),
        Loud("key-share-length", "a compressed point in TLS 1.3", () => Share(23, [2, .. Point[1..33]])),
        Quiet("key-share-length", "a group of no registry", () => Share(0x1a1a, [0])),
        Quiet("key-share-length", "a recorded session", () => SessionEvidence.Of(Tls13)),
    ];

    private static Evidence ClientKey(string name, KeyExchangeAlgorithm algorithm, byte[] key) =>
        SessionEvidence.With(name, item =>
            item.Message.Body is ClientKeyExchange ? new ClientKeyExchange(algorithm, null, key) : null);

    private static Evidence Group(int bits, byte[]? key = null) => SessionEvidence.With(Dhe, item =>
        item.Message.Body is ServerKeyExchange ? Exchange(Prime(bits), key ?? [3]) : null);

    private static Evidence Srp(int bits, byte[] key) => SessionEvidence.With(Dhe, item =>
        item.Message.Body is ServerKeyExchange
            ? new ServerKeyExchange
            {
                Prime = Prime(bits), Generator = (byte[])[2], Salt = new byte[16], PublicKey = key,
            }
            : null);

    // No prime, but as long as one; rules about its length and range can't tell.
    private static byte[] Prime(int bits)
    {
        var prime = new byte[bits / 8];
        prime.AsSpan().Fill(0xff);
        return prime;
    }

    private static HandshakeBody Exchange(byte[] prime, byte[] key)
    {
        // DH_anon_WITH_AES_128_CBC_SHA has no signature.
        var context = new MessageContext(ProtocolVersion.Tls12, new CipherSuite(0x0034).Info);
        var reader = new WireReader((byte[])[.. Vector(prime), .. Vector([2]), .. Vector(key)]);
        return ServerKeyExchange.Read(ref reader, context);
    }

    private static Evidence Share(ushort group, byte[] key)
    {
        byte[] entry = [(byte)(group >> 8), (byte)group, .. Vector(key)];
        return SessionEvidence.With(Tls13, item => item.Message.Body is ClientHello hello
            ? hello with
            {
                ExtensionList = SessionEvidence.With(
                    hello.ExtensionList, ExtensionType.KeyShare, ExtensionPlace.ClientHello, Vector(entry),
                        replaces: true),
            }
            : null);
    }

    private static byte[] Vector(ReadOnlySpan<byte> bytes)
    {
        var vector = new byte[2 + bytes.Length];
        BinaryPrimitives.WriteUInt16BigEndian(vector, (ushort)bytes.Length);
        bytes.CopyTo(vector.AsSpan(2));
        return vector;
    }
}
