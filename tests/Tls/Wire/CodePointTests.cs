using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

public sealed class CodePointTests
{
    [Test]
    public void Every_code_point_has_a_text_even_if_nobody_knows_it()
    {
        for (var code = 0; code <= 0xffff; code++)
        {
            var value = (ushort)code;
            string[] texts =
            [
                new CipherSuite(value).ToString(), new NamedGroup(value).ToString(), new SignatureScheme(value)
                    .ToString(),
                new ExtensionType(value).ToString(), new ProtocolVersion(value)
                    .ToString(), new HandshakeType((byte)code).ToString(),
                new AlertDescription((byte)code).ToString(), new ContentType((byte)code).ToString(),
            ];
            if (Array.Exists(texts, text => text.Length < 3)) Assert.Fail($"0x{code:x4}: {string.Join(", ", texts)}");
        }
    }

    [Test]
    public void Grease_values_are_the_sixteen_of_RFC_8701()
    {
        var values = Enumerable.Range(0, 0x10000).Where(code => Grease.Is((ushort)code)).ToList();

        Assert.That(values, Has.Count.EqualTo(16));
        Assert.That(values, Does.Contain(0x0a0a).And.Contain(0xfafa).And.Not.Contain(0x0a1a));
        Assert.That(Enumerable.Range(0, 256).Count(code => Grease.IsPskKeyExchangeMode((byte)code)), Is.EqualTo(8));
    }

    [TestCase(29, "x25519", "X25519", "X25519")]
    [TestCase(23, "secp256r1", "P-256", "SECP256R1")]
    [TestCase(256, "ffdhe2048", "ffdhe2048", "FFDHE2048")]
    [TestCase(0x11ec, "X25519MLKEM768", "X25519MLKEM768", "X25519-MLKEM768")]
    public void A_group_has_the_names_of_each_stack(int code, string name, string openSsl, string gnuTls)
    {
        var group = new NamedGroup((ushort)code).Info!;

        Assert.That((group.Name, group.OpenSsl, group.GnuTls), Is.EqualTo((name, openSsl, gnuTls)));
        Assert.That(NamedGroups.Find(name), Is.SameAs(group));
    }

    [Test]
    public void An_alert_is_found_by_its_name() =>
        Assert.That(AlertDescription.Find("handshake_failure"), Is.EqualTo(AlertDescription.HandshakeFailure));

    [Test]
    public void A_prime_is_known_with_or_without_leading_zeros_and_measured_in_bits()
    {
        // RFC 2409, Section 6.2 is not in the table; its length is all that can be said of a prime like it.
        byte[] unknown = [0, 0, 0x0f, 0xff];

        Assert.That(WellKnownPrimes.Find(unknown), Is.Null);
        Assert.That(WellKnownPrimes.BitLength(unknown), Is.EqualTo(12));
    }
}
