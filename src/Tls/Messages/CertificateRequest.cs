using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The server asks for a client certificate.</summary>
/// <param name="RequestContext">TLS 1.3: an identifier of the request; null before.</param>
/// <param name="CertificateTypes">Up to TLS 1.2: kinds of keys.</param>
/// <param name="SignatureSchemes">TLS 1.2: schemes (in TLS 1.3 an extension).</param>
/// <param name="Authorities">Up to TLS 1.2: distinguished names in DER (in TLS 1.3 an extension).</param>
/// <param name="ExtensionList">TLS 1.3 only.</param>
/// <remarks>RFC 8446, Section 4.3.2; RFC 5246, Section 7.4.4; RFC 4346, Section 7.4.4.</remarks>
public sealed record CertificateRequest(
    ReadOnlyMemory<byte>? RequestContext,
    IReadOnlyList<ClientCertificateType> CertificateTypes,
    IReadOnlyList<SignatureScheme> SignatureSchemes,
    IReadOnlyList<ReadOnlyMemory<byte>> Authorities,
    ExtensionList ExtensionList) : HandshakeBody
{
    public override ExtensionList Extensions => ExtensionList;

    public static CertificateRequest Read(ref WireReader reader, in MessageContext context)
    {
        if (context.IsTls13)
        {
            // struct { opaque certificate_request_context<0..2^8-1>;
            //          Extension extensions<2..2^16-1>; } CertificateRequest;
            var requestContext = reader.Vector8("certificate_request_context");
            var extensions = ExtensionList.Read(ref reader, ExtensionPlace.CertificateRequest);
            reader.End("CertificateRequest");
            return new(requestContext, [], [], [], extensions);
        }
        // struct {
        //     ClientCertificateType certificate_types<1..2^8-1>;
        //     SignatureAndHashAlgorithm supported_signature_algorithms<2..2^16-2>;   (TLS 1.2)
        //     DistinguishedName certificate_authorities<0..2^16-1>;
        // } CertificateRequest;
        var types = new List<ClientCertificateType>();
        var list = reader.List8("certificate_types", min: 1);
        while (list.More) types.Add(new(list.U8("certificate_type")));
        var schemes = context.NamesSignatureScheme ? SignatureAlgorithmsExtension.ReadSchemes(ref reader) : [];
        var authorities = CertificateAuthoritiesExtension.ReadNames(ref reader, min: 0);
        reader.End("CertificateRequest");
        return new(RequestContext: null, types, schemes, authorities, ExtensionList.Absent);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        if (RequestContext is { } requestContext)
        {
            writer.Vector8(requestContext.Span, "certificate_request_context");
            ExtensionList.Write(writer, ExtensionPlace.CertificateRequest);
            return;
        }
        using (writer.List8("certificate_types"))
            foreach (var type in CertificateTypes) writer.U8(type.Code);
        if (context.NamesSignatureScheme) SignatureAlgorithmsExtension.WriteSchemes(writer, SignatureSchemes);
        CertificateAuthoritiesExtension.WriteNames(writer, Authorities);
    }

    public override string Describe(ITokens tokens) => RequestContext is { } context
        ? context.IsEmpty ? "" : $"context {tokens.Token("RequestContext", context.Span)}"
        : $"{string.Join(", ", CertificateTypes)}; {Authorities.Count} authorities";

    public override IEnumerable<(string Name, string Text)> Details(ITokens tokens)
    {
        if (SignatureSchemes.Count > 0)
            yield return ("signature_algorithms", SignatureAlgorithmsExtension.Describe(SignatureSchemes));
    }
}
