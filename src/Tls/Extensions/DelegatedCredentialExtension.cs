using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>
/// A key that signs the handshake in the place of the certificate's, or the wish for one.
/// </summary>
/// <param name="SupportedSignatureAlgorithm">What the asking end can verify; empty in a certificate entry.</param>
/// <param name="Credential">The credential in a certificate entry; null in a ClientHello or CertificateRequest.</param>
/// <remarks>RFC 9345, Section 4.1.1 and 4.1.2.</remarks>
public sealed record DelegatedCredentialExtension(
    IReadOnlyList<SignatureScheme> SupportedSignatureAlgorithm, DelegatedCredential? Credential) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // ClientHello, CertificateRequest: struct { SignatureScheme supported_signature_algorithm<2..2^16-2>; }
        // Certificate: DelegatedCredential
        var isCertificate = place == ExtensionPlace.Certificate;
        var schemes = isCertificate ? [] : SignatureAlgorithmsExtension.ReadSchemes(ref reader);
        var credential = isCertificate ? DelegatedCredential.Read(ref reader) : null;
        reader.End("delegated_credential");
        return new DelegatedCredentialExtension(schemes, credential);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (Credential is { } credential) credential.Write(writer);
        else SignatureAlgorithmsExtension.WriteSchemes(writer, SupportedSignatureAlgorithm);
    }

    public override string Describe(ITokens tokens) => Credential is { } credential
        ? $"{credential.DcCertVerifyAlgorithm}, signed {credential.Algorithm}"
        : SignatureAlgorithmsExtension.Describe(SupportedSignatureAlgorithm);
}
