using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>A root and a leaf for <c>tlsinterop.test</c>, made in memory; the root also as a PEM file.</summary>
internal sealed class TestChain : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestChain(string folder, string name, bool ecdsa = false, bool expired = false)
    {
        var now = DateTimeOffset.UtcNow;
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest($"CN=Root {name}", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = rootRequest.CreateSelfSigned(now.AddYears(-2), now.AddYears(1));
        RootPath = Path.Combine(folder, name + ".pem");
        File.WriteAllText(RootPath, _root.ExportCertificatePem());

        using AsymmetricAlgorithm key = ecdsa ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : RSA.Create(2048);
        var request = key is RSA rsa
            ? new CertificateRequest("CN=tlsinterop.test", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=tlsinterop.test", (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature | (ecdsa ? 0 : X509KeyUsageFlags.KeyEncipherment), true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("tlsinterop.test");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var end = expired ? now.AddDays(-23) : now.AddDays(90);
        using var leaf = request.Create(
            _root.SubjectName, X509SignatureGenerator.CreateForECDsa(rootKey), now.AddYears(-1), end, [1, 2, 3, 4]);
        using var withKey = key is RSA rsaKey ? leaf.CopyWithPrivateKey(rsaKey) : leaf.CopyWithPrivateKey((ECDsa)key);
        // Windows takes a server's key only from a key store.
        Leaf = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    public X509Certificate2 Leaf { get; }

    public string RootPath { get; }

    public void Dispose()
    {
        _root.Dispose();
        Leaf.Dispose();
    }
}
