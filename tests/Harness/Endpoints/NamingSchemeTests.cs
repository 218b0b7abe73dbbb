using TlsInterop.Harness.Endpoints;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class NamingSchemeTests
{
    [TestCase("iana", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "secp256r1")]
    [TestCase("openssl", "ECDHE-RSA-AES128-GCM-SHA256", "P-256")]
    [TestCase("gnutls", "TLS_ECDHE_RSA_AES_128_GCM_SHA256", "SECP256R1")]
    [TestCase("jsse", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "secp256r1")]
    public void Each_family_names_the_same_suite_and_group_its_own_way(string scheme, string suite, string group)
    {
        var names = NamingScheme.Find(scheme)!;

        Assert.That(names.FindSuite(suite), Is.EqualTo(new CipherSuite(0xc02f)));
        Assert.That(names.FindGroup(group), Is.EqualTo(new NamedGroup(23)));
        Assert.That(names.FindSuite("NOTHING"), Is.Null);
        Assert.That(names.FindGroup("nothing"), Is.Null);
    }

    [Test]
    public void Every_listed_name_is_found_again()
    {
        foreach (var scheme in NamingScheme.All)
        {
            foreach (var name in CipherSuites.All.Select(scheme.ListedSuite).OfType<string>())
                Assert.That(scheme.FindSuite(name), Is.Not.Null, name);
            foreach (var name in NamedGroups.All.Select(scheme.Group).OfType<string>())
                Assert.That(scheme.FindGroup(name), Is.Not.Null, name);
        }
    }

    [Test]
    public void An_unknown_family_is_none() => Assert.That(NamingScheme.Find("schannel"), Is.Null);

    [TestCase("jsse", "RSA_WITH_RC4_128_MD5", "SSL_RSA_WITH_RC4_128_MD5")]
    [TestCase("jsse", "AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256")]
    public void A_suite_is_asked_for_in_the_familys_words(string scheme, string suite, string words) =>
        Assert.That(NamingScheme.Find(scheme)!.Suite(CipherSuites.Find(suite)!), Is.EqualTo(words));

    // GnuTLS manual, "Priority Strings".
    [TestCase("ECDHE_RSA_WITH_AES_128_GCM_SHA256", "+ECDHE-RSA:+AES-128-GCM:+AEAD")]
    [TestCase("RSA_WITH_AES_128_CBC_SHA", "+RSA:+AES-128-CBC:+SHA1")]
    [TestCase("DHE_RSA_WITH_AES_256_CBC_SHA256", "+DHE-RSA:+AES-256-CBC:+SHA256")]
    [TestCase("ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "+ECDHE-ECDSA:+CHACHA20-POLY1305:+AEAD")]
    [TestCase("RSA_WITH_3DES_EDE_CBC_SHA", "+RSA:+3DES-CBC:+SHA1")]
    [TestCase("RSA_WITH_AES_128_CCM_8", "+RSA:+AES-128-CCM-8:+AEAD")]
    [TestCase("AES_256_GCM_SHA384", "+AES-256-GCM:+AEAD")]
    [TestCase("ECDHE_RSA_WITH_ARIA_128_GCM_SHA256", null)]
    public void A_suite_is_put_into_the_parts_of_a_GnuTLS_priority(string suite, string? parts) =>
        Assert.That(GnuTlsPriority.OfSuite(CipherSuites.Find(suite)!), Is.EqualTo(parts));
}
