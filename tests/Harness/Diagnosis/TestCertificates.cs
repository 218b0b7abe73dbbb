using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>The certificates of a run's PKI, made when the recorded connections are said to have been.</summary>
[SetUpFixture]
public sealed class TestCertificates
{
    /// <summary>When the PKI was made: the faults of its certificates count from here.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Profiles =
    [
        "expired", "not-yet-valid", "wrong-name", "self-signed", "unknown-ca", "missing-intermediate", "wrong-order",
        "wrong-eku", "sha1", "rsa1024", "chain-16k",
    ];

    private static string _folder = "";
    private static TestPki? _pki;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-diagnosis-").FullName;
        _pki = await TestPki.CreateAsync(_folder, Now);
        await Task.WhenAll(Profiles.Select(_pki.EnsureAsync));
    }

    [OneTimeTearDown]
    public async Task TearDown()
    {
        if (_pki is not null) await _pki.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What a server with a profile sends.</summary>
    public static Certificate Of(string profile) =>
        Of(File.ReadAllText(Path.Combine(_folder, $"{profile}.pem")), _ => true);

    /// <summary>Its leaf, or what stands behind it, alone.</summary>
    public static Certificate Part(string profile, Func<int, bool> isKept) =>
        Of(File.ReadAllText(Path.Combine(_folder, $"{profile}.pem")), isKept);

    /// <summary>One after the other.</summary>
    public static Certificate Joined(Certificate first, Certificate second) =>
        new(null, [.. first.Entries, .. second.Entries]);

    private static Certificate Of(string pems, Func<int, bool> isKept)
    {
        var entries = new List<CertificateEntry>();
        var rest = pems.AsSpan();
        for (var index = 0; System.Security.Cryptography.PemEncoding.TryFind(rest, out var fields); index++)
        {
            var der = Convert.FromBase64String(rest[fields.Base64Data].ToString());
            if (isKept(index)) entries.Add(new(der, CertificateSummary.TryRead(der), ExtensionList.Absent));
            rest = rest[fields.Location.End..];
        }
        return new(null, entries);
    }
}
