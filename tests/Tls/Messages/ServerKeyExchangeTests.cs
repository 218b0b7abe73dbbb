using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Messages.CheckedMessage;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>Each form that a suite gives to ServerKeyExchange.</summary>
public sealed class ServerKeyExchangeTests
{
    private const ushort RsaPkcs1Sha256 = 0x0401;

    private static readonly byte[] Signed12 = [RsaPkcs1Sha256 >> 8, RsaPkcs1Sha256 & 0xff, .. Vector16(Filler(64))];

    // A server with OpenSSL 1.1.1w, TLS 1.2, ECDHE-RSA-AES256-GCM-SHA384 and an RSA key of 2048 bits. ssldump took the
    // message for one of a finite field, and said "Not enough data. Found 327 bytes (expecting 32767)": a message of
    // 329 octets less the two that it took for the length of dh_p, which may be 32767 at most.
    [TestCase(23, 65, 329)]
    [TestCase(29, 32, 296)]
    public void The_message_that_ssldump_could_not_read_is_in_order(byte curve, int pointLength, int length)
    {
        byte[] parameters = [3, 0, curve, .. Vector8(Filler(pointLength))];
        byte[] body = [.. parameters, 8, 4, .. Vector16(Filler(256))];
        Assert.That(body, Has.Length.EqualTo(length));

        var message = Read(body, ProtocolVersion.Tls12, "ECDHE_RSA_WITH_AES_256_GCM_SHA384");

        Assert.That(message.NamedCurve, Is.EqualTo(new NamedGroup(curve)));
        Assert.That(message.PublicKey.ToArray(), Is.EqualTo(Filler(pointLength)));
        Assert.That(message.Params.ToArray(), Is.EqualTo(parameters));
        Assert.That(message.Scheme?.ToString(), Is.EqualTo("rsa_pss_rsae_sha256"));
        Assert.That(message.Signature?.ToArray(), Is.EqualTo(Filler(256)));
    }

    [TestCase("ECDHE_RSA_WITH_AES_128_CBC_SHA")]
    [TestCase("ECDHE_ECDSA_WITH_AES_128_CBC_SHA")]
    public void Before_TLS_1_2_a_signature_has_no_scheme(string suite)
    {
        byte[] body = [3, 0, 23, .. Vector8(Filler(65)), .. Vector16(Filler(64))];

        var message = Read(body, ProtocolVersion.Tls10, suite);

        Assert.That((message.Scheme, message.Signature?.Length), Is.EqualTo(((SignatureScheme?)null, 64)));
    }

    [Test]
    public void An_anonymous_exchange_has_no_signature()
    {
        byte[] curve = [3, 0, 23, .. Vector8(Filler(65))];
        byte[] field = [.. Vector16(Filler(128)), .. Vector16(2), .. Vector16(Filler(127))];

        var ecdh = Read(curve, ProtocolVersion.Tls12, "ECDH_anon_WITH_AES_128_CBC_SHA");
        var dh = Read(field, ProtocolVersion.Tls12, "DH_anon_WITH_AES_128_CBC_SHA");

        Assert.That((ecdh.Signature, ecdh.Group), Is.EqualTo(((ReadOnlyMemory<byte>?)null, "secp256r1")));
        Assert.That((dh.Signature, dh.Group, dh.Generator.Length),
            Is.EqualTo(((ReadOnlyMemory<byte>?)null, "dh 1017 bits", 1)));
        Assert.That(dh.PublicKey.Length, Is.EqualTo(127));
    }

    [Test]
    public void A_finite_field_is_signed_with_its_three_numbers()
    {
        byte[] parameters = [.. Vector16(Filler(128)), .. Vector16(2), .. Vector16(Filler(128))];

        var message = Read([.. parameters, .. Signed12], ProtocolVersion.Tls12, "DHE_RSA_WITH_AES_128_GCM_SHA256");

        Assert.That(message.Params.Length, Is.EqualTo(parameters.Length));
        Assert.That(message.Scheme?.Code, Is.EqualTo(RsaPkcs1Sha256));
    }

    [TestCase("PSK_WITH_AES_128_CBC_SHA")]
    [TestCase("RSA_PSK_WITH_AES_128_CBC_SHA")]
    public void A_plain_pre_shared_key_has_only_a_hint(string suite)
    {
        var message = Read(Vector16("hint"u8), ProtocolVersion.Tls12, suite);

        Assert.That(message.Describe(new PlainTokens()), Is.EqualTo("psk_identity_hint hint"));
    }

