using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Wire;

[TestFixture]
public sealed class CipherSuitesTests
{
    [Test]
    public void Every_part_of_every_name_is_in_a_table()
    {
        var unknown = CipherSuites.All.Where(row =>
            row.Authentication == AuthenticationAlgorithm.Other
                && !row.Name.StartsWith("ECCPWD", StringComparison.Ordinal)
            || row.Mode == CipherMode.Other && row.KeyLength == 0
            || row.Mode is CipherMode.Cbc or CipherMode.Stream && row.MacHash is null);

        Assert.That(unknown, Is.Empty);
    }

    [Test]
    public void Code_points_and_names_are_unique() // a doubled name fails when the registry is loaded
    {
        Assert.That(CipherSuites.All, Has.Count.GreaterThan(350));
        Assert.That(CipherSuites.All.Select(row => row.Code), Is.Ordered.And.Unique);
    }

    [TestCase(0xc02f, "ECDHE_RSA_WITH_AES_128_GCM_SHA256", KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Rsa,
        "AES_128", CipherMode.Gcm, 16, 0, 4, null, "SHA256")]
    [TestCase(0x0005, "RSA_WITH_RC4_128_SHA", KeyExchangeAlgorithm.Rsa, AuthenticationAlgorithm.Rsa,
        "RC4_128", CipherMode.Stream, 16, 0, 0, "SHA1", "SHA256")]
    [TestCase(0x0016, "DHE_RSA_WITH_3DES_EDE_CBC_SHA", KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Rsa,
        "3DES_EDE", CipherMode.Cbc, 24, 8, 0, "SHA1", "SHA256")]
    [TestCase(0xc028, "ECDHE_RSA_WITH_AES_256_CBC_SHA384", KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Rsa,
        "AES_256", CipherMode.Cbc, 32, 16, 0, "SHA384", "SHA384")]
    [TestCase(0xc0ae, "ECDHE_ECDSA_WITH_AES_128_CCM_8", KeyExchangeAlgorithm.Ecdhe, AuthenticationAlgorithm.Ecdsa,
        "AES_128", CipherMode.Ccm8, 16, 0, 4, null, "SHA256")]
    [TestCase(0x1302, "AES_256_GCM_SHA384", KeyExchangeAlgorithm.Tls13, AuthenticationAlgorithm.Tls13,
        "AES_256", CipherMode.Gcm, 32, 0, 12, null, "SHA384")]
    [TestCase(0xccaa, "DHE_RSA_WITH_CHACHA20_POLY1305_SHA256", KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Rsa,
        "CHACHA20", CipherMode.ChaCha20Poly1305, 32, 0, 12, null, "SHA256")]
    [TestCase(0x00a6, "DH_anon_WITH_AES_128_GCM_SHA256", KeyExchangeAlgorithm.Dhe, AuthenticationAlgorithm.Anon,
        "AES_128", CipherMode.Gcm, 16, 0, 4, null, "SHA256")]
    [TestCase(0xc01b, "SRP_SHA_RSA_WITH_3DES_EDE_CBC_SHA", KeyExchangeAlgorithm.Srp, AuthenticationAlgorithm.Rsa,
        "3DES_EDE", CipherMode.Cbc, 24, 8, 0, "SHA1", "SHA256")]
    [TestCase(0xc0b4, "SHA256_SHA256", KeyExchangeAlgorithm.Tls13, AuthenticationAlgorithm.Tls13,
        "NULL", CipherMode.Null, 0, 0, 0, "SHA256", "SHA256")]
    public void A_name_is_taken_apart(int code, string name, KeyExchangeAlgorithm keyExchange,
        AuthenticationAlgorithm authentication, string cipher, CipherMode mode, int keyLength, int blockLength,
        int fixedIvLength, string? macHash, string prfHash)
    {
        var row = CipherSuites.Find((ushort)code);

        Assert.That(row, Is.Not.Null);
        Assert.That(row with { OpenSsl = null, GnuTls = null }, Is.EqualTo(new CipherSuiteInfo((ushort)code, name,
            keyExchange, authentication, cipher, mode, keyLength, blockLength, fixedIvLength, macHash, prfHash,
            OpenSsl: null, GnuTls: null)));
    }

    [Test]
    public void Each_stack_finds_a_suite_by_its_own_name()
    {
        var suite = CipherSuites.Find("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA");

        Assert.That(suite!.Code, Is.EqualTo(0xc013));
        Assert.That(CipherSuites.FindOpenSsl("ECDHE-RSA-AES128-SHA"), Is.SameAs(suite));
        Assert.That(CipherSuites.FindGnuTls("TLS_ECDHE_RSA_AES_128_CBC_SHA1"), Is.SameAs(suite));
    }

    [TestCase(0x1301, "tls1.3", "tls1.3")]
    [TestCase(0xc02f, "tls1.2", "tls1.2")]
    [TestCase(0x003c, "tls1.2", "tls1.2")]
    [TestCase(0x002f, "ssl3", "tls1.2")]
    public void A_suite_knows_the_versions_that_may_use_it(int code, string oldest, string newest)
    {
        var row = CipherSuites.Find((ushort)code)!;

        Assert.That((row.OldestVersion.Id, row.NewestVersion.Id), Is.EqualTo((oldest, newest)));
    }

    [Test]
    public void An_unknown_code_point_is_kept_and_printed() =>
        Assert.That(new CipherSuite(0x2a2b).ToString(), Is.EqualTo("0x2a2b"));
}
