using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The signature schemes that the sender can verify in certificates, where these differ.</summary>
/// <remarks>RFC 8446, Section 4.2.3.</remarks>
public sealed record SignatureAlgorithmsCertExtension(IReadOnlyList<SignatureScheme> Schemes) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        var schemes = SignatureAlgorithmsExtension.ReadSchemes(ref reader);
        reader.End("signature_algorithms_cert");
        return new SignatureAlgorithmsCertExtension(schemes);
    }

    public override void Write(WireWriter writer, ExtensionPlace place) =>
        SignatureAlgorithmsExtension.WriteSchemes(writer, Schemes);

    public override string Describe(ITokens tokens) => SignatureAlgorithmsExtension.Describe(Schemes);
}
