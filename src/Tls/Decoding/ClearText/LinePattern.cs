using System.Text;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>The words that a line begins with; ASCII letters match in either case.</summary>
/// <remarks>
/// <c>?</c> is any word, <c>220*</c> a word that begins so, <c>#</c> the tag of the request, <c>~SMTP</c> asks for the
/// letters anywhere behind. What follows the last word of the pattern is free.
/// </remarks>
internal sealed class LinePattern
{
    private readonly byte[][] _words;

    private LinePattern(string pattern) => _words = [.. pattern.Split(' ').Select(Encoding.ASCII.GetBytes)];

    public static LinePattern[] All(params ReadOnlySpan<string> patterns)
    {
        var all = new LinePattern[patterns.Length];
        for (var i = 0; i < all.Length; i++) all[i] = new(patterns[i]);
        return all;
    }

    public bool Matches(ReadOnlySpan<byte> line, ReadOnlySpan<byte> tag = default)
    {
        foreach (var expected in _words)
        {
            if (expected is [(byte)'~', .. var letters]) return Contains(line, letters);
            var word = NextWord(ref line);
            if (word.IsEmpty || !IsLike(word, expected, tag)) return false;
        }
        return true;
    }

    /// <summary>True if one of the patterns matches.</summary>
    public static bool Any(LinePattern[] patterns, ReadOnlySpan<byte> line, ReadOnlySpan<byte> tag = default)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(line, tag)) return true;
        }
        return false;
    }

    /// <summary>Takes a word off the front; empty if there is none.</summary>
    public static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> line)
    {
        line = line.TrimStart(" \t"u8);
        var end = line.IndexOfAny(" \t"u8);
        var word = end < 0 ? line : line[..end];
        line = line[word.Length..];
        return word;
    }

    public static bool Contains(ReadOnlySpan<byte> line, ReadOnlySpan<byte> letters)
    {
        for (; line.Length >= letters.Length; line = line[1..])
        {
            if (Ascii.EqualsIgnoreCase(line[..letters.Length], letters)) return true;
        }
        return false;
    }

    private static bool IsLike(ReadOnlySpan<byte> word, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> tag) =>
        expected switch
        {
            [(byte)'?'] => true,
            [(byte)'#'] => word.SequenceEqual(tag),
            [.. var prefix, (byte)'*'] when prefix.Length > 0 =>
                word.Length >= prefix.Length && Ascii.EqualsIgnoreCase(word[..prefix.Length], prefix),
            _ => Ascii.EqualsIgnoreCase(word, expected),
        };
}
