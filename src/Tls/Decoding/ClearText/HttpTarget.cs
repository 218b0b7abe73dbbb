using System.Text;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>What a request of HTTP is for, and other addresses of pages, without the secrets that they carry.</summary>
/// <remarks>RFC 9112, Section 3.2; RFC 3986, Section 3.</remarks>
internal static class HttpTarget
{
    private static ReadOnlySpan<byte> Scheme => "://"u8;

    /// <summary>True for what is written like a target or an absolute URI.</summary>
    public static bool Is(ReadOnlySpan<byte> word) =>
        (word is [(byte)'/', ..] && word.IndexOfAny("?;@"u8) > 0) || word.IndexOf(Scheme) > 0;

    /// <summary>
    /// The target; user and password, parameters, query, fragment and long parts of the path are hidden.
    /// </summary>
    public static string Shown(ReadOnlySpan<byte> target)
    {
        var shown = new StringBuilder();
        if (AuthorityOf(target) is var start and >= 0)
        {
            var end = target[start..].IndexOfAny("/?#"u8);
            var authority = end < 0 ? target[start..] : target.Slice(start, end);
            var at = authority.LastIndexOf((byte)'@');
            shown.Append(Printable.Ascii(target[..start]));
            if (at >= 0) shown.Append(ClearTextMask.Hidden).Append('@');
            var host = authority[(at + 1)..];
            // What is no port may be a password, cut off before its end.
            var port = host.LastIndexOf((byte)':') + 1;
            if (port > 0 && !host.EndsWith("]"u8) && host[port..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
                return shown.Append(Printable.Ascii(host[..port])).Append(ClearTextMask.Hidden).ToString();
            target = target[(start + at + 1)..];
        }
        var behind = target.IndexOfAny("?#;"u8);
        var path = behind < 0 ? target : target[..behind];
        while (!path.IsEmpty)
        {
            var end = path[1..].IndexOf((byte)'/') + 1;
            var part = end == 0 ? path : path[..end];
            if (SecretWords.IsToken(part.TrimStart((byte)'/'))) shown.Append('/').Append(ClearTextMask.Hidden);
            else shown.Append(Printable.Ascii(part));
            path = path[part.Length..];
        }
        if (behind >= 0) shown.Append((char)target[behind]).Append(ClearTextMask.Hidden);
        return shown.ToString();
    }

    // RFC 9112, Section 3.2: behind the scheme, behind two slashes, or, for CONNECT, the whole; -1 for a path.
    private static int AuthorityOf(ReadOnlySpan<byte> target)
    {
        if (target.IndexOf(Scheme) is var scheme and > 0) return scheme + Scheme.Length;
        if (target.StartsWith("//"u8)) return 2;
        return target is [] or [(byte)'/', ..] ? -1 : 0;
    }
}
