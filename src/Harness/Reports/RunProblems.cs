using TlsInterop.Harness.Runs;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Reports;

/// <summary>
/// What is wrong with a recorded run, as people are told it: however broken it is, in a few sentences.
/// </summary>
public static class RunProblems
{
    // Of many faults alike the first few tell enough: a file of a million lines that is no journal has as many.
    private const int Named = 10;

    /// <summary>What is wrong with its folder, how it ended, and what it lacks.</summary>
    public static IReadOnlyList<string> Of(RecordedRun run) =>
    [
        .. run.End?.Interruption is { } interruption ? [$"it was cut short: {interruption}"] : Array.Empty<string>(),
        .. BesideEnding(run),
        .. run.Missing.Count > 0
            ? [$"{run.Missing.Count} of the {Plural.Of(run.Missing.Count + run.Results.Count, "cell")} that it was to "
                + "run have no result"]
            : Array.Empty<string>(),
    ];

    /// <summary>The same without how it ended and what it lacks, for a report whose first line says that.</summary>
    public static IReadOnlyList<string> BesideEnding(RecordedRun run) =>
        [.. Bounded(run.Problems), .. Bounded(run.End?.Problems ?? [])];

    /// <summary>The first sentences, and how many more there are.</summary>
    public static IEnumerable<string> Bounded(IReadOnlyList<string> sentences) => sentences.Count <= Named
        ? sentences
        : sentences.Take(Named).Append($"… and {Plural.Of(sentences.Count - Named, "problem")} more");
}
