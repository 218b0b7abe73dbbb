using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The signature schemes that the sender can verify in handshake messages, best first.</summary>
/// <remarks>RFC 8446, Section 4.2.3; RFC 5246, Section 7.4.1.4.1.</remarks>
public sealed record SignatureAlgorithmsExtension(IReadOnlyList<SignatureScheme> Schemes) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // A server sends it in drafts of TLS 1.3 before the 18th only: an empty one says that a certificate follows.
        if (IsOfServer(place) && !reader.More) return new SignatureAlgorithmsExtension([]);

        var schemes = ReadSchemes(ref reader);
        reader.End("signature_algorithms");
        return new SignatureAlgorithmsExtension(schemes);
    }

    private static bool IsOfServer(ExtensionPlace place) =>
        place is ExtensionPlace.ServerHello or ExtensionPlace.EncryptedExtensions;

    /// <summary>The list as it also stands in a CertificateRequest of TLS 1.2.</summary>
    internal static List<SignatureScheme> ReadSchemes(ref WireReader reader)
    {
        // SignatureScheme supported_signature_algorithms<2..2^16-2>;
        var list = reader.List16("supported_signature_algorithms", min: 2, max: 0xfffe);
        return list.AllU16("signature_scheme", code => new SignatureScheme(code));
    }

    internal static string Describe(IEnumerable<SignatureScheme> schemes) =>
        string.Join(", ", schemes.Select(scheme => Grease.Label(scheme.Code, scheme.ToString())));

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (Schemes.Count > 0 || !IsOfServer(place)) WriteSchemes(writer, Schemes);
    }

    internal static void WriteSchemes(WireWriter writer, IEnumerable<SignatureScheme> schemes)
    {
        using var list = writer.List16("supported_signature_algorithms");
        foreach (var scheme in schemes) writer.U16(scheme.Code);
    }

    public override string Describe(ITokens tokens) => Describe(Schemes);
}
