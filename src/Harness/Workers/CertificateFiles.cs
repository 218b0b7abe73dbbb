using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsInterop.Harness.Workers;

/// <summary>A certificate and its key, each a file.</summary>
/// <param name="Chain">The leaf and what goes with it, PEM.</param>
/// <param name="Key">The leaf's key, PKCS #8, PEM.</param>
internal sealed record CertificateFiles(string Chain, string Key)
{
    private const string Pkcs8 = "PRIVATE KEY";

    /// <summary>The files of a profile.</summary>
    public static CertificateFiles Of(string? folder, string profile) =>
        new(Path.Combine(folder ?? "", $"{profile}.pem"), Path.Combine(folder ?? "", $"{profile}.key"));

    /// <summary>The certificates in DER, leaf first.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="CryptographicException">It holds none.</exception>
    public IReadOnlyList<byte[]> ReadChain()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(Chain);
        return [.. chain.Select(certificate => certificate.RawData)];
    }

    /// <summary>The key in PKCS #8.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">It holds no such key.</exception>
    public byte[] ReadKey()
    {
        var text = File.ReadAllText(Key);
        return PemEncoding.TryFind(text, out var found) && text[found.Label] == Pkcs8
            ? Convert.FromBase64String(text[found.Base64Data])
            : throw new InvalidDataException($"{Key}: expected a '{Pkcs8}' in PEM");
    }
}
