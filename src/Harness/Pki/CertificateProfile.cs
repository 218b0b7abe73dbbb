using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Pki;

/// <summary>
/// A certificate that the test PKI makes, as data; what a row does not say is as it should be.
/// </summary>
/// <param name="Name">Name in cell ids and matrices.</param>
/// <param name="Meaning">What is in it, for people.</param>
public sealed record CertificateProfile(string Name, string Meaning)
{
    /// <summary>The profile that a cell has if it names none; it is left out of the cell's id.</summary>
    public const string Default = "rsa2048";

    /// <summary>Every profile that a matrix may name.</summary>
    public static IReadOnlyList<CertificateProfile> All { get; } =
        [.. CertificateProfiles.Sound, .. CertificateProfiles.Faulty];

    /// <summary>The profile of a name, or null.</summary>
    public static CertificateProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);

    /// <summary>The profile of a server or a client, or null.</summary>
    public static CertificateProfile? FindAny(string name) =>
        Find(name) ?? CertificateProfiles.OfClients.FirstOrDefault(profile => profile.Name == name);

    /// <summary>The kind of its key.</summary>
    public LeafKeyKind Key { get; init; } = LeafKeyKind.Rsa2048;

    /// <summary>The name that clients ask for, and hold the certificate to.</summary>
    public string ServerName { get; init; } = RequestWords.ServerName;

    /// <summary>The subject's common name.</summary>
    public string CommonName { get; init; } = RequestWords.ServerName;

    /// <summary>dNSNames of its subjectAltName.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [RequestWords.ServerName, "localhost"];

    /// <summary>iPAddresses of its subjectAltName.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>notBefore, seen from the beginning of the run.</summary>
    public TimeSpan NotBefore { get; init; } = TimeSpan.FromDays(-200);

    /// <summary>notAfter, likewise.</summary>
    public TimeSpan NotAfter { get; init; } = TimeSpan.FromHours(23);

    /// <summary>Its keyUsage; null for what suits its key.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; }

    /// <summary>Its extendedKeyUsage, an OID.</summary>
    public string Purpose { get; init; } = CertificateProfiles.ServerAuth;

    /// <summary>The hash of its signature.</summary>
    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Who issued it, a name of <see cref="TestAuthority"/>; null if it signed itself.</summary>
    public string? Issuer { get; init; } = TestAuthority.Intermediate;

    /// <summary>The authorities that the server sends behind it, in this order.</summary>
    public IReadOnlyList<string> Sends { get; init; } = [TestAuthority.Intermediate];

    /// <summary>The common names of all that the server sends.</summary>
    public IEnumerable<string> SentNames => [CommonName, .. Sends.Select(name => TestAuthority.Find(name).CommonName)];

    /// <summary>Octets of a comment in it, which only make it large.</summary>
    public int Comment { get; init; }

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public CertificateFault? Fault { get; init; }

    /// <summary>True if a suite can authenticate the server with this certificate.</summary>
    public bool Fits(CipherSuiteInfo suite) => suite.Authentication switch
    {
        // No certificate is sent: only the default stands for "none".
        AuthenticationAlgorithm.Anon or AuthenticationAlgorithm.Psk or AuthenticationAlgorithm.Null => Name == Default,
        _ => Key.Fits(suite),
    };
}
