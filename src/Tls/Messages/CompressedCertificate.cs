using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>A Certificate message, compressed.</summary>
/// <param name="Algorithm">How it is compressed.</param>
/// <param name="UncompressedLength">Octets of the Certificate message, without its header.</param>
/// <param name="Compressed">The compressed message.</param>
/// <remarks>RFC 8879, Section 4.</remarks>
public sealed record CompressedCertificate(
    CertificateCompressionAlgorithm Algorithm, int UncompressedLength, ReadOnlyMemory<byte> Compressed) : HandshakeBody
{
    /// <summary>The message inside; null if it can't be had: zstd and unknown algorithms, damaged data.</summary>
    public Certificate? Certificate { get; private init; }

    public static CompressedCertificate Read(ref WireReader reader, in MessageContext context)
    {
        // struct { CertificateCompressionAlgorithm algorithm; uint24 uncompressed_length;
        //          opaque compressed_certificate_message<1..2^24-1>; } CompressedCertificate;
        var algorithm = new CertificateCompressionAlgorithm(reader.U16("algorithm"));
        var uncompressedLength = reader.U24("uncompressed_length");
        var compressed = reader.Vector24("compressed_certificate_message", min: 1);
        reader.End("CompressedCertificate");
        var message = new CompressedCertificate(algorithm, uncompressedLength, compressed);
        return reader.Fault is null && CertificateDecompression.Knows(algorithm)
            ? message with { Certificate = message.ReadCertificate(ref reader, context) }
            : message;
    }

    private Certificate? ReadCertificate(ref WireReader reader, in MessageContext context)
    {
        if (CertificateDecompression.TryUndo(Algorithm, Compressed, UncompressedLength, out var got) is not { } bytes)
        {
            reader.Reject("compressed_certificate_message", $"Expected {UncompressedLength} octets. Got: {got}");
            return null;
        }
        var inner = new WireReader(bytes);
        var certificate = Certificate.Read(ref inner, context);
        if (inner.Fault is { } fault)
            reader.Reject(fault.Field, $"{fault.Detail}, {fault.Offset} octets into the Certificate", fault.Kind);
        return certificate;
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        writer.U16(Algorithm.Code);
        writer.U24(UncompressedLength, "uncompressed_length");
        writer.Vector24(Compressed.Span, "compressed_certificate_message");
    }

    public override string Describe(ITokens tokens) =>
        Certificate is null ? Algorithm.ToString() : $"{Algorithm}, {Certificate.Describe(tokens)}";

    public override IEnumerable<(string Name, string Text)> Details(ITokens tokens) =>
        Certificate?.Details(tokens) ?? [];
}
