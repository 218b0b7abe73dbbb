using System.Text.RegularExpressions;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>What programs print, as text and nothing else.</summary>
internal static partial class LogLines
{
    /// <summary>The lines without colours and other orders to a terminal.</summary>
    public static string Plain(string text) => string.Join('\n', Order().Replace(text, "").Replace('\t', ' ')
        .Split('\n').Select(line => SafeText.Of(line.TrimEnd('\r')))).Trim('\n');

    // ECMA-48, Section 5.4: a control sequence, from its introducer to its final byte.
    [GeneratedRegex(@"\e\[[0-?]*[ -/]*[@-~]")]
    private static partial Regex Order();
}
