using System.Text.RegularExpressions;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// Runs a cell that came out red again, so that what is there always is told from what is there sometimes. A cell that
/// is green once is not green by that: it is flaky, with its rate and the first message where red and green part.
/// </summary>
/// <param name="attempts">How often a cell is run in all; 1 for never again.</param>
/// <param name="handshakeOf">The handshake of a result as people read it; null if there was none.</param>
internal sealed partial class CellRetrial(int attempts, Func<CellResult, string?> handshakeOf)
{
    // Where so many are red it is no chance, and each of them would take its time again.
    private const int MostCells = 50;

    private int _cells;

    /// <summary>Runs a cell once or, if it is red, as often as that takes.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="run">Runs it for the nth time, from 1, with evidence of its own.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CellResult> RunAsync(
        Cell cell, Func<Cell, int, CancellationToken, Task<CellResult>> run, CancellationToken cancellationToken)
    {
        var first = await run(cell, 1, cancellationToken);
        if (attempts == 1 || !IsDoubtful(first) || Interlocked.Increment(ref _cells) > MostCells) return first;
        var all = new List<CellResult> { first };
        while (all.Count < attempts) all.Add(await run(cell, all.Count + 1, cancellationToken));
        return Of(all);
    }

    // A handshake that nobody has accepted yet is new each time. Of an endpoint that broke its cell tells; it may break
    // again by it, and is started so many times only.
    private static bool IsDoubtful(CellResult result) =>
        result is { IsRed: true, Expected: not CellResult.WorkingEndpoints }
            and not { Verdict: Verdict.Pass, Snapshot: "new" };

    private CellResult Of(List<CellResult> all)
    {
        var first = all[0] with { Milliseconds = Math.Round(all.Sum(result => result.Milliseconds), 1) };
        var other = all.FirstOrDefault(result => !result.IsRed)
            ?? all.FirstOrDefault(result => !IsAlike(all[0], result));
        var reds = all.Count(result => result.IsRed);
        if (other is null) return first with { Why = [.. first.Why, $"the same {reds} times of {all.Count}"] };
        var place = Path.GetFileName(other.Evidence) ?? "no evidence";
        var parting = $"where they part: {Parting(first, other)} (see {place})";
        return reds == all.Count
            ? first with
            {
                Why = [.. first.Why, $"red {reds} times of {all.Count}, and not always the same; {parting}"],
            }
            : first with
            {
                Verdict = Verdict.Flaky,
                Why = [$"red {reds} times of {all.Count}; {parting}", .. first.Why],
                Shape = null,
            };
    }

    private static bool IsAlike(CellResult one, CellResult other) =>
        (one.Verdict, one.Alert, one.From, one.After, one.Shape)
            == (other.Verdict, other.Alert, other.From, other.After, other.Shape);

    // The first line that differs, under the message that it is of. The lines above the first message are the cell's id
    // and what was negotiated.
    private string Parting(CellResult red, CellResult other)
    {
        var (ours, theirs) = (Messages(red), Messages(other));
        if (ours.Count == 0 || theirs.Count == 0)
            return $"{(ours.Count == 0 ? "no handshake was seen of the first" : "no handshake was seen of the other")}";
        var at = 0;
        while (at < ours.Count && at < theirs.Count && ours[at] == theirs[at]) at++;
        if (at == ours.Count && at == theirs.Count) return "not on the wire as far as it is decoded";
        return $"{Line(ours, at)} | {Line(theirs, at)}";
    }

    private static string Line(List<string> lines, int at)
    {
        if (at >= lines.Count) return "nothing more";
        var message = at;
        while (message > 0 && lines[message].StartsWith(' ')) message--;
        return message == at ? Shortened(lines[at]) : $"{Shortened(lines[message])} … {Shortened(lines[at])}";
    }

    private static string Shortened(string line) => Spaces().Replace(line.Trim(), " ");

    private List<string> Messages(CellResult result) =>
    [
        .. (handshakeOf(result) ?? "").Split('\n').SkipWhile(line => !line.StartsWith('→') && !line.StartsWith('←'))
            .TakeWhile(line => !line.StartsWith("Expected:", StringComparison.Ordinal))
            .Where(line => line.Length > 0),
    ];

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
