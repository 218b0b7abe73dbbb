namespace TlsInterop.Harness.Matrix.Covering;

/// <summary>Few rows in which every combination of values of any so many axes is met that a row can have.</summary>
/// <param name="Rows">The rows: a value for each axis.</param>
/// <param name="Met">How many combinations they meet, counted from the rows alone.</param>
/// <param name="Possible">How many combinations there are that a row can have.</param>
internal sealed record CoveringRows(IReadOnlyList<int[]> Rows, int Met, int Possible)
{
    /// <summary>Combinations that are looked at to save rows: some tenths of a second.</summary>
    public const long UsualEffort = 30_000_000;

    private const int Seed = 8446;

    /// <summary>Finds rows for a model; the same each time.</summary>
    /// <param name="model">The model.</param>
    /// <param name="strength">How many axes at a time.</param>
    /// <param name="known">
    /// Rows to begin with, in this order: those of them that meet anything new stay as they are, so that a model that
    /// has grown keeps what it had.
    /// </param>
    /// <param name="effort">How much to try to save rows.</param>
    public static CoveringRows Of(
        CoveringModel model, int strength, IEnumerable<int[]> known, long effort = UsualEffort)
    {
        var space = new TupleSpace(model.Sizes, strength);
        var wanted = Wanted(model, space, out var fewest);
        var missing = new IndexSet(space.Count);
        for (var tuple = 0; tuple < wanted.Length; tuple++)
            if (wanted[tuple]) missing.Add(tuple);
        var possible = missing.Count;

        var kept = known.Where(row => space.Meet(row, missing) > 0).ToList();
        var random = new Random(Seed);
        var rows = (List<int[]>)[.. kept, .. new GreedyRows(model, space, random).Cover(missing)];
        var reduced = new RowReduction(model, space, wanted, random, effort).Reduce(rows, kept.Count, fewest);
        return new(reduced, space.CountMet(reduced), possible);
    }

    /// <summary>Rows that have what no row of a narrower model can have, each for as much of it as it can.</summary>
    /// <param name="model">What the rows are of.</param>
    /// <param name="narrower">The same axes with more constraints.</param>
    /// <param name="strength">How many axes at a time.</param>
    public static List<int[]> OfLost(CoveringModel model, CoveringModel narrower, int strength)
    {
        var space = new TupleSpace(model.Sizes, strength);
        var (wide, narrow) = (Wanted(model, space, out _), Wanted(narrower, space, out _));
        var missing = new IndexSet(space.Count);
        for (var tuple = 0; tuple < wide.Length; tuple++)
            if (wide[tuple] && !narrow[tuple]) missing.Add(tuple);
        return new GreedyRows(model, space, new Random(Seed)).Cover(missing);
    }

    // No two combinations of the same axes fit into one row: so many rows there must be.
    private static bool[] Wanted(CoveringModel model, TupleSpace space, out int fewest)
    {
        var wanted = new bool[space.Count];
        var ofSubset = new int[space.SubsetCount];
        for (var tuple = 0; tuple < space.Count; tuple++)
        {
            var row = model.OpenRow();
            space.Put(tuple, row);
            wanted[tuple] = model.CanComplete(row);
            if (wanted[tuple]) ofSubset[space.SubsetOf(tuple)]++;
        }
        fewest = ofSubset.Max();
        return wanted;
    }
}
