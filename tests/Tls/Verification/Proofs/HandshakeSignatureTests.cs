using System.Buffers.Binary;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification.Proofs;

/// <summary>The signatures of the recorded sessions, taken apart by hand.</summary>
public sealed class HandshakeSignatureTests
{
    private const byte Certificate = 11;
    private const byte ServerKeyExchange = 12;
    private const byte CertificateVerify = 15;

    private sealed record Signed(
        ProtocolVersion Version, byte[] Certificate, SignatureScheme? Scheme, byte[] Content, byte[] Signature)
    {
        public SignatureVerdict Check() => HandshakeSignature.Check(Version, Certificate, Scheme, Content, Signature);
    }

    private static Signed Load(string name, byte type, Direction from)
    {
        var session = RecordedSession.Load(name);
        var messages = new SessionReplay(session).Messages;
        var certificate =
            LeafOf(session.Version, messages.First(m => m.From == from && m.Bytes[0] == Certificate).Bytes);
        var (_, message, before) = messages.First(m => m.From == from && m.Bytes[0] == type);

        // ECDHE: curve_type, named curve, point. DHE: p, g, Ys with two octets of length each.
        var parameters = type == ServerKeyExchange ? Parameters(session.Suite.KeyExchange, message.AsSpan(4)) : 0;
        var at = 4 + parameters;
        SignatureScheme? scheme = null;
        if (session.Version >= ProtocolVersion.Tls12)
        {
            scheme = new SignatureScheme(BinaryPrimitives.ReadUInt16BigEndian(message.AsSpan(at)));
            at += 2;
        }
        var content = type == ServerKeyExchange
            ? SignedContent.ServerKeyExchange(session.ClientRandom, session.ServerRandom, message.AsSpan(4, parameters))
            : session.Version == ProtocolVersion.Tls13
                ? SignedContent.CertificateVerify13(from, session.Suite.PrfHash, TranscriptOf(before))
                : before;
        return new Signed(session.Version, certificate, scheme, content, message[(at + 2)..]);
    }

    private static int Parameters(KeyExchangeAlgorithm keyExchange, ReadOnlySpan<byte> body)
    {
        if (keyExchange == KeyExchangeAlgorithm.Ecdhe) return 4 + body[3];
        var length = 0;
        for (var i = 0; i < 3; i++) length += 2 + BinaryPrimitives.ReadUInt16BigEndian(body[length..]);
        return length;
    }

    private static byte[] LeafOf(ProtocolVersion version, ReadOnlySpan<byte> message)
    {
        var at = version == ProtocolVersion.Tls13 ? 5 + message[4] + 3 : 7;
        var length = (message[at] << 16) | (message[at + 1] << 8) | message[at + 2];
        return message.Slice(at + 3, length).ToArray();
    }

    private static Transcript TranscriptOf(byte[] bytes)
    {
        var transcript = new Transcript();
        transcript.Add(bytes);
        return transcript;
    }

