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

    /// <summary>Lines for a connection: the configuration, what became of it, and the likeliest cause.</summary>
    /// <param name="number">How many there were, with this one.</param>
    /// <param name="cell">The configuration.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="left">Connections that are needed yet, at most.</param>
    public static IEnumerable<ReportLine> Connection(int number, Cell cell, CellResult result, int left)
    {
        var (word, tone) = Words[result.Verdict];
        yield return new([
            $"{number,4}  ", new ReportText(word.PadRight(12), tone), Name(cell),
            new ReportText(left > 0 ? $"   at most {left} more" : "", Tone.Quiet)]);
        if (result.Got is { } got) yield return Below(got.Split('\n')[0]);
        if (result.Diagnosis is { } cause) yield return Below(cause.ToString());
    }

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

    private static ReportLine Below(string text) => new([new ReportText(new string(' ', 18) + text, Tone.Quiet)]);
}
