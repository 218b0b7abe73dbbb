using System.Formats.Asn1;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace TlsInterop.Harness.Pki;

/// <summary>A key pair in the forms that certificates and servers take.</summary>
/// <param name="SubjectPublicKeyInfo">The public key, DER (RFC 5280, Section 4.1.2.7).</param>
/// <param name="Pkcs8">The private key as PKCS #8 has it, DER (RFC 5208, Section 5).</param>
public sealed record LeafKey(byte[] SubjectPublicKeyInfo, byte[] Pkcs8)
{
    public static LeafKey Rsa(int bits)
    {
        using var key = RSA.Create(bits);
        return new(key.ExportSubjectPublicKeyInfo(), key.ExportPkcs8PrivateKey());
    }

    public static LeafKey Ecdsa(ECCurve curve)
    {
        using var key = ECDsa.Create(curve);
        return new(key.ExportSubjectPublicKeyInfo(), key.ExportPkcs8PrivateKey());
    }

    // RFC 4055, Section 3.1: id-RSASSA-PSS without parameters, so any hash and salt may be signed with.
    public static LeafKey RsaPss(int bits)
    {
        using var key = RSA.Create(bits);
        return Of("1.2.840.113549.1.1.10", key.ExportRSAPublicKey(), key.ExportRSAPrivateKey());
    }

    // RFC 8410, Sections 3 and 7
    public static LeafKey Ed25519()
    {
        var key = new Ed25519PrivateKeyParameters(new SecureRandom());
        return Of("1.3.101.112", key.GeneratePublicKey().GetEncoded(), CurvePrivateKey(key.GetEncoded()));
    }

    // RFC 8410, Sections 3 and 7
    public static LeafKey Ed448()
    {
        var key = new Ed448PrivateKeyParameters(new SecureRandom());
        return Of("1.3.101.113", key.GeneratePublicKey().GetEncoded(), CurvePrivateKey(key.GetEncoded()));
    }

    private static byte[] CurvePrivateKey(byte[] octets)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(octets);
        return writer.Encode();
    }

    // SubjectPublicKeyInfo ::= SEQUENCE { algorithm AlgorithmIdentifier, subjectPublicKey BIT STRING }
    // PrivateKeyInfo ::= SEQUENCE { version INTEGER, privateKeyAlgorithm AlgorithmIdentifier, privateKey OCTET STRING }
    private static LeafKey Of(string algorithm, byte[] publicKey, byte[] privateKey)
    {
        AsnWriter info = new(AsnEncodingRules.DER), pkcs8 = new(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            using (info.PushSequence()) info.WriteObjectIdentifier(algorithm);
            info.WriteBitString(publicKey);
        }
        using (pkcs8.PushSequence())
        {
            pkcs8.WriteInteger(0);
            using (pkcs8.PushSequence()) pkcs8.WriteObjectIdentifier(algorithm);
            pkcs8.WriteOctetString(privateKey);
        }
        return new(info.Encode(), pkcs8.Encode());
    }
}
