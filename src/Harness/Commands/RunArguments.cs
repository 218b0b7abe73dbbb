using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary>What <c>run</c> was asked for.</summary>
internal sealed record RunArguments
{
    private const int NamedAtMost = 10;

    /// <summary>The matrix file.</summary>
    public required string Matrix { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>Patterns of <c>--filter</c>.</summary>
    public IReadOnlyList<Glob> Filters { get; init; } = [];

    /// <summary>Ids of <c>--cell</c>.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];

    /// <summary>
    /// Cells that were planned before, by <c>plan</c> or by the run that goes on; null to plan them now.
    /// </summary>
    public PlanFile? Planned { get; init; }

    /// <summary>The part of the plan that is run here; null for all of it.</summary>
    public Shard? Shard { get; init; }

    /// <summary>
    /// True if results of an earlier run are taken over where nothing that they depend on has changed.
    /// </summary>
    public bool ChangedOnly { get; init; }

    /// <summary>The earlier run; null for the last one of the matrix.</summary>
    public string? Since { get; init; }

    /// <summary>Which reds make the run red.</summary>
    public Gate Gate { get; init; }

    public bool Timings { get; init; }

    public bool Quiet { get; init; }

    /// <summary>True if each cell is told as it ends.</summary>
    public bool Verbose { get; init; }

    /// <summary>All that chooses cells. No id holds a character that means something in a pattern.</summary>
    public IReadOnlyList<Glob> Chosen => [.. Filters, .. Cells.Select(Glob.Parse)];

    /// <summary>True if only some cells of the matrix are run, whoever chose them.</summary>
    public bool IsPart => Chosen.Count > 0 || Shard is not null || Planned is { Chosen.Count: > 0 };

    /// <summary>The command that runs the same again, without its choice of cells.</summary>
    public string Again
    {
        get
        {
            var words = new List<string> { "./interop run" };
            if (Path.GetFullPath(Matrix) != Options.Repository.Smoke) words.Add(Matrix);
            if (Options.Engine != EngineChoice.Auto)
                words.Add($"--engine {Options.Engine.ToString().ToLowerInvariant()}");
            words.AddRange(Options.Locals.Select(local => $"--local {local.Key}={local.Value}"));
            return string.Join(' ', words);
        }
    }

    /// <summary>Refuses, before anything is started, what chooses nothing.</summary>
    /// <exception cref="UsageException">A pattern or an id matches no cell, or an id is none.</exception>
    /// <exception cref="MatrixException">The matrix is wrong.</exception>
    public void Check()
    {
        // A list that can't be read is told before anything has run.
        if (Gate == Gate.Required) RequiredCells.Load(Options.Repository.Required);
        if (Planned is not null)
        {
            CheckPlanned(Planned);
            return;
        }
        var whole = Options.Repository.Plan(Matrix, Options.Repository.Catalogue());
        bool IsAbsent(Glob glob) => !whole.Cells.Concat(whole.Skipped.Select(skipped => skipped.Cell))
            .Any(cell => glob.IsMatch(cell.Id));
        // Local stacks have ids of their own, which are known when it is known which of them are there.
        var absent = Chosen
            .Where(glob => !glob.Text.Contains($"@{LocalBinaries.Version}", StringComparison.Ordinal) && IsAbsent(glob))
            .ToList();
        if (absent.Count > 0 && !(Options.Locals.Count > 0 || Options.Engine == EngineChoice.None))
            throw new UsageException(MatrixChoice.NothingChosen(whole, absent.Select(glob => glob.Text)));
    }

    // Its cells were there when it was planned; what they name may be gone since.
    private void CheckPlanned(PlanFile planned)
    {
        var catalogue = Options.Repository.Catalogue();
        var known = catalogue.Endpoints.SelectMany(endpoint => endpoint.References).ToHashSet();
        var cells = planned.ToPlan(Shard?.Number ?? 0).Cells;
        var gone = cells.SelectMany(cell => new[] { cell.Server, cell.Client }).Distinct()
            .Where(endpoint => !known.Contains(endpoint) && !(endpoint.Version == LocalBinaries.Version
                && catalogue.Definitions.ContainsKey(endpoint.Name)))
            .Select(endpoint => $"endpoint {endpoint}")
            .Concat(cells.Select(cell => cell.Scenario).Distinct()
                .Where(scenario => !catalogue.Scenarios.ContainsKey(scenario))
                .Select(scenario => $"scenario {scenario}"))
            .ToList();
        if (gone.Count > 0)
            throw new UsageException(
                $"the plan of '{planned.Matrix}' has cells of what this checkout does not have: "
                + $"{string.Join(", ", gone.Take(NamedAtMost))}{(gone.Count > NamedAtMost ? ", …" : "")}\n"
                + "  remedy: check out what it was made with, or plan again");
    }
}