    private static readonly object[] RealSignatures =
    [
        new object?[] { "tls1.0-DHE_RSA_WITH_CAMELLIA_128_CBC_SHA", ServerKeyExchange, Direction.ServerToClient, null },
        new object?[] { "tls1.0-ECDHE_ECDSA_WITH_AES_128_CBC_SHA", ServerKeyExchange, Direction.ServerToClient, null },
        new object[] { "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256", ServerKeyExchange, Direction.ServerToClient,
            "rsa_pss_rsae_sha256" },
        new object[] { "tls1.2-DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", ServerKeyExchange, Direction.ServerToClient,
            "rsa_pss_rsae_sha256" },
        new object[] { "tls1.2-ECDHE_RSA_WITH_3DES_EDE_CBC_SHA-etm", ServerKeyExchange, Direction.ServerToClient,
            "rsa_pkcs1_sha256" },
        new object[] { "tls1.2-ed25519-certificate", ServerKeyExchange, Direction.ServerToClient, "ed25519" },
        new object[] { "tls1.2-rsa_pss_pss-certificate", ServerKeyExchange, Direction.ServerToClient,
            "rsa_pss_pss_sha256" },
        new object?[] { "tls1.0-client-certificate", CertificateVerify, Direction.ClientToServer, null },
        new object[] { "tls1.2-client-certificate", CertificateVerify, Direction.ClientToServer,
            "ecdsa_secp256r1_sha256" },
        new object[] { "tls1.3-AES_128_GCM_SHA256", CertificateVerify, Direction.ServerToClient,
            "rsa_pss_rsae_sha256" },
        new object[] { "tls1.3-AES_256_GCM_SHA384", CertificateVerify, Direction.ServerToClient,
            "ecdsa_secp256r1_sha256" },
        new object[] { "tls1.3-CHACHA20_POLY1305_SHA256", CertificateVerify, Direction.ServerToClient, "ed25519" },
        new object[] { "tls1.3-AES_128_CCM_8_SHA256", CertificateVerify, Direction.ServerToClient,
            "rsa_pss_pss_sha256" },
        new object[] { "tls1.3-HelloRetryRequest", CertificateVerify, Direction.ServerToClient, "rsa_pss_rsae_sha256" },
        new object[] { "tls1.3-client-certificate", CertificateVerify, Direction.ClientToServer,
            "ecdsa_secp256r1_sha256" },
    ];

    [TestCaseSource(nameof(RealSignatures))]
    public void A_real_signature_fits_and_a_changed_one_does_not(string name, byte type, Direction from, string? scheme)
    {
        var signed = Load(name, type, from);

        Assert.That(signed.Scheme?.ToString(), Is.EqualTo(scheme));
        Assert.That(signed.Check(), Is.EqualTo(new SignatureVerdict(SignatureStatus.Ok, "")));

        byte[] otherContent = [.. signed.Content];
        otherContent[^1] ^= 1;
        Assert.That((signed with { Content = otherContent }).Check().Status, Is.EqualTo(SignatureStatus.Wrong));

        for (var at = 0; at < signed.Signature.Length; at += 7)
        {
            byte[] changed = [.. signed.Signature];
            changed[at] ^= 1;
            Assert.That(
                (signed with { Signature = changed }).Check().Status, Is.EqualTo(SignatureStatus.Wrong), $"octet {at}");
        }
    }

    [Test]
    public void Any_scheme_with_any_key_is_a_verdict_and_no_exception()
    {
        string[] sessions = ["tls1.3-AES_128_GCM_SHA256", "tls1.3-AES_256_GCM_SHA384",
            "tls1.3-CHACHA20_POLY1305_SHA256"];
        foreach (var signed in sessions.Select(name => Load(name, CertificateVerify, Direction.ServerToClient)))
        {
            foreach (var scheme in SignatureSchemes.All.Where(row => row.Code != signed.Scheme!.Value.Code))
            {
                var verdict = (signed with { Scheme = new SignatureScheme(scheme.Code) }).Check();
                Assert.That(verdict.Status, Is.Not.EqualTo(SignatureStatus.Ok), scheme.Name);
                Assert.That(verdict.Reason, Is.Not.Empty, scheme.Name);
            }
        }
    }

    [Test]
    public void A_certificate_that_is_none_and_an_unknown_scheme_are_unsupported()
    {
        var signed = Load("tls1.3-AES_128_GCM_SHA256", CertificateVerify, Direction.ServerToClient);

        for (var length = 0; length < signed.Certificate.Length; length += 11)
        {
            var cut = signed with { Certificate = signed.Certificate[..length] };
            Assert.That(cut.Check().Status, Is.EqualTo(SignatureStatus.Unsupported), $"prefix of {length}");
        }
        Assert.That((signed with { Scheme = new SignatureScheme(0x1a1a) })
            .Check().Status, Is.EqualTo(SignatureStatus.Unsupported));
    }
}
