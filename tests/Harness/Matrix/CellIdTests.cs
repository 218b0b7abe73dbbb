using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Matrix;

internal sealed class CellIdTests
{
    [TestCase("exim@bookworm/gnutls@trixie/starttls-smtp/tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519")]
    [TestCase("openssl@bullseye/sslstream/echo/tls1.0-RSA_WITH_AES_128_CBC_SHA")]
    [TestCase("gnutls@trixie/openssl@trixie/echo/tls1.3-AES_128_GCM_SHA256-x25519-ecdsa-p256")]
    [TestCase("gnutls@trixie/openssl@trixie/echo/tls1.3-AES_128_GCM_SHA256-X25519MLKEM768-expired-grease")]
    [TestCase("node-openssl@1.0.1/bouncycastle/resume/ssl3-RSA_WITH_RC4_128_SHA-slow-octets")]
    [TestCase("cyrus@bookworm/curl@bookworm/imaps/tls1.3-CHACHA20_POLY1305_SHA256-ecdsa-p256")]
    public void An_id_reads_back_as_it_was_written(string id)
    {
        Assert.That(CellId.TryParse(id, out var cell, out var problem), Is.True, problem);
        Assert.That(cell!.Id, Is.EqualTo(id));
    }

    [Test]
    public void The_parts_are_found_by_their_vocabularies()
    {
        var isGood = CellId.TryParse(
            "a@1/b/echo/tls1.3-AES_128_GCM_SHA256-x25519-ecdsa-p256-grease", out var cell, out _);

        Assert.That(isGood, Is.True);
        Assert.That(cell, Is.EqualTo(new Cell(
            new EndpointReference("a", "1"), new EndpointReference("b"), "echo", ProtocolVersion.Tls13,
            new CipherSuite(0x1301), "x25519", "ecdsa-p256", "grease")));
    }

    [Test]
    public void What_stacks_do_by_themselves_has_an_id_without_version_and_suite()
    {
        var isGood = CellId.TryParse("a@1/b/echo/default-ecdsa-p256-grease", out var cell, out var problem);

        Assert.That(isGood, Is.True, problem);
        Assert.That(cell, Is.EqualTo(new Cell(
            new EndpointReference("a", "1"), new EndpointReference("b"), "echo", null, null, null, "ecdsa-p256",
            "grease")));
        Assert.That(cell!.Id, Is.EqualTo("a@1/b/echo/default-ecdsa-p256-grease"));
    }

    [TestCase("a/b/echo/default-x25519", "'x25519' is no group, certificate or quirk")]
    [TestCase("a/b/echo/default-", "'' is no group, certificate or quirk")]
    [TestCase("a/b/echo/defualt-AES_128_GCM_SHA256", "unknown version 'defualt', did you mean 'default'?")]
    [TestCase("", "found 1 parts")]
    [TestCase("a/b/echo", "found 3 parts")]
    [TestCase("a/b/echo/tls1.3-AES_128_GCM_SHA256/c", "found 5 parts")]
    [TestCase("../b/echo/tls1.3-AES_128_GCM_SHA256", "'..' is no endpoint")]
    [TestCase("a/b\\c/echo/tls1.3-AES_128_GCM_SHA256", "is no endpoint (client)")]
    [TestCase("a/b/Echo/tls1.3-AES_128_GCM_SHA256", "'Echo' is no scenario")]
    [TestCase("a/b/echo/tls1.3", "expected '<version>-<suite>'")]
    [TestCase("a/b/echo/tsl1.3-AES_128_GCM_SHA256", "unknown version 'tsl1.3', did you mean 'tls1.3'?")]
    [TestCase("a/b/echo/tls1.3-AES_128_GMC_SHA256",
        "unknown suite 'AES_128_GMC_SHA256', did you mean 'AES_128_GCM_SHA256'?")]
    [TestCase("a/b/echo/tls1.3-TLS_AES_128_GCM_SHA256", "unknown suite")]
    [TestCase("a/b/echo/tls1.3-AES_128_GCM_SHA256-rsa2048", "'rsa2048' is left out")]
    [TestCase("a/b/echo/tls1.3-AES_128_GCM_SHA256-ecdsa-p256-x25519", "is no group, certificate or quirk")]
    [TestCase("a/b/echo/tls1.3-AES_128_GCM_SHA256-X25519", "is no group, certificate or quirk")]
    [TestCase("a/b/echo/tls1.3-AES_128_GCM_SHA256-", "is no group, certificate or quirk")]
    [TestCase("a/b/echo/tls1.3-AES_128_GCM_SHA256\n", "unknown suite")]
    public void A_wrong_id_says_what_is_wrong(string id, string expected)
    {
        Assert.That(CellId.TryParse(id, out _, out var problem), Is.False);
        Assert.That(problem, Does.Contain(expected));
    }

    [Test]
    public void Every_suite_group_and_certificate_can_stand_in_an_id()
    {
        var suites = CipherSuites.All.Select(
            row => new Cell(new("a"), new("b"), "echo", ProtocolVersion.Tls12, new CipherSuite(row.Code)));
        var others =
            from @group in KeyExchangeGroups.All
            from certificate in CertificateProfile.All
            select new Cell(new("a"), new("b"), "echo", ProtocolVersion.Tls13, new CipherSuite(0x1301), @group.Name,
                certificate.Name);
        foreach (var cell in suites.Concat(others))
        {
            Assert.That(CellId.TryParse(cell.Id, out var read, out var problem), Is.True, problem);
            Assert.That(read, Is.EqualTo(cell));
            Assert.That(cell.Id, Does.Match(@"\A[A-Za-z0-9@._+/-]+\z"));
        }
    }

    [Test]
    public void Every_quirk_is_read_back_behind_group_and_certificate()
    {
        foreach (var quirk in AllQuirks.All)
        {
            var cell = new Cell(
                new("a"), new("scripted"), "echo", ProtocolVersion.Tls12, new CipherSuite(0xc02b), "x25519",
                "ecdsa-p256", quirk.Name);
            Assert.That(CellId.TryParse(cell.Id, out var read, out var problem), Is.True, problem);
            Assert.That(read, Is.EqualTo(cell));
        }
    }
}
