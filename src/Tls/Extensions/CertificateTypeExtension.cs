using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>
/// Kinds of certificates: cert_type for both ends, client_certificate_type and server_certificate_type for one.
/// </summary>
/// <param name="CertificateTypes">A client's list, best first; a server's one choice.</param>
/// <remarks>RFC 7250, Section 3; RFC 6091, Section 3.1.</remarks>
public sealed record CertificateTypeExtension(IReadOnlyList<CertificateType> CertificateTypes) : ExtensionBody
{
    /// <summary>
    /// The kind of certificate that a server chooses for an end; null if it says nothing, which means X.509.
    /// </summary>
    /// <param name="answer">Extensions of its ServerHello, or of its EncryptedExtensions.</param>
    /// <param name="isServers">True for its own certificate, false for the client's.</param>
    public static CertificateType? Chosen(ExtensionList answer, bool isServers)
    {
        var ofOne = isServers ? ExtensionType.ServerCertificateType : ExtensionType.ClientCertificateType;
        var extension = answer.Find(ofOne) ?? answer.Find(ExtensionType.CertType);
        return extension?.Body is CertificateTypeExtension { CertificateTypes: [var chosen] } ? chosen : null;
    }

    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // case client: CertificateType certificate_types<1..2^8-1>;
        // case server: CertificateType certificate_type;
        var types = new List<CertificateType>();
        if (place == ExtensionPlace.ClientHello)
        {
            var list = reader.List8("certificate_types", min: 1);
            while (list.More) types.Add(new(list.U8("certificate_type")));
        }
        else
        {
            types.Add(new(reader.U8("certificate_type")));
        }
        reader.End("certificate_type");
        return new CertificateTypeExtension(types);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        if (place != ExtensionPlace.ClientHello)
        {
            foreach (var type in CertificateTypes) writer.U8(type.Code);
            return;
        }
        using var list = writer.List8("certificate_types");
        foreach (var type in CertificateTypes) writer.U8(type.Code);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", CertificateTypes);
}
