using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>What a device makes of its configurations, for a person.</summary>
public static class ServeText
{
    private static readonly Dictionary<Verdict, (string Word, Tone Tone)> Words = new()
    {
        [Verdict.Pass] = ("worked", Tone.Good), [Verdict.Fail] = ("FAILED", Tone.Bad),
        [Verdict.Hang] = ("FAILED", Tone.Bad), [Verdict.Unsupported] = ("not offered", Tone.Quiet),
        [Verdict.Error] = ("no answer", Tone.Warning),
    };

    /// <summary>A line for a connection: the configuration, what became of it, and the likeliest cause.</summary>
    /// <param name="number">How many there were, with this one.</param>
    /// <param name="cell">The configuration.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="left">Connections that are needed yet, at most.</param>
    public static ReportLine Connection(int number, Cell cell, CellResult result, int left)
    {
        var (word, tone) = Words[result.Verdict];
        var cause = result.Diagnosis is { } known ? $"   {known.Cause} ({known.Confidence} %)" : "";
        return new([
            $"{number,4}  ", new ReportText(word.PadRight(12), tone), Name(cell), new ReportText(cause, tone),
            new ReportText(left > 0 ? $"   at most {left} more" : "", Tone.Quiet)]);
    }

    /// <summary>How a connection failed, in words that are said once: it will fail so again.</summary>
    public static IEnumerable<ReportLine> Failure(CellResult result) =>
        new[] { result.Got?.Split('\n')[0], result.Diagnosis?.Sentence }.OfType<string>()
            .Select(text => new ReportLine([new ReportText(new string(' ', 18) + text, Tone.Quiet)]));

    /// <summary>The answer where nothing failed.</summary>
    public static IEnumerable<ReportLine> Nothing(DeviceFinding finding)
    {
        var worked = finding.Swept.Count(item => item.Result.Verdict == Verdict.Pass);
        var text = (worked, finding.IsStopped) switch
        {
            (0, _) => "Nothing is known: no connection went through, and none failed",
            (_, true) => $"Nothing has failed so far: {Plural.Of(worked, "configuration")} of the "
                + $"{finding.Offered.Count} that the device offers worked",
            _ => $"Nothing fails: {Plural.Of(worked, "configuration")} worked, in which any two values met that the "
                + "device offers to do",
        };
        yield return new([new ReportText(text, Tone.Strong)]);
    }

    /// <summary>A configuration in words.</summary>
    public static string Name(Cell cell) => string.Join(' ', new[]
    {
        cell.Server.ToString(), cell.Version?.ToString() ?? Cell.OwnDefaults, cell.Suite?.ToString(),
    }.Where(part => part is not null));
}
