using TlsInterop.Harness.Matrix.Covering;

namespace TlsInterop.Harness.Matrix;

/// <summary>Turns blocks into cells: those to run, and those left out with the reason.</summary>
/// <param name="file">The matrix file, for what is wrong with it.</param>
/// <param name="catalogue">The endpoints that it may name.</param>
/// <param name="known">
/// Cells that were run before, in order: where few cells stand for many, these are taken first, so that a matrix that
/// has grown keeps the cells, and their snapshots, that it had.
/// </param>
internal sealed class Expansion(YamlFile file, IEndpointCatalogue catalogue, IReadOnlyList<Cell> known)
{
    /// <summary>Most cells of one block of which every one shall run.</summary>
    private const int MostCells = 1_000_000;

    /// <summary>Most combinations of values that the cells of one block may have to meet.</summary>
    private const long MostCombinations = 20_000_000;

    private readonly HashSet<Cell> _run = [];
    private readonly Dictionary<Cell, string> _skipped = [];
    private readonly List<PlannedBlock> _blocks = [];

    /// <summary>
    /// The union of all blocks that were added. A cell that one block runs is not skipped by another.
    /// </summary>
    public MatrixPlan Plan(string name, string description, bool comparesSnapshots) => new(
        name,
        description,
        [.. _run.Order()],
        [.. _skipped.Where(entry => !_run.Contains(entry.Key)).OrderBy(entry => entry.Key)
            .Select(entry => new SkippedCell(entry.Key, entry.Value))])
    {
        Blocks = _blocks,
        ComparesSnapshots = comparesSnapshots,
    };

    /// <summary>Adds single cells.</summary>
    public void Add(IEnumerable<Cell> cells) => _run.UnionWith(cells);

    /// <summary>Adds a block's cells; a block or a value that comes to nothing is reported to the file.</summary>
    public void Add(MatrixBlock block)
    {
        var model = new BlockModel(block, catalogue);
        if (!model.Points.HasRow)
        {
            file.Report(block.At, $"the block '{block.Name}' has no cell: no combination of its values makes sense: "
                + model.WhyNone(model.Points.OpenRow()));
            return;
        }
        ReportIdle(block, model);
        ReportContradiction(block, model);
        if (block.Strength == 0) AddAll(block, model);
        else AddCovering(block, model);
    }

    private void AddAll(MatrixBlock block, BlockModel model)
    {
        if (model.Points.AllRows().Skip(MostCells).Any())
        {
            file.Report(block.At, $"expected at most {MostCells} cells in a block, '{block.Name}' has more; divide it");
            return;
        }
        foreach (var row in model.Points.AllRows())
        {
            if (model.Reason(row) is { } reason) _skipped.TryAdd(model.CellOf(row), reason);
            else _run.Add(model.CellOf(row));
        }
        _blocks.Add(new(block.Name, model, Coverage: null, Picked: null));
    }

    private void AddCovering(MatrixBlock block, BlockModel model)
    {
        if (TupleSpace.CountOf(model.Points.Sizes, block.Strength) > MostCombinations)
        {
            file.Report(block.At,
                $"expected at most {MostCombinations} combinations in a block, '{block.Name}' has more; divide it");
            return;
        }
        var own = known.Select(model.RowOf).OfType<int[]>().Where(row => model.Runnable.CanComplete(row));
        var cover = CoveringRows.Of(model.Runnable, block.Strength, own);
        var rows = WithIncluded(block, model, cover.Rows);
        var picked = rows.Select(model.CellOf).ToHashSet();
        _run.UnionWith(picked);
        var coverage = new BlockCoverage(block.Name, block.Strength, rows.Count, cover.Met, cover.Possible);
        _blocks.Add(new(block.Name, model, coverage, picked));
        // A combination that only cells left out have is lost: one of them stands for it, with its reason.
        foreach (var row in CoveringRows.OfLost(model.Points, model.Runnable, block.Strength))
            _skipped.TryAdd(model.CellOf(row), model.Reason(row)!);
    }

