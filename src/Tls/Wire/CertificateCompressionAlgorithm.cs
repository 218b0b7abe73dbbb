namespace TlsInterop.Tls.Wire;

/// <summary>How a certificate chain is compressed.</summary>
/// <remarks>RFC 8879, Section 3.</remarks>
public readonly record struct CertificateCompressionAlgorithm(ushort Code)
{
    public static readonly CertificateCompressionAlgorithm Zlib = new(1);
    public static readonly CertificateCompressionAlgorithm Brotli = new(2);
    public static readonly CertificateCompressionAlgorithm Zstd = new(3);

    public override string ToString() => Code switch
    {
        1 => "zlib",
        2 => "brotli",
        3 => "zstd",
        _ => $"0x{Code:x4}",
    };
}
