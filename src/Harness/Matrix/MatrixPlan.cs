namespace TlsInterop.Harness.Matrix;

/// <summary>A cell that is part of the matrix but shall not run.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Reason">Why it is left out: the exclusion's own words, or the capability that is missing.</param>
public sealed record SkippedCell(Cell Cell, string Reason);

/// <summary>The answer to a question for one cell.</summary>
/// <param name="Cell">The cell, or null if the plan has none of that id.</param>
/// <param name="SkipReason">Why it shall not run; null if it shall or if it does not exist.</param>
/// <param name="NearMatches">Ids that may have been meant, nearest first; empty if the cell was found.</param>
public sealed record CellLookup(Cell? Cell, string? SkipReason, IReadOnlyList<string> NearMatches);

/// <summary>What shall be tried: planned = to run + skipped with a reason.</summary>
public sealed class MatrixPlan
{
    private const int NearMatchCount = 3;

    public MatrixPlan(string name, string description, IReadOnlyList<Cell> cells, IReadOnlyList<SkippedCell> skipped) =>
        (Name, Description, Cells, Skipped) = (name, description, cells, skipped);

    /// <summary>The matrix' name.</summary>
    public string Name { get; }

    public string Description { get; }

    /// <summary>True if the cells' handshakes are compared with accepted ones; else the wire alone decides.</summary>
    public bool ComparesSnapshots { get; init; } = true;

    /// <summary>How the snapshot of a cell id is called below the folder of the plan's snapshots.</summary>
    public Func<string, string> SnapshotName { get; init; } = static id => id;

    /// <summary>The cells to run, each once, those of one server configuration together.</summary>
    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>The cells left out, each once, in the same order.</summary>
    public IReadOnlyList<SkippedCell> Skipped { get; }

    /// <summary>What the blocks meet in which few cells stand for many; none of other blocks.</summary>
    public IReadOnlyList<BlockCoverage> Coverage => [.. Blocks.Select(block => block.Coverage).OfType<BlockCoverage>()];

    /// <summary>The blocks that the cells came from.</summary>
    internal IReadOnlyList<PlannedBlock> Blocks { get; init; } = [];

    /// <summary>How many cells the plan accounts for.</summary>
    public int Planned => Cells.Count + Skipped.Count;

    /// <summary>Reads a matrix file and expands it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalogue">The endpoints that it may name.</param>
    /// <param name="known">
    /// The cells that the matrix of a name had before, which it keeps where it can; null for none.
    /// </param>
    /// <exception cref="MatrixException">The file cannot be used; every problem is in it.</exception>
    public static MatrixPlan Load(
        string path, IEndpointCatalogue catalogue, Func<string, IReadOnlyList<Cell>>? known = null) =>
        From(YamlFile.Load(path), catalogue, known);

    /// <summary>Reads a matrix from text and expands it.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="fileName">The file's name for messages.</param>
    /// <param name="catalogue">The endpoints that it may name.</param>
    /// <param name="known">As of <see cref="Load"/>.</param>
    /// <exception cref="MatrixException">The text cannot be used; every problem is in it.</exception>
    public static MatrixPlan Parse(
        string text, string fileName, IEndpointCatalogue catalogue, Func<string, IReadOnlyList<Cell>>? known = null) =>
        From(YamlFile.Parse(text, fileName), catalogue, known);

    /// <summary>The part of the plan whose ids match at least one of the patterns.</summary>
    public MatrixPlan Filter(params IReadOnlyCollection<Glob> globs) => new(
        Name,
        Description,
        [.. Cells.Where(cell => globs.Any(glob => glob.IsMatch(cell.Id)))],
        [.. Skipped.Where(skipped => globs.Any(glob => glob.IsMatch(skipped.Cell.Id)))])
    {
        ComparesSnapshots = ComparesSnapshots, SnapshotName = SnapshotName,
    };

    /// <summary>The same plan with those cells skipped that turn out not to be possible, as after probing.</summary>
    /// <param name="lacks">Why a cell cannot run; null if it can.</param>
    public MatrixPlan Without(Func<Cell, string?> lacks)
    {
        var reasons = Cells.Select(cell => (Cell: cell, Reason: lacks(cell))).ToList();
        var lost = reasons.Where(pair => pair.Reason is not null)
            .Select(pair => new SkippedCell(pair.Cell, pair.Reason!));
        return new MatrixPlan(
            Name,
            Description,
            [.. reasons.Where(pair => pair.Reason is null).Select(pair => pair.Cell)],
            [.. Skipped.Concat(lost).OrderBy(skipped => skipped.Cell)])
        {
            ComparesSnapshots = ComparesSnapshots, SnapshotName = SnapshotName,
        };
    }

    /// <summary>The same plan with snapshots of other names.</summary>
    public MatrixPlan WithSnapshots(Func<string, string> nameOf) =>
        new(Name, Description, Cells, Skipped) { ComparesSnapshots = ComparesSnapshots, SnapshotName = nameOf };

    /// <summary>Finds a cell by its id.</summary>
    public CellLookup Find(string id)
    {
        if (Cells.FirstOrDefault(cell => cell.Id == id) is { } cell) return new CellLookup(cell, null, []);
        if (Skipped.FirstOrDefault(skipped => skipped.Cell.Id == id) is { } skipped)
            return new CellLookup(skipped.Cell, skipped.Reason, []);
        var ids = Cells.Concat(Skipped.Select(left => left.Cell)).Select(known => known.Id);
        return new CellLookup(
            null, null, id.Length <= CellId.MaxLength ? NearMatch.Closest(id, ids, NearMatchCount) : []);
    }

    /// <summary>How each block stands to a cell, whether the plan has the cell or not.</summary>
    public IReadOnlyList<CellPlacement> Why(Cell cell) => [.. Blocks.Select(block => CellPlacement.Of(cell, block))];

    private static MatrixPlan From(
        YamlFile file, IEndpointCatalogue catalogue, Func<string, IReadOnlyList<Cell>>? known)
    {
        var reader = new MatrixReader(file, catalogue);
        var blocks = reader.Blocks();
        // A block with a wrong word in it would only make more problems that are none.
        file.ThrowIfProblems();
        var expansion = new Expansion(file, catalogue, known?.Invoke(reader.Name) ?? []);
        foreach (var block in blocks) expansion.Add(block);
        file.ThrowIfProblems();
        if (reader.TakesCases) expansion.Add(catalogue.ReportedCells);
        return expansion.Plan(reader.Name, reader.Description, reader.ComparesSnapshots);
    }
}
