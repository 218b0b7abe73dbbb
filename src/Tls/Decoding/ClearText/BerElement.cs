namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>A value in BER with a tag of one octet and a definite length: all that LDAP has.</summary>
/// <remarks>X.690, Section 8.1; RFC 4511, Section 5.1.</remarks>
internal readonly ref struct BerElement
{
    public const byte Integer = 0x02;
    public const byte Sequence = 0x30;

    /// <summary>A tag, the number of octets of the length, and four of them.</summary>
    public const int LongestHeader = 6;

    public byte Tag { get; private init; }

    public ReadOnlySpan<byte> Content { get; private init; }

    /// <summary>Reads tag and length; false if they are cut off or of no form that LDAP allows.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        (header, length) = (2, 0);
        if (bytes.Length < 2) return false;
        if (bytes[1] < 0x80)
        {
            length = bytes[1];
            return true;
        }
        var octets = bytes[1] & 0x7f;
        header += octets;
        if (octets is 0 or > 4 || bytes.Length < header) return false;
        foreach (var octet in bytes.Slice(2, octets)) length = (length << 8) | octet;
        return length >= 0;
    }

    /// <summary>Takes the element at the front; false if it is not whole.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out BerElement element)
    {
        element = default;
        if (!TryReadHeader(bytes, out var header, out var length) || length > bytes.Length - header) return false;
        element = new() { Tag = bytes[0], Content = bytes.Slice(header, length) };
        bytes = bytes[(header + length)..];
        return true;
    }
}
