using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace TlsInterop.Harness.Reports;

/// <summary>What a line of a diff is.</summary>
public enum DiffLineKind { Context, Removed, Added, Hunk }

/// <summary>A line of a diff.</summary>
/// <param name="Kind">What it is, for its colour.</param>
/// <param name="Text">The line with its prefix: <c>-</c>, <c>+</c>, a blank, or the place of a hunk.</param>
public readonly record struct DiffLine(DiffLineKind Kind, string Text);

/// <summary>The difference of two texts, as a reviewer knows it from a pull request.</summary>
public static class SnapshotDiff
{
    private const int ContextLines = 3;

    /// <summary>A unified diff with three lines of context; empty if the texts have the same lines.</summary>
    /// <param name="verified">The accepted text; null or empty if there is none.</param>
    /// <param name="received">The text of this run.</param>
    public static IReadOnlyList<DiffLine> Unified(string? verified, string received)
    {
        var pieces = new InlineDiffBuilder(new Differ())
            .BuildDiffModel(WithoutLastLineEnd(verified ?? ""), WithoutLastLineEnd(received), ignoreWhitespace: false)
            .Lines;
        // DiffPlex makes one empty line of an empty text.
        if (string.IsNullOrEmpty(verified)) pieces = [.. pieces.Where(piece => piece.Type != ChangeType.Deleted)];

        var lines = new List<DiffLine>();
        for (var at = NextChange(pieces, 0); at < pieces.Count;)
        {
            var start = Math.Max(at - ContextLines, 0);
            var end = EndOfHunk(pieces, at);
            AddHunk(lines, pieces, start, end);
            at = NextChange(pieces, end);
        }
        return lines;
    }

    private static void AddHunk(List<DiffLine> lines, List<DiffPiece> pieces, int start, int end)
    {
        var oldCount = Count(pieces, start, end, ChangeType.Inserted);
        var newCount = Count(pieces, start, end, ChangeType.Deleted);
        // A side that has no line in the hunk is numbered by the line before it, as diff -u does.
        var oldFrom = Count(pieces, 0, start, ChangeType.Inserted) + Math.Sign(oldCount);
        var newFrom = Count(pieces, 0, start, ChangeType.Deleted) + Math.Sign(newCount);
        lines.Add(new DiffLine(DiffLineKind.Hunk, $"@@ -{oldFrom},{oldCount} +{newFrom},{newCount} @@"));
        for (var at = start; at < end; at++) lines.Add(Line(pieces[at]));
    }

    private static DiffLine Line(DiffPiece piece) => piece.Type switch
    {
        ChangeType.Deleted => new DiffLine(DiffLineKind.Removed, "-" + piece.Text),
        ChangeType.Inserted => new DiffLine(DiffLineKind.Added, "+" + piece.Text),
        _ => new DiffLine(DiffLineKind.Context, " " + piece.Text),
    };

    private static int NextChange(List<DiffPiece> pieces, int from)
    {
        while (from < pieces.Count && pieces[from].Type == ChangeType.Unchanged) from++;
        return from;
    }

    // Changes with no more than two contexts of lines between them share a hunk.
    private static int EndOfHunk(List<DiffPiece> pieces, int change)
    {
        var last = change;
        for (var at = change; at < pieces.Count && at - last <= (2 * ContextLines) + 1; at++)
        {
            if (pieces[at].Type != ChangeType.Unchanged) last = at;
        }
        return Math.Min(last + ContextLines + 1, pieces.Count);
    }

    private static int Count(List<DiffPiece> pieces, int start, int end, ChangeType without) =>
        pieces.Take(start..end).Count(piece => piece.Type != without);

    private static string WithoutLastLineEnd(string text) => text.Replace("\r\n", "\n").TrimEnd('\n');
}
