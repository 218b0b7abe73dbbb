using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>A Certificate message, compressed.</summary>
/// <remarks>RFC 8879, Section 4.</remarks>
public sealed record CompressedCertificate(
    CertificateCompressionAlgorithm Algorithm, int UncompressedLength, ReadOnlyMemory<byte> Compressed) : HandshakeBody
{
    public static CompressedCertificate Read(ref WireReader reader, in MessageContext context)
    {
        // struct { CertificateCompressionAlgorithm algorithm; uint24 uncompressed_length;
        //          opaque compressed_certificate_message<1..2^24-1>; } CompressedCertificate;
        var algorithm = new CertificateCompressionAlgorithm(reader.U16("algorithm"));
        var uncompressedLength = reader.U24("uncompressed_length");
        var compressed = reader.Vector24("compressed_certificate_message", min: 1);
        reader.End("CompressedCertificate");
        return new(algorithm, uncompressedLength, compressed);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U16(Algorithm.Code);
        writer.U24(UncompressedLength, "uncompressed_length");
        writer.Vector24(Compressed.Span, "compressed_certificate_message");
    }

    public override string Describe(ITokens tokens) => Algorithm.ToString();
}
