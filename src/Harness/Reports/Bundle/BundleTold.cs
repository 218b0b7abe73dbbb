using TlsInterop.Harness.Diagnosis.Logs;

namespace TlsInterop.Harness.Reports.Bundle;

/// <summary>What the report of a bug quotes of the files that lie beside it.</summary>
internal sealed record BundleTold
{
    private const int MostLines = 12;
    private const int LastLines = 6;
    private const int LongestLine = 300;

    // What a shell asks itself on its way to a command.
    private static readonly string[] Tests = ["[[", "'['", "[", ":", "test"];

    /// <summary>The capture, decoded; empty if there is none.</summary>
    public string Ladder { get; init; } = "";

    /// <summary>What started and configured the server, as its shell wrote it down.</summary>
    public string ServerCommands { get; init; } = "";

    /// <summary>What the client ran.</summary>
    public string ClientCommands { get; init; } = "";

    /// <summary>What the server said of this cell.</summary>
    public string ServerSaid { get; init; } = "";

    /// <summary>What the client said.</summary>
    public string ClientSaid { get; init; } = "";

    /// <summary>The commands alone; what was no command of a shell as it is.</summary>
    public static string Commands(string trace)
    {
        var lines = trace.Split('\n').Where(IsCommand)
            .Select(line => line.StartsWith("+ ", StringComparison.Ordinal) ? line[2..] : line).ToList();
        // bash tells an exported assignment twice.
        return string.Join('\n', lines.Where((line, place) => place == 0 || lines[place - 1] != $"export {line}"));
    }

    /// <summary>The lines of a log that matter: those that are understood, and the last.</summary>
    public static string Matter(string log)
    {
        var lines = log.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        if (lines.Count > MostLines)
        {
            var hints = LogPatterns.Hints(LogText.Of("log", log)).Select(hint => hint.Line)
                .ToHashSet(StringComparer.Ordinal);
            lines = [.. lines.Where((line, place) =>
                place >= lines.Count - LastLines || hints.Contains(line.TrimEnd('\r')))];
        }
        return string.Join('\n', lines.TakeLast(MostLines + LastLines)
            .Select(line => line.Length > LongestLine ? line[..LongestLine] + " ..." : line));
    }

    // "+ " stands before a command of the endpoint, "+ dial: " before one of a function that the harness gave it,
    // "++ " before one whose output became a word of another.
    private static bool IsCommand(string line) =>
        line.Length > 0 && !line.StartsWith("++", StringComparison.Ordinal)
        && (!line.StartsWith("+ ", StringComparison.Ordinal)
            || line.Split(' ', 3) is [_, var word, ..] && !Tests.Contains(word)
                && !(word.EndsWith(':') && word.Length > 1));
}
