using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>What peers, stacks and files said, made harmless for other programs.</summary>
public static partial class ForeignText
{
    /// <summary>
    /// Without control sequences of terminals, and without what XML 1.0, Section 2.2 has no character for; ends of
    /// lines and tabs stay.
    /// </summary>
    public static string WithoutControls(string text)
    {
        // Most words are plain ones, and there are millions of them.
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0) return text;
        var plain = ControlSequence().Replace(text, "");
        var kept = new StringBuilder(plain.Length);
        for (var i = 0; i < plain.Length; i++)
        {
            if (i + 1 < plain.Length && XmlConvert.IsXmlSurrogatePair(plain[i + 1], plain[i]))
                kept.Append(plain[i]).Append(plain[++i]);
            else if (plain[i] is '\n' or '\t' || (XmlConvert.IsXmlChar(plain[i]) && !char.IsControl(plain[i])))
                kept.Append(plain[i]);
            else if (plain[i] != '\r') kept.Append('\uFFFD');
        }
        return kept.ToString();
    }

    // ECMA-48, Section 5.4 and 5.6: control sequences, and strings as of OSC.
    [GeneratedRegex(@"\e\[[0-?]*[ -/]*[@-~]|\e[\]PX^_][^\a\e]*(\a|\e\\)", RegexOptions.ExplicitCapture)]
    private static partial Regex ControlSequence();
}
