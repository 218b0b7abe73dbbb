using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.History;

/// <summary>The letters by which a strip tells how a cell ended.</summary>
public static class HistoryLetters
{
    /// <summary>The cell was not planned in that run, or was left out.</summary>
    public const char Absent = '·';

    /// <summary>The cell was to run, and has no result.</summary>
    public const char Lost = '○';

    private static readonly (char Letter, ResultKind Kind)[] Rows =
    [
        ('P', ResultKind.Pass), ('k', ResultKind.KnownFailure), ('C', ResultKind.Changed),
        ('X', ResultKind.UnexpectedPass), ('U', ResultKind.Unsupported), ('L', ResultKind.Flaky), ('F', ResultKind.Fail),
        ('H', ResultKind.Hang), ('E', ResultKind.Error),
    ];

    /// <summary>What each letter means.</summary>
    public static string Legend => string.Join(", ", Rows
        .Select(row => $"{row.Letter} {ResultKinds.Heading(row.Kind).ToLowerInvariant()}")
        .Append($"{Lost} planned, and not run").Append($"{Absent} not in it"));

    public static char Of(CellResult result) => Of(ResultKinds.Of(result));

    /// <summary>The letter of results of a kind.</summary>
    public static char Of(ResultKind kind) => Rows.First(row => row.Kind == kind).Letter;

    /// <summary>True if it tells of a result.</summary>
    public static bool IsResult(char letter) => letter is not (Absent or Lost);

    public static Tone ToneOf(char letter) => letter switch
    {
        Absent => Tone.Quiet,
        Lost => Tone.Bad,
        _ => ResultKinds.ToneOf(Array.Find(Rows, row => row.Letter == letter).Kind),
    };
}
