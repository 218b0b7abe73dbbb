using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Import;

/// <summary>A line of a hex dump.</summary>
/// <param name="Offset">The offset at its beginning; null without one.</param>
/// <param name="Digits">Hexadecimal digits in groups, without the letters at the right as far as that is clear.</param>
internal sealed partial record HexLine(int? Offset, IReadOnlyList<string> Digits)
{
    /// <summary>True if a line holds octets.</summary>
    public static bool Is(string line) => Of(line) is { Digits.Count: > 0 };

    /// <summary>Reads a line; null if it is something else.</summary>
    public static HexLine? Of(string line)
    {
        if (line.Length > 1 << 16) return Plain(line);
        var match = WithOffset().Match(line);
        if (!match.Success) return Plain(line);
        var digits = match.Groups["octets"].Value.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        var offset = match.Groups["offset"].Value;
        return int.TryParse(offset, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var at) && at >= 0
            ? new(at, digits)
            : null;
    }

    // Octets as people write them in programs and mails: "16 03 01", "16:03:01", "0x16, 0x03", "\x16\x03", "160301".
    private static HexLine? Plain(string line)
    {
        var text = Prefix().Replace(line, " ");
        var digits = new StringBuilder();
        foreach (var letter in text)
        {
            if (char.IsAsciiHexDigit(letter)) digits.Append(letter);
            else if (!char.IsWhiteSpace(letter) && !":,;\"'{}".Contains(letter)) return null;
        }
        return digits.Length < 2 ? null : new(Offset: null, [digits.ToString()]);
    }

    // What stands behind two spaces is text, but for the gap in the middle of hexdump and of older Wiresharks.
    [GeneratedRegex(@"^\s*(?:0x)?(?<offset>[0-9A-Fa-f]{4,8})(?:\s*:\s*|\s+-\s+|\s+|\|)"
        + @"(?<octets>(?:[0-9A-Fa-f]{2}){1,8}(?:[ -](?:[0-9A-Fa-f]{2}){1,8})*"
        + @"(?:  (?:[0-9A-Fa-f]{2} ){7}[0-9A-Fa-f]{2}(?=\s|$)|  (?:[0-9A-Fa-f]{2} ?)+(?=\s*\|))?)(?=\s|$|\|)")]
    private static partial Regex WithOffset();

    [GeneratedRegex(@"0[xX]|\\x")]
    private static partial Regex Prefix();
}
