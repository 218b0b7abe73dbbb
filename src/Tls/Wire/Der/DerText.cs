using System.Text;

namespace TlsInterop.Tls.Wire.Der;

/// <summary>Character strings and object identifiers as text that is safe in a terminal and a snapshot.</summary>
/// <remarks>ITU-T X.690, Section 8.19 and 8.23; RFC 5280, Appendix A.1: DirectoryString.</remarks>
internal static class DerText
{
    /// <summary>The text of the next element if it is a character string, else null. The element is consumed.</summary>
    public static string? Read(ref DerReader reader)
    {
        var tag = reader.Tag;
        if (EncodingOf(tag) is { } encoding) return Printable.Text(encoding.GetString(reader.Take(tag).Span));
        reader.TakeEncoded();
        return null;
    }

    /// <summary>The next element, which must be an object identifier, in dotted form; empty if it is none.</summary>
    public static string ReadObjectIdentifier(ref DerReader reader) =>
        ObjectIdentifier(reader.Take(DerTag.ObjectIdentifier).Span);

    // The first two arcs share a number: 40 times the first (0, 1 or 2) and the second.
    private static string ObjectIdentifier(ReadOnlySpan<byte> content)
    {
        var text = new StringBuilder(content.Length * 3);
        var arc = 0UL;
        foreach (var octet in content)
        {
            // An arc of more than 57 bits is none that anybody assigned.
            if (arc > ulong.MaxValue >> 8) return "";
            arc = arc << 7 | (uint)(octet & 0x7f);
            if (octet >= 0x80) continue;
            if (text.Length > 0) text.Append('.').Append(arc);
            else text.Append(Math.Min(arc / 40, 2)).Append('.').Append(arc - Math.Min(arc / 40, 2) * 40);
            arc = 0;
        }
        return text.ToString();
    }

    private static Encoding? EncodingOf(byte tag) => tag switch
    {
        DerTag.Utf8String => Encoding.UTF8,
        DerTag.PrintableString or DerTag.Ia5String or DerTag.NumericString or DerTag.VisibleString => Encoding.Latin1,
        DerTag.T61String => Encoding.Latin1, // what everybody writes there
        DerTag.BmpString => Encoding.BigEndianUnicode,
        DerTag.UniversalString => BigEndianUtf32,
        _ => null,
    };

    private static readonly UTF32Encoding BigEndianUtf32 = new(bigEndian: true, byteOrderMark: false);
}
