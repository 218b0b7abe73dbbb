using TlsInterop.Harness.Endpoints;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class CapabilitiesTests
{
    private static readonly CipherSuite Known = new(0xc02f);

    [Test]
    public void Names_that_no_registry_has_are_kept_apart_each_once()
    {
        var read = Read(
            "suite tls1.2 MADE-UP\nsuite tls1.1 MADE-UP\ngroup nowhere\nsuite tls1.2 ECDHE-RSA-AES128-GCM-SHA256\n");

        Assert.That(read.Unknown, Is.EqualTo((string[])["MADE-UP", "nowhere"]));
        Assert.That(read.Suites["tls1.2"], Is.EquivalentTo((ushort[])[Known.Code]));
        Assert.That(read.Version, Is.EqualTo("Stack 1.0"));
    }

    [Test]
    public void A_suite_is_dropped_where_its_version_can_not_use_it()
    {
        var read = Read("""
            suite tls1.0 ECDHE-RSA-AES128-GCM-SHA256
            suite tls1.3 ECDHE-RSA-AES128-GCM-SHA256
            suite tls1.2 TLS_AES_128_GCM_SHA256
            suite tls1.3 TLS_AES_128_GCM_SHA256
            """);

        Assert.That(read.Suites["tls1.0"], Is.Empty);
        Assert.That(read.Suites["tls1.2"], Is.Empty);
        Assert.That(read.Suites["tls1.3"], Is.EquivalentTo((ushort[])[0x1301]));
    }

    [Test]
    public void A_kind_of_key_that_no_certificate_has_is_unknown()
    {
        var read = Read("certificate ed25519\ncertificate rsa-pss\n");

        Assert.That(read.Certificates, Is.EquivalentTo((string[])["ed25519"]));
        Assert.That(read.Unknown, Is.EqualTo((string[])["rsa-pss"]));
    }

    [Test]
    public void Lines_of_another_form_are_passed_over()
    {
        var read = Read("Error: nothing works\r\nsuite\ngroup\n\nsuite tls1.2 AES128-SHA more\n");

        Assert.That(read.Suites, Is.Empty);
        Assert.That(read.Groups, Is.Empty);
        Assert.That(read.Unknown, Is.Empty);
    }

    [TestCase("tls1.1", null, "TLS 1.1")]
    [TestCase("tls1.0", null, "TLS 1.0", TestName = "A version whose suites were all dropped is lacking")]
    [TestCase("tls1.2", "x448", "group x448")]
    [TestCase("tls1.2", "x25519", null)]
    [TestCase("tls1.2", null, null)]
    public void What_is_not_offered_is_named(string version, string? group, string? lack)
    {
        var read =
            Read("suite tls1.2 ECDHE-RSA-AES128-GCM-SHA256\nsuite tls1.0 ECDHE-RSA-AES128-GCM-SHA256\ngroup X25519\n");
        Assert.That(ProtocolVersion.TryParse(version, out var asked), Is.True);

        Assert.That(read.Lack(asked, Known, group), Is.EqualTo(lack));
    }

    [Test]
    public void A_suite_that_is_not_listed_is_named_with_its_version()
    {
        var read = Read("suite tls1.2 ECDHE-RSA-AES128-GCM-SHA256\n");

        Assert.That(read.Lack(ProtocolVersion.Tls12, new CipherSuite(0x002f), null),
            Is.EqualTo("RSA_WITH_AES_128_CBC_SHA in TLS 1.2"));
    }

    private static Capabilities Read(string lines) =>
        Capabilities.Read("Stack 1.0", lines, NamingScheme.Find("openssl")!);
}
