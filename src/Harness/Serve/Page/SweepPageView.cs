using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Serve.Page;

/// <summary>What the page says.</summary>
public sealed record SweepPageView
{
    private const int DetailsWidth = 110;

    public required string Title { get; init; }

    /// <summary>One sentence about how it stands.</summary>
    public required string Status { get; init; }

    /// <summary>What there is to know of the search itself.</summary>
    public required IReadOnlyList<(string Name, string Value)> Facts { get; init; }

    /// <summary>When it fails.</summary>
    public required IReadOnlyList<AnswerView> Answers { get; init; }

    /// <summary>What is said where nothing fails.</summary>
    public required string NoAnswer { get; init; }

    public required IReadOnlyList<FailureView> Failures { get; init; }

    public required SweepHeat Heat { get; init; }

    /// <summary>What is said while the servers are started.</summary>
    public static SweepPageView Starting { get; } = Of(
        new() { Cells = [], Tried = [], Offered = new HashSet<Cell>() }, "not yet", "not yet") with
    {
        Title = "tlsinterop serve", Status = "The servers are being started.",
    };

    /// <summary>The page of a reading.</summary>
    /// <param name="reading">How the search stands.</param>
    /// <param name="address">Where the device connects.</param>
    /// <param name="folder">Where the evidence lies.</param>
    public static SweepPageView Of(SweepReading reading, string address, string folder)
    {
        var counts = reading.Counts();
        var failures = FailuresOf(reading, folder);
        var failed = counts.GetValueOrDefault(SweepState.Failed);
        return new()
        {
            Title = $"{Plural.Of(reading.Connections, "connection")}, {failed} failed · tlsinterop serve",
            Status = reading.Ending
                ?? $"At most {Plural.Of(reading.Left, "more connection")} needed, if nothing else fails.",
            Facts =
            [
                ("Device connects to", address),
                ("Folder of this run", folder),
                ("Connections", $"{reading.Connections}"),
                .. ServeText.Counted.Where(counts.ContainsKey)
                    .Select(state => (Capital(ServeText.WordOf(state)), $"{counts[state]} of {reading.Cells.Count}")),
                .. reading.Next is { } next ? [("Next", ServeText.Name(next))] : Array.Empty<(string, string)>(),
            ],
            Answers =
            [
                .. reading.Failures.Select(told =>
                {
                    var (name, text) = MinimiseText.Sentence(told);
                    return new AnswerView(name, text, string.Join('\n', MinimiseText.Lines(told, DetailsWidth)));
                }),
            ],
            NoAnswer = failed > 0 ? "What the failure needs is not known yet."
                : counts.ContainsKey(SweepState.Worked) ? "Nothing has failed so far."
                : "No connection has come to TLS yet.",
            Failures = [.. failures.Select(item => item.View)],
            Heat = SweepHeat.Of(reading, cell =>
                failures.Find(item => item.Cells.Contains(cell)).View?.Anchor),
        };
    }

    // One for each way to end and cause.
    private static List<(FailureView View, HashSet<Cell> Cells)> FailuresOf(SweepReading reading, string folder) =>
    [
        .. reading.Tried.Where(item => reading.StateOf(item.Cell) == SweepState.Failed)
            .GroupBy(item => (Got: FirstLine(item.Result.Got), item.Result.Diagnosis?.Cause))
            .Select((group, number) =>
            {
                var result = group.First().Result;
                return (
                    new FailureView(
                        $"failure-{number + 1}", group.Key.Got,
                        result.Diagnosis is { } known ? SafeText.Of(known.ToString()) : null, Remedies(result),
                        [.. group.Select(item => ServeText.Name(item.Cell))],
                        result.Evidence is { } evidence ? Path.Combine(folder, evidence) : null),
                    group.Select(item => item.Cell).ToHashSet());
            }),
    ];

    private static IReadOnlyList<(string End, string Remedy)> Remedies(CellResult result) =>
    [
        .. new (string End, string? Remedy)[]
        {
            ("device", result.Diagnosis?.Client), ("server", result.Diagnosis?.Server),
        }.Where(item => item.Remedy is not null).Select(item => (item.End, SafeText.Of(item.Remedy!))),
    ];

    private static string FirstLine(string? text) => SafeText.Of(text?.Split('\n')[0] ?? "it did not go through");

    private static string Capital(string word) =>
        char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant();
}
