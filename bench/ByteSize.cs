namespace TlsInterop.Bench;

/// <summary>Sizes as people type them: <c>200M</c>, <c>10G</c>, in powers of 1000.</summary>
internal static class ByteSize
{
    /// <summary>The number of octets.</summary>
    /// <exception cref="FormatException">It is no size.</exception>
    public static long Parse(string text)
    {
        if (text.Length == 0) throw new FormatException("Expected: a size such as 20M. Got: nothing");
        var factor = char.ToUpperInvariant(text[^1]) switch
        {
            'K' => 1_000L,
            'M' => 1_000_000L,
            'G' => 1_000_000_000L,
            _ => 1L,
        };
        return long.Parse(factor == 1 ? text : text[..^1]) * factor;
    }
}
