namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>
/// What stacks say in their logs, and what it means. A log is evidence beside the wire, never the judge.
/// </summary>
public static class LogPatterns
{
    /// <summary>The rows; of a line the first one that fits counts.</summary>
    public static IReadOnlyList<LogPattern> All { get; } =
    [
        .. LogPatternRows.Certificates,
        .. LogPatternRows.Negotiation,
        .. LogPatternRows.Records,
        .. LogPatternRows.Transport,
        .. LogPatternRows.Unspecific,
    ];

    private const int MostHints = 12;

    /// <summary>The lines that are understood, each meaning once.</summary>
    public static IReadOnlyList<LogHint> Hints(LogText? log)
    {
        var hints = new List<LogHint>();
        if (log is null) return hints;
        var unminded = VerificationWords.Unminded(log);
        for (var i = 0; i < log.Lines.Count && hints.Count < MostHints; i++)
        {
            if (unminded.Contains(i)) continue;
            var line = log.Lines[i];
            if (All.FirstOrDefault(row => row.Matches(line)) is not { } pattern) continue;
            if (!hints.Exists(hint => hint.Pattern == pattern))
                hints.Add(new(log.Name, log.FirstLine + i, line, pattern));
        }
        return hints;
    }
}
