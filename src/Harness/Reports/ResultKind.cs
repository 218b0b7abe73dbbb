using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>How a result is counted: its verdict, and whether it is news. In the order of counting.</summary>
public enum ResultKind
{
    Pass,

    /// <summary>It failed as it was known to.</summary>
    KnownFailure,

    /// <summary>It passed, and its handshake is not the accepted one or none is accepted yet.</summary>
    Changed,

    /// <summary>
    /// It passed, and something else about it is news: it was known to fail, or a finding speaks against it.
    /// </summary>
    UnexpectedPass,

    /// <summary>An endpoint said 127 though it was to be expected that it can.</summary>
    Unsupported,

    /// <summary>It was run several times, and not always as it should be.</summary>
    Flaky,

    Fail,
    Hang,
    Error,
}

/// <summary>The words and colours of each kind.</summary>
public static class ResultKinds
{
    private static readonly Dictionary<ResultKind, (string Counted, string Heading, Tone Tone)> Rows = new()
    {
        [ResultKind.Pass] = ("pass", "PASS", Tone.Good),
        [ResultKind.KnownFailure] = ("known failure", "KNOWN", Tone.Quiet),
        [ResultKind.Changed] = ("changed", "CHANGED", Tone.Warning),
        [ResultKind.UnexpectedPass] = ("unexpected pass", "XPASS", Tone.Bad),
        [ResultKind.Unsupported] = ("unsupported", "UNSUPPORTED", Tone.Warning),
        [ResultKind.Flaky] = ("flaky", "FLAKY", Tone.Bad),
        [ResultKind.Fail] = ("fail", "FAIL", Tone.Bad),
        [ResultKind.Hang] = ("hang", "HANG", Tone.Bad),
        [ResultKind.Error] = ("error", "ERROR", Tone.Bad),
    };

    public static ResultKind Of(CellResult result) => result switch
    {
        { Verdict: Verdict.Unsupported } => ResultKind.Unsupported,
        { Verdict: Verdict.Pass, IsRed: false } => ResultKind.Pass,
        { Verdict: Verdict.Pass, Snapshot: "different" or "new" } => ResultKind.Changed,
        { Verdict: Verdict.Pass } => ResultKind.UnexpectedPass,
        { IsRed: false } => ResultKind.KnownFailure,
        { Verdict: Verdict.Flaky } => ResultKind.Flaky,
        { Verdict: Verdict.Fail } => ResultKind.Fail,
        { Verdict: Verdict.Hang } => ResultKind.Hang,
        _ => ResultKind.Error,
    };

    public static string Heading(ResultKind kind) => Rows[kind].Heading;

    public static Tone ToneOf(ResultKind kind) => Rows[kind].Tone;

    /// <summary>Counts in words: <c>169 pass, 1 fail</c>. What did not happen is left out, except for pass.</summary>
    public static ReportLine Counts(IReadOnlyDictionary<ResultKind, int> counts, string separator = ", ")
    {
        var parts = new List<ReportText>();
        foreach (var kind in Enum.GetValues<ResultKind>())
        {
            var count = counts.GetValueOrDefault(kind);
            if (count == 0 && kind != ResultKind.Pass) continue;
            if (parts.Count > 0) parts.Add(separator);
            parts.Add(new ReportText($"{count} {Rows[kind].Counted}", count > 0 ? Rows[kind].Tone : Tone.Plain));
        }
        return new ReportLine(parts);
    }
}
