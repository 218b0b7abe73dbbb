using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Minimise;

/// <summary>Where the handshakes of two cells part.</summary>
/// <param name="Red">The cell with the failure.</param>
/// <param name="Green">The one without.</param>
/// <param name="Lines">The lines around the first difference: <c>+</c> with the failure, <c>-</c> without.</param>
public sealed record FirstDifference(Cell Red, Cell Green, IReadOnlyList<DiffLine> Lines)
{
    private const int Most = 6;

    // Of a handshake.txt: the cell's id and its verdict come before the handshake, findings and judgement behind.
    private const int HeaderLines = 3;
    private const string Behind = "findings:";

    /// <summary>Reads it off the evidence of two runs; null if one of them shows no handshake.</summary>
    public static FirstDifference? Of(RunFolder folder, CellTrials trials, Cell red, Cell green) =>
        Handshake(folder, trials, red) is { } failed && Handshake(folder, trials, green) is { } passed
        && Of(passed, failed) is { Count: > 0 } lines
            ? new(red, green, lines)
            : null;

    /// <summary>The first place where two handshakes part, below the message that it stands in or behind.</summary>
    public static IReadOnlyList<DiffLine> Of(string green, string red)
    {
        var lines = SnapshotDiff.Unified(green, red).Skip(1).SkipWhile(line => line.Kind == DiffLineKind.Context)
            .TakeWhile(line => line.Kind != DiffLineKind.Hunk).Take(Most).ToList();
        if (lines.Count == 0) return [];
        var message = green.Split('\n').Zip(red.Split('\n')).TakeWhile(pair => pair.First == pair.Second)
            .Select(pair => pair.First).LastOrDefault(line => line.Length > 0 && !char.IsWhiteSpace(line[0]));
        return message is null ? lines : [new(DiffLineKind.Context, $" {message}"), .. lines];
    }

    private static string? Handshake(RunFolder folder, CellTrials trials, Cell cell)
    {
        if (trials.ResultOf(cell)?.Evidence is not { } place) return null;
        var file = Path.Combine(folder.Path, place, CellEvidence.HandshakeName);
        if (!File.Exists(file)) return null;
        var lines = File.ReadLines(file).Skip(HeaderLines)
            .TakeWhile(line => !line.StartsWith(Behind, StringComparison.Ordinal));
        return string.Join('\n', lines) is { Length: > 0 } text ? text : null;
    }
}
