using System.Buffers;
using System.Text;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>The lines of a head of HTTP without their secrets: any field may have some, but for a few.</summary>
internal static class HttpHead
{
    // RFC 9110 and RFC 9112: what tells of the message and its way.
    private static readonly LinePattern[] Shown = LinePattern.All(
        "Accept:", "Accept-Charset:", "Accept-Encoding:", "Accept-Language:", "Accept-Ranges:", "Age:", "Allow:",
        "Cache-Control:", "Connection:", "Content-Encoding:", "Content-Language:", "Content-Length:", "Content-Range:",
        "Content-Type:", "Date:", "Expect:", "Expires:", "Host:", "Keep-Alive:", "Last-Modified:", "Max-Forwards:",
        "Pragma:", "Proxy-Connection:", "Range:", "Retry-After:", "Server:", "TE:", "Trailer:", "Transfer-Encoding:",
        "Upgrade:", "User-Agent:", "Vary:", "Via:", "Strict-Transport-Security:");

    // RFC 9110, Section 5.6.2
    private static readonly SearchValues<byte> NameLetters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static readonly LinePattern[] Targets = LinePattern.All("Location:", "Content-Location:", "Referer:");

    /// <summary>The line of a request or of an answer.</summary>
    public static string FirstLine(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("HTTP/"u8)) return Printable.Ascii(line);
        var method = LinePattern.NextWord(ref line);
        var target = LinePattern.NextWord(ref line);
        return $"{Printable.Ascii(method)} {HttpTarget.Shown(target)}{Printable.Ascii(line)}";
    }

    /// <summary>A field: its name, and what it says as far as nobody could use that.</summary>
    public static string Field(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        // The rest of the field before it (RFC 9112, Section 5.2), or no field at all.
        if (colon <= 0 || line[..colon].ContainsAnyExcept(NameLetters)) return ClearTextMask.Hidden;
        if (LinePattern.Any(Shown, line[..(colon + 1)])) return SecretWords.Shown(line, isClient: false);
        var name = Printable.Ascii(line[..colon]);
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (LinePattern.Any(Targets, line[..(colon + 1)])) return $"{name}: {HttpTarget.Shown(value)}";
        if (value.IsEmpty) return $"{name}:";
        // RFC 9110, Section 11.4
        var scheme = LinePattern.NextWord(ref value);
        return Mechanisms.Contains(scheme) && !value.IsEmpty
            ? $"{name}: {Encoding.ASCII.GetString(scheme)} {ClearTextMask.Hidden}"
            : $"{name}: {ClearTextMask.Hidden}";
    }
}