    [Test]
    public void A_pre_shared_key_with_an_exchange_has_both_and_no_signature()
    {
        byte[] finite = [.. Vector16("hint"u8), .. Vector16(Filler(128)), .. Vector16(2), .. Vector16(Filler(128))];
        byte[] elliptic = [.. Vector16(), 3, 0, 24, .. Vector8(Filler(97))];

        var dhe = Read(finite, ProtocolVersion.Tls12, "DHE_PSK_WITH_AES_128_CBC_SHA");
        var ecdhe = Read(elliptic, ProtocolVersion.Tls12, "ECDHE_PSK_WITH_AES_128_CBC_SHA");

        Assert.That((dhe.PskIdentityHint?.Length, dhe.Prime.Length, dhe.Signature),
            Is.EqualTo((4, 128, (object?)null)));
        Assert.That((ecdhe.PskIdentityHint?.Length, ecdhe.Group, ecdhe.Signature),
            Is.EqualTo((0, "secp384r1", (object?)null)));
    }

    [TestCase("SRP_SHA_WITH_AES_128_CBC_SHA", false)]
    [TestCase("SRP_SHA_RSA_WITH_AES_128_CBC_SHA", true)]
    [TestCase("SRP_SHA_DSS_WITH_AES_128_CBC_SHA", true)]
    public void SRP_is_signed_only_with_a_certificate(string suite, bool isSigned)
    {
        byte[] parameters = [.. Vector16(Filler(256)), .. Vector16(2), .. Vector8("salt"u8), .. Vector16(Filler(255))];

        var message = Read([.. parameters, .. isSigned ? Signed12 : []], ProtocolVersion.Tls12, suite);

        Assert.That(message.Salt?.ToArray(), Is.EqualTo("salt"u8.ToArray()));
        Assert.That((message.PublicKey.Length, message.Signature?.Length),
            Is.EqualTo((255, isSigned ? 64 : (int?)null)));
    }

    [TestCase("RSA_EXPORT_WITH_RC4_40_MD5")]
    [TestCase("RSA_WITH_AES_128_CBC_SHA")] // as an attacker makes the server send it
    public void An_ephemeral_RSA_key_is_read_and_measured(string suite)
    {
        byte[] modulus = [0x80, .. Filler(63)];
        byte[] body = [.. Vector16(modulus), .. Vector16(1, 0, 1), .. Vector16(Filler(128))];

        var message = Read(body, ProtocolVersion.Tls10, suite);

        Assert.That(message.Modulus.ToArray(), Is.EqualTo(modulus));
        Assert.That(message.Exponent.ToArray(), Is.EqualTo((byte[])[1, 0, 1]));
        Assert.That(message.Describe(new PlainTokens()), Is.EqualTo("ephemeral rsa512, signature without scheme"));
    }

    [Test]
    public void A_curve_over_a_prime_field_may_be_sent_as_numbers()
    {
        byte[] curve =
        [
            1, .. Vector8([0xff, .. Filler(31)]), .. Vector8(Filler(32)), .. Vector8(Filler(32)),
            .. Vector8(Filler(65)),
            .. Vector8(Filler(32)), .. Vector8(1),
        ];

        var message = Read([.. curve, .. Vector8(Filler(65)), .. Signed12], ProtocolVersion.Tls12,
            "ECDHE_RSA_WITH_AES_128_CBC_SHA");

        Assert.That((message.Group, message.ExplicitCurve!.Base.Length), Is.EqualTo(("explicit_prime 256 bits", 65)));
        Assert.That((message.ExplicitCurve.Cofactor.Length, message.PublicKey.Length), Is.EqualTo((1, 65)));
    }

    [TestCase(1, 1)]
    [TestCase(2, 3)]
    public void A_curve_over_a_binary_field_has_one_or_three_exponents(byte basis, int exponents)
    {
        byte[] curve =
        [
            2, 0, 163, basis, .. Enumerable.Repeat(Vector8(7), exponents).SelectMany(exponent => exponent),
            .. Vector8(1), .. Vector8(2), .. Vector8(Filler(43)), .. Vector8(Filler(21)), .. Vector8(2),
        ];

        var message = Read([.. curve, .. Vector8(Filler(43)), .. Signed12], ProtocolVersion.Tls12,
            "ECDHE_RSA_WITH_AES_128_CBC_SHA");

        Assert.That((message.Group, message.ExplicitCurve!.K.Count),
            Is.EqualTo(("explicit_char2 163 bits", exponents)));
    }

    [TestCase(9)]
    [TestCase(0)]
    public void A_curve_type_that_does_not_exist_is_the_servers_fault(byte curveType)
    {
        var fault = Fault(
            HandshakeType.ServerKeyExchange, [curveType, 0, 23],
            Context(ProtocolVersion.Tls12, "ECDHE_RSA_WITH_AES_128_CBC_SHA"));

        Assert.That((fault.Kind, fault.Field, fault.Owner),
            Is.EqualTo((WireFaultKind.IllegalValue, "curve_type", FaultOwner.Peer)));
    }

    private static ServerKeyExchange Read(byte[] body, ProtocolVersion version, string suite) =>
        CheckedMessage.Read<ServerKeyExchange>(HandshakeType.ServerKeyExchange, body, Context(version, suite));
}
