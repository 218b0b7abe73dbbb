using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>How a cell stands in the lists of a report: its result, or why it has none.</summary>
/// <param name="Key">Its word in addresses and data: <c>known</c>.</param>
/// <param name="Word">Its word for a person.</param>
/// <param name="Mark">Its sign: nothing is told by colour alone.</param>
/// <param name="Tone">Its colour.</param>
/// <param name="Kind">The results that it is of; null if there is none.</param>
public sealed record ListedState(string Key, string Word, string Mark, Tone Tone, ResultKind? Kind = null)
{
    public static readonly ListedState NotRun = new("notrun", "not run", "○", Tone.Warning);
    public static readonly ListedState Skipped = new("skipped", "skipped", "·", Tone.Quiet);
    public static readonly ListedState Vanished = new("vanished", "vanished", "∅", Tone.Warning);

    /// <summary>All of them, what matters most first; the place in this list is the number in data.</summary>
    public static IReadOnlyList<ListedState> All { get; } =
    [
        new("error", "error", "⚠", Tone.Bad, ResultKind.Error),
        new("hang", "hang", "∞", Tone.Bad, ResultKind.Hang),
        new("fail", "fail", "✕", Tone.Bad, ResultKind.Fail),
        new("flaky", "flaky", "≀", Tone.Bad, ResultKind.Flaky),
        new("unsupported", "unsupported", "–", Tone.Warning, ResultKind.Unsupported),
        new("xpass", "unexpected pass", "!", Tone.Bad, ResultKind.UnexpectedPass),
        new("changed", "changed", "Δ", Tone.Warning, ResultKind.Changed),
        NotRun,
        new("known", "known failure", "≈", Tone.Quiet, ResultKind.KnownFailure),
        new("pass", "pass", "✓", Tone.Good, ResultKind.Pass),
        Skipped,
        Vanished,
    ];

    /// <summary>The state of a result.</summary>
    public static ListedState Of(CellResult result) => Of(ResultKinds.Of(result));

    /// <summary>The state of results of a kind.</summary>
    public static ListedState Of(ResultKind kind) => ByKind[kind];

    private static readonly Dictionary<ResultKind, ListedState> ByKind =
        All.Where(state => state.Kind is not null).ToDictionary(state => state.Kind!.Value);

    /// <summary>Its class in the style sheet.</summary>
    public string Class => ClassOf(Tone);

    /// <summary>The class of a colour in the style sheet.</summary>
    public static string ClassOf(Tone tone) => tone.ToString().ToLowerInvariant();
}
