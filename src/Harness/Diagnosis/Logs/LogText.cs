namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>What a program said, line by line.</summary>
/// <param name="Name">How people call it: <c>the server's log</c>.</param>
/// <param name="Lines">Its lines; none if it is no text.</param>
public sealed record LogText(string Name, IReadOnlyList<string> Lines)
{
    private const int MostLines = 20_000;
    private const int LongestLine = 2000;

    /// <summary>A text that is there.</summary>
    public static LogText Of(string name, string text) => new(name,
    [
        .. text.Split('\n').Take(MostLines).Select(line => line.TrimEnd('\r'))
            .Select(line => line.Length > LongestLine ? line[..LongestLine] : line),
    ]);
}
