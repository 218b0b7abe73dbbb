using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>Proof that the sender holds the key of its certificate.</summary>
/// <param name="Scheme">Signature scheme; null before TLS 1.2, where the key decides.</param>
/// <param name="Signature">The signature.</param>
/// <remarks>RFC 8446, Section 4.4.3; RFC 5246, Section 7.4.8.</remarks>
public sealed record CertificateVerify(SignatureScheme? Scheme, ReadOnlyMemory<byte> Signature) : HandshakeBody
{
    public static CertificateVerify Read(ref WireReader reader, in MessageContext context)
    {
        // struct { SignatureScheme algorithm; opaque signature<0..2^16-1>; } CertificateVerify;
        SignatureScheme? scheme = context.NamesSignatureScheme ? new SignatureScheme(reader.U16("algorithm")) : null;
        var signature = reader.Vector16("signature");
        reader.End("CertificateVerify");
        return new(scheme, signature);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        if (Scheme is { } scheme) writer.U16(scheme.Code);
        writer.Vector16(Signature.Span, "signature");
    }

    public override string Describe(ITokens tokens) => Scheme?.ToString() ?? "";
}