    // What must not be missing and no row has gets one.
    private List<int[]> WithIncluded(MatrixBlock block, BlockModel model, IReadOnlyList<int[]> cover)
    {
        var rows = cover.ToList();
        foreach (var inclusion in block.Inclusions)
        {
            var wanted = model.RowsOf(inclusion.Conditions).ToList();
            if (wanted.Any(partial => rows.Any(row => Agree(partial, row)))) continue;
            if (wanted.Find(row => model.Runnable.CanComplete(row)) is { } open)
            {
                model.Runnable.TryComplete(open);
                rows.Add(open);
                continue;
            }
            // What endpoints turn out not to offer has taken all of it: one cell stands for that, with its reason.
            var lost = wanted[0];
            model.Points.TryComplete(lost);
            _skipped.TryAdd(model.CellOf(lost), model.Reason(lost)!);
        }
        return rows;

        static bool Agree(int[] partial, int[] row) =>
            partial.Zip(row).All(pair => pair.First == CoveringModel.Open || pair.First == pair.Second);
    }

    // With what the file says alone: what endpoints lack is no contradiction.
    private void ReportContradiction(MatrixBlock block, BlockModel model)
    {
        CoveringModel With(IEnumerable<Constraint> rules) => new(model.Points.Sizes, [.. model.Senses, .. rules]);
        var together = model.Exclusions.ToList();
        if (!With(together).HasRow)
        {
            foreach (var rule in model.Exclusions)
            {
                if (!With(together.Where(other => other != rule)).HasRow) together.Remove(rule);
            }
            var rules = together.Select(rule => block.Exclusions[model.Exclusions.ToList().IndexOf(rule)]).ToList();
            var lines = rules.Select(rule => rule.At.Line);
            var because = rules.Select(rule => rule.Because).Distinct();
            file.Report(block.At, $"the block '{block.Name}' has no cell left: the rules of "
                + $"line{(together.Count == 1 ? "" : "s")} {string.Join(", ", lines)} take out every one: "
                + string.Join("; ", because));
            return;
        }
        var left = With(together);
        foreach (var inclusion in block.Inclusions.Where(inclusion =>
            !model.RowsOf(inclusion.Conditions).Any(row => left.CanComplete(row))))
            file.Report(inclusion.At, $"no cell of the block '{block.Name}' that may run is what is to be included");
    }

    // A value that changes nothing misleads whoever reads the file.
    private void ReportIdle(MatrixBlock block, BlockModel model)
    {
        foreach (var axis in Axis.All)
        {
            var number = BlockModel.Number(axis);
            foreach (var origin in block.Values[axis].GroupBy(value => value.Origin, value => value.Text)
                .Where(texts => !texts.Any(text => TakesPart(number, Array.IndexOf(model.Values(axis), text)))))
            {
                file.Report(
                    origin.Key, $"the {axis} '{origin.Key.Text}' takes part in no cell of the block '{block.Name}': "
                        + model.WhyNone(With(number, Array.IndexOf(model.Values(axis), origin.First()))));
            }
        }
        for (var i = 0; i < model.Exclusions.Count; i++)
        {
            if (!Takes(model, model.Exclusions[i]))
                file.Report(block.Exclusions[i].At, block.Exclusions[i].Then.Count > 0
                    ? $"this constraint takes no cell out of the block '{block.Name}'"
                    : $"this exclusion matches no cell of the block '{block.Name}'");
        }

        bool TakesPart(int axis, int value) => model.Points.CanComplete(With(axis, value));

        int[] With(int axis, int value)
        {
            var row = model.Points.OpenRow();
            row[axis] = value;
            return row;
        }
    }

    private static bool Takes(BlockModel model, Constraint exclusion)
    {
        var sizes = exclusion.Axes.Select(axis => model.Points.Sizes[axis]).ToArray();
        return new CoveringModel(sizes).AllRows().Any(values =>
        {
            if (exclusion.Broken(values) is null) return false;
            var row = model.Points.OpenRow();
            for (var i = 0; i < values.Length; i++) row[exclusion.Axes[i]] = values[i];
            return model.Points.CanComplete(row);
        });
    }
}
