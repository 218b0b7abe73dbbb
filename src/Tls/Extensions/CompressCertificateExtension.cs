using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Extensions;

/// <summary>The compressions of certificates that the sender can undo.</summary>
/// <remarks>RFC 8879, Section 3.</remarks>
public sealed record CompressCertificateExtension(
    IReadOnlyList<CertificateCompressionAlgorithm> Algorithms) : ExtensionBody
{
    public static ExtensionBody Read(ref WireReader reader, ExtensionPlace place)
    {
        // struct { CertificateCompressionAlgorithm algorithms<2..2^8-2>; } CertificateCompressionAlgorithms;
        var list = reader.List8("algorithms", min: 2, max: 0xfe);
        var algorithms = list.AllU16("algorithm", code => new CertificateCompressionAlgorithm(code));
        reader.End("compress_certificate");
        return new CompressCertificateExtension(algorithms);
    }

    public override void Write(WireWriter writer, ExtensionPlace place)
    {
        using var list = writer.List8("algorithms");
        foreach (var algorithm in Algorithms) writer.U16(algorithm.Code);
    }

    public override string Describe(ITokens tokens) => string.Join(", ", Algorithms);
}
