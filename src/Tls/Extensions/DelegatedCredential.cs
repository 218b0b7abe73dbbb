using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>A key for a short time, signed with the key of a certificate.</summary>
/// <param name="ValidTime">Seconds of validity, counted from the certificate's notBefore.</param>
/// <param name="DcCertVerifyAlgorithm">What the key signs CertificateVerify with.</param>
/// <param name="SubjectPublicKeyInfo">The key in DER.</param>
/// <param name="Algorithm">How the certificate's key signed the credential.</param>
/// <param name="Signature">Its signature.</param>
/// <remarks>RFC 9345, Section 4.</remarks>
public sealed record DelegatedCredential(
    uint ValidTime,
    SignatureScheme DcCertVerifyAlgorithm,
    ReadOnlyMemory<byte> SubjectPublicKeyInfo,
    SignatureScheme Algorithm,
    ReadOnlyMemory<byte> Signature)
{
    internal static DelegatedCredential Read(ref WireReader reader)
    {
        // struct { uint32 valid_time; SignatureScheme dc_cert_verify_algorithm;
        //          opaque ASN1_subjectPublicKeyInfo<1..2^24-1>; } Credential;
        // struct { Credential cred; SignatureScheme algorithm; opaque signature<1..2^16-1>; } DelegatedCredential;
        var validTime = reader.U32("valid_time");
        var verifyAlgorithm = new SignatureScheme(reader.U16("dc_cert_verify_algorithm"));
        var publicKeyInfo = reader.Vector24("ASN1_subjectPublicKeyInfo", min: 1);
        var algorithm = new SignatureScheme(reader.U16("algorithm"));
        var signature = reader.Vector16("signature", min: 1);
        return new(validTime, verifyAlgorithm, publicKeyInfo, algorithm, signature);
    }

    internal void Write(WireWriter writer)
    {
        writer.U32(ValidTime);
        writer.U16(DcCertVerifyAlgorithm.Code);
        writer.Vector24(SubjectPublicKeyInfo.Span, "ASN1_subjectPublicKeyInfo");
        writer.U16(Algorithm.Code);
        writer.Vector16(Signature.Span, "signature");
    }
}
