using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>How a recorded run stands, in the words that every form of it has.</summary>
/// <param name="Ran">Cells that have a result.</param>
/// <param name="Red">Those of them that somebody has to look at.</param>
/// <param name="NotRun">Cells that were to run, and have none; null if nobody wrote down what was to run.</param>
/// <param name="Skipped">Cells that were left out with a reason; null if nobody wrote it down.</param>
/// <param name="IsWhole">True if nothing is known to be wrong with its folder, and it came to its end.</param>
/// <param name="HasFailed">True if it was cut short, or ended with something wrong that is no cell's.</param>
public sealed record RunStanding(int Ran, int Red, int? NotRun, int? Skipped, bool IsWhole, bool HasFailed)
{
    private const string NotKnown = "not known";

    /// <summary>Of a run.</summary>
    public static RunStanding Of(RecordedRun run) => new(
        run.Results.Count, run.Results.Count(result => result.IsRed), run.Plan is null ? null : run.Missing.Count,
        run.Plan?.Skipped.Count,
        IsWhole: run is { Plan: not null, End: not null, Problems.Count: 0 },
        HasFailed: run.End is { Interruption: not null } or { Problems.Count: > 0 });

    /// <summary>Cells that fail the run: what is red, and what was to run and has no result.</summary>
    public int Failing => Red + (NotRun ?? 0);

    /// <summary>True if nothing fails it, as far as is known.</summary>
    public bool IsGreen => Ran > 0 && Failing == 0;

    /// <summary>How many cells have no result, in words.</summary>
    public string NotRunText => NotRun is { } count ? $"{count} not run" : $"{NotKnown} how many not run";

    /// <summary>How many cells were left out, in words.</summary>
    public string SkippedText =>
        Skipped is { } skipped ? $"{skipped} skipped with reason" : $"{NotKnown} how many skipped";

    /// <summary>What fails it: <c>400 results · 3 cells fail the run: 1 red, 2 not run</c>.</summary>
    public override string ToString() => $"{Plural.Of(Ran, "result")} · {FailsText}";

    /// <summary>What fails it, without what ran.</summary>
    public string FailsText => string.Concat(
        Failing == 0 && NotRun is null ? "no cell is known to fail" : Fails(Failing), $" the run: {Red} red, ",
        NotRunText);

    /// <summary>How many cells fail a run, in the words of every form: <c>2 cells fail</c>.</summary>
    public static string Fails(int count) =>
        count == 0 ? "no cell fails" : count == 1 ? "1 cell fails" : $"{count} cells fail";
}
