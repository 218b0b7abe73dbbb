using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TlsInterop.Harness.Pki;

/// <summary>Signs certificates with RSA and PKCS #1, with SHA-1 too, which .NET's own generator refuses.</summary>
internal sealed class RsaSignatures : X509SignatureGenerator
{
    private readonly RSA _key;

    private RsaSignatures(RSA key) => _key = key;

    /// <summary>The generator for a key and a hash.</summary>
    public static X509SignatureGenerator With(RSA key, HashAlgorithmName hash) => hash == HashAlgorithmName.SHA1
        ? new RsaSignatures(key)
        : CreateForRSA(key, RSASignaturePadding.Pkcs1);

    // RFC 3279, Section 2.2.1: sha1WithRSAEncryption, with parameters that are NULL.
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.1.5");
            writer.WriteNull();
        }
        return writer.Encode();
    }

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        _key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

    protected override PublicKey BuildPublicKey() => new(_key);
}
