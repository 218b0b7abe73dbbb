namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>A line of a log that is understood.</summary>
/// <param name="Log">Whose: <c>the server's log</c>.</param>
/// <param name="Number">Number of the line, from 1.</param>
/// <param name="Line">The line.</param>
/// <param name="Pattern">What it is.</param>
public sealed record LogHint(string Log, int Number, string Line, LogPattern Pattern)
{
    private const int LongestQuote = 160;

    /// <summary><c>the server's log, line 3 (OpenSSL): "no shared cipher"</c>.</summary>
    public override string ToString()
    {
        var line = Line.Trim();
        var quote = line.Length > LongestQuote ? line[..LongestQuote] + "…" : line;
        return $"{Log}, line {Number} ({Pattern.Stack}): \"{quote}\", which means {Pattern.Meaning}";
    }
}
