using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// Divides cells into shards of equal expected time. Cells of one server stay together, as far as that leaves the
/// shards equal: each shard starts its servers anew.
/// </summary>
public static class ShardBalance
{
    // The smaller the pieces the more equal the shards, and the more servers are started twice.
    private const int PiecesOfAShard = 8;

    /// <summary>The shard of each cell, from 1, in the order of the cells.</summary>
    /// <param name="cells">The cells, those of one server configuration together.</param>
    /// <param name="shards">How many shards.</param>
    /// <param name="timeOf">What a cell is expected to take.</param>
    public static int[] Of(IReadOnlyList<Cell> cells, int shards, Func<Cell, double> timeOf)
    {
        var times = cells.Select(timeOf).ToArray();
        var most = times.Sum() / shards / PiecesOfAShard;
        var assigned = new int[cells.Count];
        var loads = new double[shards];
        // The longest first, each to who has the least by then (Graham, 1969: at most 4/3 of the best).
        foreach (var piece in Pieces(cells, times, most).OrderByDescending(piece => piece.Time))
        {
            var shard = Array.IndexOf(loads, loads.Min());
            loads[shard] += piece.Time;
            Array.Fill(assigned, shard + 1, piece.Start, piece.Length);
        }
        return assigned;
    }

    private static IEnumerable<(int Start, int Length, double Time)> Pieces(
        IReadOnlyList<Cell> cells, double[] times, double most)
    {
        for (int start = 0, end; start < cells.Count; start = end)
        {
            var time = times[start];
            for (end = start + 1;
                end < cells.Count && cells[end].Server == cells[start].Server && time + times[end] <= most; end++)
                time += times[end];
            yield return (start, end - start, time);
        }
    }
}
