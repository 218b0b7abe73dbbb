namespace TlsInterop.Tls.Wire;

/// <summary>How records are compressed, up to TLS 1.2.</summary>
/// <remarks>RFC 3749, Section 2; LZS: RFC 3943.</remarks>
public readonly record struct CompressionMethod(byte Code)
{
    public static readonly CompressionMethod Null = new(0);

    /// <summary>RFC 3749, Section 2.</summary>
    public static readonly CompressionMethod Deflate = new(1);

    /// <summary>Finds a method by its name.</summary>
    public static CompressionMethod? Find(string name)
    {
        foreach (var method in new[] { Null, Deflate, new CompressionMethod(64) })
            if (method.ToString() == name) return method;
        return null;
    }

    public override string ToString() => Code switch
    {
        0 => "null",
        1 => "deflate",
        64 => "lzs",
        _ => $"0x{Code:x2}",
    };
}
