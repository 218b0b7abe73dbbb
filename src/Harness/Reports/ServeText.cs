using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>What a device makes of its configurations, for a person.</summary>
public static class ServeText
{
    private static readonly Dictionary<SweepState, (string Word, Tone Tone)> Words = new()
    {
        [SweepState.Worked] = ("worked", Tone.Good), [SweepState.Failed] = ("FAILED", Tone.Bad),
        [SweepState.NotOffered] = ("not offered", Tone.Quiet), [SweepState.NoAnswer] = ("no answer", Tone.Warning),
        [SweepState.Untried] = ("not tried yet", Tone.Quiet), [SweepState.Next] = ("next", Tone.Place),
    };

    /// <summary>States of which people want to know how many there are, in the order to tell them.</summary>
    public static readonly IReadOnlyList<SweepState> Counted = [.. Words.Keys.SkipLast(1)];

    /// <summary>The word of a state.</summary>
    public static string WordOf(SweepState state) => Words[state].Word;

    /// <summary>The colour of a state.</summary>
    public static Tone ToneOf(SweepState state) => Words[state].Tone;

    /// <summary>A line for a connection: the configuration, what became of it, and the likeliest cause.</summary>
    /// <param name="number">How many there were, with this one.</param>
    /// <param name="cell">The configuration.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="left">Connections that are needed yet, at most.</param>
    public static ReportLine Connection(int number, Cell cell, CellResult result, int left)
    {
        var (word, tone) = Words[SweepReading.StateOf(result.Verdict)];
        var cause = result.Diagnosis is { } known ? $"   {known.Cause} ({known.Confidence} %)" : "";
        return new([
            $"{number,4}  ", new ReportText(word.PadRight(12), tone), Name(cell), new ReportText(cause, tone),
            new ReportText(left > 0 ? $"   at most {left} more" : "", Tone.Quiet)]);
    }

    /// <summary>How a connection failed, in words that are said once: it will fail so again.</summary>
    public static IEnumerable<ReportLine> Failure(CellResult result) =>
        new[] { result.Got?.Split('\n')[0], result.Diagnosis?.Sentence }.OfType<string>()
            .Select(text => new ReportLine([new ReportText(new string(' ', 18) + SafeText.Of(text), Tone.Quiet)]));

    /// <summary>The answer where nothing failed.</summary>
    public static IEnumerable<ReportLine> Nothing(DeviceFinding finding)
    {
        var worked = finding.Tried.Count(item => item.Result.Verdict == Verdict.Pass);
        var text = (worked, finding.Ending) switch
        {
            (0, _) => "Nothing is known: no connection went through, and none failed",
            (_, DeviceEnding.Answered) => $"Nothing fails: {Plural.Of(worked, "configuration")} worked, in which any "
                + "two values met that the device offers to do",
            _ => $"Nothing has failed so far: {Plural.Of(worked, "configuration")} of the "
                + $"{finding.Offered.Count} that the device offers worked",
        };
        yield return new([new ReportText(text, Tone.Strong)]);
    }

    /// <summary>Failures that were not looked into, and what else there is to say about how it ended.</summary>
    /// <param name="finding">What is known.</param>
    /// <param name="limit">Most connections that were allowed.</param>
    public static IEnumerable<ReportLine> Behind(DeviceFinding finding, int limit)
    {
        foreach (var (cell, result) in finding.Unsearched)
            yield return new([new ReportText("Fails too, not looked into  ", Tone.Warning),
                $"{Name(cell)}: {SafeText.Of(result.Got?.Split('\n')[0] ?? "")}"]);
        if (finding.Ending == DeviceEnding.Exhausted)
            yield return new([new ReportText("Not finished  ", Tone.Warning),
                $"there is more to ask, and {Plural.Of(limit, "connection")} were allowed: --max-runs allows more"]);
    }

    /// <summary>A configuration in words.</summary>
    public static string Name(Cell cell) => string.Join(' ', new[]
    {
        cell.Server.ToString(), cell.Version?.ToString() ?? Cell.OwnDefaults, cell.Suite?.ToString(), cell.Group,
        cell.Certificate == CertificateProfile.Default ? null : cell.Certificate, cell.Quirk,
    }.Where(part => part is not null));
}
