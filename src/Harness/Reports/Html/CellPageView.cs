using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>What the page of a cell says.</summary>
public sealed record CellPageView
{
    public required string Id { get; init; }

    public required ListedState State { get; init; }

    /// <summary>True if somebody has to look at it.</summary>
    public required bool IsRed { get; init; }

    /// <summary>Name of the run and its matrix.</summary>
    public required string Run { get; init; }

    /// <summary>What became of it since the earlier run; null if nothing.</summary>
    public ChangeKind? Change { get; init; }

    /// <summary>In what it is another than in the earlier run.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>What should have happened, what did, and why.</summary>
    public required IReadOnlyList<(string Name, string Text)> Judgement { get; init; }

    /// <summary>The cause as a sentence; null if it is not known, or nothing failed.</summary>
    public string? Cause { get; init; }

    /// <summary>The line that looks for it; null if there is no capture.</summary>
    public string? Explain { get; init; }

    public required IReadOnlyList<(string End, string Remedy)> Remedies { get; init; }

    /// <summary>What was asked for, and what the wire shows.</summary>
    public required IReadOnlyList<(string Name, string Requested, string Effective)> Terms { get; init; }

    public required IReadOnlyList<string> Findings { get; init; }

    public required CellExhibits Exhibits { get; init; }

    /// <summary>The line that runs it again.</summary>
    public required string Again { get; init; }

    /// <summary>Leads from the page to the root of the report.</summary>
    public string Root { get; } = "../../../../";

    /// <summary>The page of a cell that ran.</summary>
    internal static CellPageView Of(
        ListedCell cell, CellChange? change, string run, string again, CellExhibits exhibits)
    {
        var result = cell.Result!;
        return new()
        {
            Id = cell.Id,
            State = cell.State,
            IsRed = result.IsRed,
            Run = run,
            Change = cell.Change is ChangeKind.Unchanged ? null : cell.Change,
            Differences = [.. (change?.Differences ?? []).Select(SafeText.Of)],
            Judgement =
            [
                .. Rows(result).Where(row => !string.IsNullOrEmpty(row.Text))
                    .SelectMany(row => row.Text!.Split('\n').Select(line => (row.Name, SafeText.Of(line)))),
            ],
            Cause = CellCause.Of(result) is { } known ? SafeText.Of(known.ToString()) : null,
            Remedies = CauseView.RemediesOf(result),
            Terms = CellTerms.Of(cell, exhibits.Connections is [.., var last] ? last.Decoded.Facts : null),
            Findings = [.. result.Findings.Select(SafeText.Of)],
            Exhibits = exhibits,
            Again = SafeText.Of(AgainLine.Of(again, cell.Id)),
            Explain = exhibits.Place is { } place
                ? SafeText.Of($"{again.Split(" run")[0]} explain {Shell.Quote(place)}") : null,
        };
    }

    private static IEnumerable<(string Name, string? Text)> Rows(CellResult result) =>
    [
        ("Expected", result.Expected),
        ("Got", result.Got),
        ("On purpose", CellCause.WantedOf(result)?.Sentence),
        .. result.Why.Where(why => why != result.Diagnosis?.ToString()).Select(why => ("Why", (string?)why)),
        ("Not foretold", result.Difference?.ToString()),
        ("Snapshot", result.Snapshot),
        ("Taken over from", result.ReusedFrom),
    ];
}
