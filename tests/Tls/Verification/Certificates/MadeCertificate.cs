using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsInterop.Tls.Tests.Verification.Certificates;

/// <summary>
/// A certificate as a test wants it. By default it is the leaf of a healthy chain: for <c>tlsinterop.test</c>, valid
/// in 2026, signed by the key of <see cref="Intermediate"/>.
/// </summary>
internal sealed record MadeCertificate
{
    private static readonly ECDsa LeafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa IntermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa RootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static readonly MadeCertificate Leaf = new();

    public static readonly MadeCertificate Intermediate = new()
    {
        Subject = "CN=intermediate",
        Issuer = "CN=root",
        Key = IntermediateKey,
        Signer = RootKey,
        IsAuthority = true,
        Usage = X509KeyUsageFlags.KeyCertSign,
        Purpose = null,
        Names = [],
    };

    public static readonly MadeCertificate Root = Intermediate with { Subject = "CN=root", Key = RootKey };

    public string Subject { get; init; } = "CN=tlsinterop.test";
    public string Issuer { get; init; } = "CN=intermediate";
    public ECDsa Key { get; init; } = LeafKey;

    /// <summary>Another key in its place, as SubjectPublicKeyInfo in DER.</summary>
    public byte[]? KeyInfo { get; init; }

    public ECDsa Signer { get; init; } = IntermediateKey;

    /// <summary>Another AlgorithmIdentifier of the signature, in DER.</summary>
    public byte[]? Algorithm { get; init; }

    public int FirstYear { get; init; } = 2026;
    public int LastYear { get; init; } = 2026;
    public bool IsAuthority { get; init; }
    public int? PathLength { get; init; }

    /// <summary>True if it has proxyCertInfo (RFC 3820, Section 3.8), which lets it inherit all rights.</summary>
    public bool IsProxy { get; init; }

    public X509KeyUsageFlags? Usage { get; init; } =
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment;
    public string? Purpose { get; init; } = "1.3.6.1.5.5.7.3.1";
    public string[] Names { get; init; } = ["tlsinterop.test"];

    public byte[] Encode()
    {
        var key = KeyInfo is { } info ? PublicKey.CreateFromSubjectPublicKeyInfo(info, out _) : new PublicKey(Key);
        var request = new CertificateRequest(new X500DistinguishedName(Subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(IsAuthority, PathLength is not null, PathLength ?? 0, critical: true));
        if (Usage is { } usage) request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        if (Purpose is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(Purpose)], critical: false));
        if (Names.Length > 0) request.CertificateExtensions.Add(AlternativeNames());
        // SEQUENCE { SEQUENCE { id-ppl-inheritAll } }
        if (IsProxy)
            request.CertificateExtensions.Add(new X509Extension(
                "1.3.6.1.5.5.7.1.14", Convert.FromHexString("300c300a06082b06010505071501"), critical: true));
        using var certificate = request.Create(
            new X500DistinguishedName(Issuer),
            new Generator(X509SignatureGenerator.CreateForECDsa(Signer), Algorithm),
            new DateTimeOffset(FirstYear, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(LastYear, 12, 31, 0, 0, 0, TimeSpan.Zero),
            [1]);
        return certificate.RawData;
    }

    private X509Extension AlternativeNames()
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in Names)
        {
            if (IPAddress.TryParse(name, out var address)) builder.AddIpAddress(address);
            else builder.AddDnsName(name);
        }
        return builder.Build();
    }

    private sealed class Generator(X509SignatureGenerator inner, byte[]? algorithm) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            algorithm ?? inner.GetSignatureAlgorithmIdentifier(hashAlgorithm);

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            inner.SignData(data, hashAlgorithm);

        protected override PublicKey BuildPublicKey() => inner.PublicKey;
    }
}
