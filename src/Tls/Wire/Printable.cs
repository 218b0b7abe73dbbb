using System.Text;

namespace TlsInterop.Tls.Wire;

/// <summary>Text from foreign bytes that is safe in a terminal and a snapshot.</summary>
public static class Printable
{
    /// <summary>ASCII as it is; anything else, control characters too, as <c>\x1b</c>.</summary>
    public static string Ascii(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var octet in bytes)
        {
            if (octet is >= 0x20 and < 0x7f) text.Append((char)octet);
            else text.Append("\\x").Append(octet.ToString("x2"));
        }
        return text.ToString();
    }
}
