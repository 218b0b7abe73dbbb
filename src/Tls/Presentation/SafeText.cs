using System.Globalization;
using System.Text;

namespace TlsInterop.Tls.Presentation;

/// <summary>Text for a terminal. Names in certificates and hellos are foreign: they must not command it.</summary>
public static class SafeText
{
    /// <summary>The text with each control, formatting or unpaired character as a question mark.</summary>
    public static string Of(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (IsUnsafe(rune)) return Replaced(text);
        return text;
    }

    /// <summary>The same of a text of several lines; tabs in it are blanks.</summary>
    public static string Lines(string text) =>
        string.Join('\n', text.Split('\n').Select(line => Of(line.TrimEnd('\r').Replace('\t', ' '))));

    private static string Replaced(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) safe.Append(IsUnsafe(rune) ? "?" : rune.ToString());
        return safe.ToString();
    }

    // Formatting characters turn the direction of what follows (Unicode Standard Annex #9).
    private static bool IsUnsafe(Rune rune) => rune.Value >= 0x7f
        ? rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        : rune.Value < 0x20;
}
