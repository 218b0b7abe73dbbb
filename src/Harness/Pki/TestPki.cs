using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Agreement;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Pki;

/// <summary>The certificates of one run: made anew, good for a day, never outside its folder.</summary>
/// <remarks>RFC 5280; names and key usages as RFC 9525 and RFC 5246, Section 7.4.2 want them.</remarks>
public static class TestPki
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // Both of these are SHA-256: what a test of signature hashes needs is a profile of its own.
    private static readonly HashAlgorithmName Hash = HashAlgorithmName.SHA256;
    private static readonly RSASignaturePadding Padding = RSASignaturePadding.Pkcs1;

    /// <summary>
    /// Writes <c>root.pem</c>, <c>intermediate.pem</c>, for each profile <c>&lt;name&gt;.pem</c> (leaf, then
    /// intermediate) and
    /// <c>&lt;name&gt;.key</c> (PKCS #8, mode 0600), and <c>ffdhe2048.pem</c>.
    /// </summary>
    public static void Create(string folder, DateTimeOffset now)
    {
        using var rootKey = RSA.Create(2048);
        using var intermediateKey = RSA.Create(2048);
        using var root = Authority("TlsInterop test root", rootKey).CreateSelfSigned(now.AddDays(-400), now.AddDays(2));
        using var intermediate = Authority("TlsInterop test intermediate", intermediateKey)
            .Create(root, now.AddDays(-399), now.AddDays(1), Serial()).CopyWithPrivateKey(intermediateKey);
        File.WriteAllText(Path.Combine(folder, "root.pem"), root.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(folder, "intermediate.pem"), intermediate.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(folder, "ffdhe2048.pem"), Ffdhe2048());
        Parallel.ForEach(CertificateProfile.All, profile => WriteLeaf(folder, profile, intermediate, now));
    }

    private static CertificateRequest Authority(string name, RSA key)
    {
        var request = new CertificateRequest($"CN={name}", key, Hash, Padding);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static void WriteLeaf(
        string folder, CertificateProfile profile, X509Certificate2 issuer, DateTimeOffset now)
    {
        var subject = $"CN={RequestWords.ServerName}";
        using AsymmetricAlgorithm key = profile.Key == CertificateKey.Ecdsa
            ? ECDsa.Create(ECCurve.NamedCurves.nistP256)
            : RSA.Create(2048);
        var request = key is ECDsa ecdsa
            ? new CertificateRequest(subject, ecdsa, Hash)
            : new CertificateRequest(subject, (RSA)key, Hash, Padding);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(RequestWords.ServerName);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        // RFC 5246, Section 7.4.2: an RSA key that encrypts the premaster secret needs keyEncipherment.
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            profile.Key == CertificateKey.Rsa
                ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment
                : X509KeyUsageFlags.DigitalSignature,
            critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));

        // Expired 23 days ago, as in the report that the profile is for.
        var notAfter = profile.Name == "expired" ? now.AddDays(-23) : now.AddHours(23);
        using var authority = issuer.GetRSAPrivateKey()!;
        using var leaf = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForRSA(authority, Padding), now.AddDays(-200), notAfter,
            Serial());
        File.WriteAllText(
            Path.Combine(folder, $"{profile.Name}.pem"), leaf.ExportCertificatePem() + "\n"
            + issuer.ExportCertificatePem() + "\n");
        WriteKey(Path.Combine(folder, $"{profile.Name}.key"), key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static void WriteKey(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        using var writer = new StreamWriter(file);
        writer.Write(pem);
    }

    // RFC 3279, Section 2.3.3 (DHParameter of PKCS #3); the group is RFC 7919, Appendix A.1.
    private static string Ffdhe2048()
    {
        var group = DHStandardGroups.rfc7919_ffdhe2048;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new BigInteger(group.P.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(group.G.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true));
        }
        return PemEncoding.WriteString("DH PARAMETERS", writer.Encode()) + "\n";
    }

    private static byte[] Serial()
    {
        // Positive and of fixed length, so that a certificate's size depends on its signature alone.
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }
}
