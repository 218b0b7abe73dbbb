using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Harness.Tests.Pki;

/// <summary>
/// Every certificate as the decoder reads it, and as a chain: what its row says is wrong with it, and no more.
/// </summary>
public sealed class TestPkiTests
{
    // To the second, as certificates have it.
    private static readonly DateTimeOffset Now =
        DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    private static readonly string[] Profiles = [.. CertificateProfile.All.Select(profile => profile.Name)];

    // What a client that knows no name sees; of the rest of the faults it sees nothing.
    private static readonly Dictionary<string, X509ChainStatusFlags> ChainFaults = new()
    {
        ["expired"] = X509ChainStatusFlags.NotTimeValid,
        ["not-yet-valid"] = X509ChainStatusFlags.NotTimeValid,
        ["self-signed"] = X509ChainStatusFlags.UntrustedRoot,
        ["unknown-ca"] = X509ChainStatusFlags.PartialChain,
        ["missing-intermediate"] = X509ChainStatusFlags.PartialChain,
        ["wrong-eku"] = X509ChainStatusFlags.NotValidForUsage,
        ["name-constraints-broken"] = X509ChainStatusFlags.HasNotPermittedNameConstraint,
    };

    private string _folder = "";
    private TestPki _pki = null!;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-pki-").FullName;
        _pki = await TestPki.CreateAsync(_folder, Now);
        await Task.WhenAll(Profiles.Select(_pki.EnsureAsync));
    }

    [OneTimeTearDown]
    public async Task TearDown()
    {
        await _pki.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCaseSource(nameof(Profiles))]
    public void A_chain_holds_but_for_what_its_row_says(string profile) =>
        Assert.That(Status(profile, Now), Is.EqualTo(ChainFaults.GetValueOrDefault(profile)));

    [TestCase("expired", -30)]
    [TestCase("not-yet-valid", 3.5)]
    public void A_certificate_that_is_not_valid_today_is_valid_on_another_day(string profile, double days) =>
        Assert.That(Status(profile, Now.AddDays(days)), Is.EqualTo(X509ChainStatusFlags.NoError));

    [TestCaseSource(nameof(Profiles))]
    public void A_leaf_has_what_its_row_says(string name)
    {
        var profile = CertificateProfile.Find(name)!;
        var leaf = Summaries(name)[0];

        Assert.That(leaf.Key, Is.EqualTo(profile.Key.Name));
        Assert.That(leaf.CommonName, Is.EqualTo(profile.CommonName));
        Assert.That(leaf.DnsNames, Is.EqualTo(profile.DnsNames));
        Assert.That(leaf.IpAddresses.Select(address => address.ToString()), Is.EqualTo(profile.Addresses));
        Assert.That((leaf.NotBefore, leaf.NotAfter), Is.EqualTo((Now + profile.NotBefore, Now + profile.NotAfter)));
        Assert.That(leaf.SignatureAlgorithm, Is.EqualTo(name == "sha1" ? "sha1WithRSA" : "sha256WithRSA"));
        Assert.That(leaf.ExtendedKeyUsage, Is.EqualTo((string[])[name == "wrong-eku" ? "clientAuth" : "serverAuth"]));
        Assert.That(leaf.IsCa, Is.False);
        Assert.That(leaf.IsSelfIssued, Is.EqualTo(name == "self-signed"));
    }

    // RFC 5246, Section 7.4.2: an RSA key that encrypts the premaster secret needs keyEncipherment.
    [TestCase("rsa2048", CertificateKeyUsage.DigitalSignature | CertificateKeyUsage.KeyEncipherment)]
    [TestCase("rsa-pss", CertificateKeyUsage.DigitalSignature)]
    [TestCase("ecdsa-p256", CertificateKeyUsage.DigitalSignature)]
    [TestCase("ed448", CertificateKeyUsage.DigitalSignature)]
    [TestCase("wrong-ku", CertificateKeyUsage.KeyEncipherment)]
    public void A_leaf_may_be_used_for_what_its_key_can(string profile, CertificateKeyUsage usage) =>
        Assert.That(Summaries(profile)[0].KeyUsage, Is.EqualTo(usage));

    [TestCase("rsa2048", "tlsinterop.test, TlsInterop test intermediate")]
    [TestCase("missing-intermediate", "tlsinterop.test")]
    [TestCase("self-signed", "tlsinterop.test")]
    [TestCase("unknown-ca", "tlsinterop.test, Unknown test intermediate")]
    [TestCase("wrong-order", "tlsinterop.test, TlsInterop test intermediate, TlsInterop test lower intermediate")]
    [TestCase("name-constraints-broken", "tlsinterop.test, TlsInterop test constrained elsewhere")]
    public void A_server_is_given_what_it_shall_send_in_that_order(string profile, string names)
    {
        Assert.That(string.Join(", ", Summaries(profile).Select(summary => summary.CommonName)), Is.EqualTo(names));
        var behind = File.Exists(At($"{profile}.chain.pem")) ? Summaries($"{profile}.chain") : [];
        Assert.That(behind.Select(summary => summary.SerialNumber),
            Is.EqualTo(Summaries(profile).Skip(1).Select(summary => summary.SerialNumber)));
    }

    [TestCase("rsa2048", 0, 1 << 12)]
    [TestCase("chain-16k", 1 << 14, 1 << 15)]
    [TestCase("chain-64k", 1 << 16, 1 << 17)]
    public void A_long_chain_is_as_long_as_its_name_says(string profile, int least, int most) =>
        Assert.That(Certificates(profile).Sum(certificate => certificate.RawData.Length), Is.InRange(least, most));

    // RFC 5280, Section 4.2.1.10: permittedSubtrees [0], in it a dNSName [2].
    [TestCase("name-constraints", "tlsinterop.test")]
    [TestCase("name-constraints-broken", "example.test")]
    public void An_issuer_that_is_constrained_says_so_where_nobody_may_overlook_it(string profile, string permitted)
    {
        var constraints = Summaries(profile)[1].Find("2.5.29.30")!.Value;

        Assert.That(constraints.IsCritical, Is.True);
        byte[] name = [0x82, (byte)permitted.Length, .. System.Text.Encoding.ASCII.GetBytes(permitted)];
        Assert.That(constraints.Value.ToArray(), Is.EqualTo(
            (byte[])[0x30, (byte)(name.Length + 4), 0xa0, (byte)(name.Length + 2), 0x30, (byte)name.Length, .. name]));
    }

    [TestCaseSource(nameof(Profiles))]
    public void A_key_is_that_of_its_certificate_and_its_owners_alone(string profile)
    {
        var leaf = Certificates(profile)[0];
        var pem = File.ReadAllText(At($"{profile}.key"));

        Assert.That(PublicOf(pem), Is.EqualTo(leaf.GetPublicKey()));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(At($"{profile}.key")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Only_what_is_asked_for_is_made_and_no_key_of_an_authority_is_on_the_disk()
    {
        var folder = Directory.CreateDirectory(At("few")).FullName;
        await using var pki = await TestPki.CreateAsync(folder, Now);
        await Task.WhenAll(pki.EnsureAsync("ed25519"), pki.EnsureAsync("ed25519"), pki.EnsureAsync("of no row"));

        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo((string[])
        [
            "root.pem", "ffdhe2048.pem", "rsa2048.pem", "rsa2048.chain.pem", "rsa2048.key", "rsa2048.ocsp",
            "ed25519.pem", "ed25519.chain.pem", "ed25519.key", "ed25519.ocsp",
        ]));
    }

    [TestCase("rsa2048")]
    [TestCase("ecdsa-p256")]
    public void An_authority_calls_its_certificate_good(string profile)
    {
        var sent = Certificates(profile);
        var response = (BasicOcspResp)new OcspResp(File.ReadAllBytes(At($"{profile}.ocsp"))).GetResponseObject();
        var issuer = new X509CertificateParser().ReadCertificate(sent[1].RawData);

        Assert.That(response.Verify(issuer.GetPublicKey()), Is.True);
        Assert.That(response.Responses.Single().GetCertStatus(), Is.Null, "null is good, says the library");
        Assert.That(
            response.Responses.Single().GetCertID().SerialNumber,
            Is.EqualTo(new X509CertificateParser().ReadCertificate(sent[0].RawData).SerialNumber));
    }

    [TestCase("client", "TlsInterop test intermediate")]
    [TestCase("client-unknown", "Unknown test intermediate")]
    public async Task A_client_has_a_certificate_of_its_own(string profile, string issuer)
    {
        await _pki.EnsureAsync(profile);

        Assert.That(Certificates(profile)[0].GetNameInfo(X509NameType.SimpleName, false),
            Is.EqualTo("client.tlsinterop.test"));
        Assert.That(Certificates(profile)[0].GetNameInfo(X509NameType.SimpleName, true), Is.EqualTo(issuer));
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

    private X509Certificate2Collection Certificates(string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(At($"{file}.pem"));
        return certificates;
    }

    private List<CertificateSummary> Summaries(string file) =>
        [.. Certificates(file).Select(certificate => CertificateSummary.TryRead(certificate.RawData)!)];

    private X509ChainStatusFlags Status(string profile, DateTimeOffset at)
    {
        var certificates = Certificates(profile);
        using var root = X509Certificate2.CreateFromPem(File.ReadAllText(At("root.pem")));
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.Build(certificates[0]);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
    }

    // Bouncy Castle reads all of them but id-RSASSA-PSS, whose key is that of RSA.
    private static byte[] PublicOf(string pem)
    {
        var der = pem.AsSpan()[PemEncoding.Find(pem).Base64Data];
        var info = PrivateKeyInfo.GetInstance(Convert.FromBase64String(der.ToString()));
        if (info.PrivateKeyAlgorithm.Algorithm.Id is "1.2.840.113549.1.1.1" or "1.2.840.113549.1.1.10")
        {
            using var rsa = RSA.Create();
            rsa.ImportRSAPrivateKey(info.ParsePrivateKey().GetDerEncoded(), out _);
            return rsa.ExportRSAPublicKey();
        }
        return PrivateKeyFactory.CreateKey(info) switch
        {
            Ed25519PrivateKeyParameters key => key.GeneratePublicKey().GetEncoded(),
            Ed448PrivateKeyParameters key => key.GeneratePublicKey().GetEncoded(),
            ECPrivateKeyParameters key => key.Parameters.G.Multiply(key.D).Normalize().GetEncoded(),
            var other => throw new NotSupportedException(other.GetType().Name),
        };
    }

    private string At(string name) => Path.Combine(_folder, name);
}
