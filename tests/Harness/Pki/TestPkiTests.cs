using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;

namespace TlsInterop.Harness.Tests.Pki;

public sealed class TestPkiTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private static readonly string[] Profiles = [.. CertificateProfile.All.Select(profile => profile.Name)];

    private string _folder = "";

    [OneTimeSetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-pki-").FullName;
        TestPki.Create(_folder, Now);
    }

    [OneTimeTearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Profiles))]
    public void A_chain_holds_up_to_the_root_while_its_leaf_is_valid(string profile)
    {
        var certificates = Certificates(profile);
        using var root = X509Certificate2.CreateFromPem(File.ReadAllText(At("root.pem")));

        Assert.That(Status(certificates, root, Now.AddDays(-30)), Is.EqualTo(X509ChainStatusFlags.NoError));
        var today = Status(certificates, root, Now);
        Assert.That(today, Is.EqualTo(profile == "expired"
            ? X509ChainStatusFlags.NotTimeValid
            : X509ChainStatusFlags.NoError));
    }

    [TestCaseSource(nameof(Profiles))]
    public void A_leaf_has_the_names_and_the_uses_of_a_server(string profile)
    {
        var leaf = Certificates(profile)[0];
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames();
        var uses = leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages;
        var extended = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages;

        Assert.That(names, Is.EqualTo((string[])["tlsinterop.test", "localhost"]));
        // RFC 5246, Section 7.4.2
        Assert.That(uses, Is.EqualTo(profile == "ecdsa-p256"
            ? X509KeyUsageFlags.DigitalSignature
            : X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment));
        Assert.That(extended.Cast<Oid>().Select(oid => oid.Value), Is.EqualTo((string[])["1.3.6.1.5.5.7.3.1"]));
        Assert.That(leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority, Is.False);
    }

    [TestCaseSource(nameof(Profiles))]
    public void A_key_is_that_of_its_certificate_and_its_owners_alone(string profile)
    {
        var leaf = Certificates(profile)[0];
        using AsymmetricAlgorithm key = profile == "ecdsa-p256" ? ECDsa.Create() : RSA.Create();
        key.ImportFromPem(File.ReadAllText(At($"{profile}.key")));

        Assert.That(key.ExportSubjectPublicKeyInfo(), Is.EqualTo(leaf.PublicKey.ExportSubjectPublicKeyInfo()));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(At($"{profile}.key")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void Authorities_sign_certificates_and_keep_no_key_on_the_disk()
    {
        foreach (var name in new[] { "root", "intermediate" })
        {
            using var authority = X509Certificate2.CreateFromPem(File.ReadAllText(At($"{name}.pem")));
            Assert.That(authority.Extensions.OfType<X509BasicConstraintsExtension>()
                .Single().CertificateAuthority, Is.True);
            Assert.That(authority.Extensions.OfType<X509KeyUsageExtension>()
                .Single().KeyUsages, Is.EqualTo(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign));
        }
        Assert.That(Directory.EnumerateFiles(_folder, "*.key")
            .Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(Profiles));
    }

    [Test]
    public async Task The_parameters_are_those_of_RFC_7919()
    {
        var text = File.ReadAllText(At("ffdhe2048.pem"));
        Assert.That(text, Does.StartWith("-----BEGIN DH PARAMETERS-----"));

        var read = await Command.RunAsync("openssl", ["dhparam", "-in", At("ffdhe2048.pem"), "-noout", "-text"],
            TimeSpan.FromSeconds(30));
        if (read.ExitCode == 127) Assert.Pass("no openssl on this machine to read them");
        Assert.That(read.Succeeded, Is.True, read.Errors);
        Assert.That(read.Output, Does.Contain("2048 bit").Or.Contain("ffdhe2048"));
    }

    private X509Certificate2Collection Certificates(string profile)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(At($"{profile}.pem"));
        Assert.That(certificates, Has.Count.EqualTo(2), "leaf, then intermediate");
        return certificates;
    }

    private static X509ChainStatusFlags Status(X509Certificate2Collection certificates, X509Certificate2 root,
        DateTimeOffset at)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.Add(certificates[1]);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.Build(certificates[0]);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
