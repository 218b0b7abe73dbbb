namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>What a program said, line by line.</summary>
/// <param name="Name">How people call it: <c>the server's log</c>.</param>
/// <param name="Lines">Its lines; none if it is no text.</param>
public sealed record LogText(string Name, IReadOnlyList<string> Lines)
{
    private const int MostLines = 20_000;
    private const int LongestLine = 2000;

    /// <summary>Number of the first line that is kept, from 1.</summary>
    public int FirstLine { get; private init; } = 1;

    /// <summary>A text that is there. Of one that is long the end is kept: it tells what happened last.</summary>
    public static LogText Of(string name, string text)
    {
        var lines = text.Split('\n');
        var left = Math.Max(0, lines.Length - MostLines);
        return new(name,
        [
            .. lines.Skip(left).Select(line => line.TrimEnd('\r'))
                .Select(line => line.Length > LongestLine ? line[..LongestLine] : line),
        ])
        {
            FirstLine = 1 + left,
        };
    }
}
