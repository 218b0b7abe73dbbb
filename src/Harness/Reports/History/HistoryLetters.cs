using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports.History;

/// <summary>The letters by which a strip tells how a cell ended.</summary>
public static class HistoryLetters
{
    /// <summary>The cell was not in that run.</summary>
    public const char Absent = '·';

    private static readonly (char Letter, ResultKind Kind)[] Rows =
    [
        ('P', ResultKind.Pass), ('k', ResultKind.KnownFailure), ('C', ResultKind.Changed),
        ('X', ResultKind.UnexpectedPass), ('U', ResultKind.Unsupported), ('F', ResultKind.Fail), ('H', ResultKind.Hang),
        ('E', ResultKind.Error),
    ];

    /// <summary>What each letter means.</summary>
    public static string Legend => string.Join(", ", Rows
        .Select(row => $"{row.Letter} {ResultKinds.Heading(row.Kind).ToLowerInvariant()}").Append($"{Absent} not run"));

    public static char Of(CellResult result) => Array.Find(Rows, row => row.Kind == ResultKinds.Of(result)).Letter;

    public static Tone ToneOf(char letter) =>
        letter == Absent ? Tone.Quiet : ResultKinds.ToneOf(Array.Find(Rows, row => row.Letter == letter).Kind);
}
