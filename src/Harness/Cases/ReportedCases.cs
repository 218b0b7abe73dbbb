using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Cases;

/// <summary>All cases of a repository.</summary>
/// <param name="all">The cases, by id.</param>
public sealed class ReportedCases(IReadOnlyList<ReportedCase> all)
{
    /// <summary>The name of the plan of their cells.</summary>
    public const string PlanName = "cases";

    private const string SnapshotsFolder = "snapshots";

    private readonly Dictionary<string, (ReportedCase Case, CaseCell Cell)> _cells = all
        .SelectMany(made => made.Cells.Select(cell => (made, cell)))
        .DistinctBy(pair => pair.cell.Cell.Id)
        .ToDictionary(pair => pair.cell.Cell.Id, StringComparer.Ordinal);

    /// <summary>Every case.</summary>
    public IReadOnlyList<ReportedCase> All => all;

    /// <summary>Every cell, each once.</summary>
    public IEnumerable<Cell> Cells => _cells.Values.Select(pair => pair.Cell.Cell);

    /// <summary>The failures that they expect, as those that are known for other reasons.</summary>
    public IReadOnlyList<KnownFailure> Failures =>
    [
        .. _cells.Values.Where(pair => pair.Cell.Signature is not null).Select(pair => new KnownFailure(
            Path.Combine(pair.Case.Folder, CaseFile.FileName), pair.Cell.Line, 1, Glob.Parse(pair.Cell.Cell.Id),
            pair.Cell.Shows, pair.Case.Links.Count > 0 ? pair.Case.Links[0] : null, pair.Cell.Signature!,
            IsSometimes: false, DateOnly.MaxValue)),
    ];

    /// <summary>Reads every case below a folder.</summary>
    /// <exception cref="MatrixException">A case is wrong; every problem is in it.</exception>
    public static ReportedCases Load(string folder)
    {
        var cases = new List<ReportedCase>();
        var problems = new List<FileProblem>();
        foreach (var name in FoldersIn(folder))
        {
            try
            {
                cases.Add(CaseFile.Read(name));
            }
            catch (MatrixException wrong)
            {
                problems.AddRange(wrong.Problems);
            }
        }
        return problems.Count > 0 ? throw new MatrixException(problems) : new(cases);
    }

    /// <summary>The profiles that cases bring, by their id, and their files.</summary>
    public static IReadOnlyDictionary<string, string> ProfilesIn(string folder) => FoldersIn(folder)
        .Select(name => (Id: Path.GetFileName(name), File: Path.Combine(name, CaseFile.ProfileName)))
        .Where(profile => File.Exists(profile.File))
        .ToDictionary(profile => profile.Id, profile => profile.File, StringComparer.Ordinal);

    // One that is being written has a dot before its name.
    private static IEnumerable<string> FoldersIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Where(name => Path.GetFileName(name)[0] != '.')
            .Order(StringComparer.Ordinal)
        : [];

    /// <summary>What a cell is to show, or null if no case has it.</summary>
    public CaseCell? Find(Cell cell) => _cells.GetValueOrDefault(cell.Id).Cell;

    /// <summary>Where the snapshot of a cell is, below the folder of the cases.</summary>
    public string SnapshotName(string cell) =>
        $"{_cells.GetValueOrDefault(cell).Case?.Id ?? PlanName}/{SnapshotsFolder}/{cell}";

    /// <summary>
    /// A plan of theirs that was read from a file, with the names of their snapshots; others as they are.
    /// </summary>
    public MatrixPlan Named(MatrixPlan plan) => plan.Name == PlanName ? plan.WithSnapshots(SnapshotName) : plan;

    /// <summary>The plan of all their cells.</summary>
    /// <exception cref="MatrixException">A cell names what there is not.</exception>
    public MatrixPlan Plan(EndpointCatalogue catalogue)
    {
        var problems = _cells.Values.SelectMany(pair => Faults(pair.Cell.Cell, catalogue)
            .Select(fault => new FileProblem(
                Path.Combine(pair.Case.Folder, CaseFile.FileName), pair.Cell.Line, 1, fault))).ToList();
        if (problems.Count > 0) throw new MatrixException(problems);
        return new MatrixPlan(PlanName, "what bug reports have become", [.. Cells.Order()], [])
        {
            SnapshotName = SnapshotName,
        };
    }

    private static IEnumerable<string> Faults(Cell cell, EndpointCatalogue catalogue)
    {
        foreach (var (role, end) in new[] { ("server", cell.Server), ("client", cell.Client) })
        {
            var offer = catalogue.Endpoints.FirstOrDefault(known => known.Name == end.Name);
            if (offer is null)
                yield return NearMatch.Unknown("endpoint", end.Name, catalogue.Endpoints.Select(known => known.Name));
            else if (end.Version is { } version && !offer.Versions.Contains(version))
                yield return NearMatch.Unknown($"version of '{end.Name}'", version, offer.Versions);
            else if (!(role == "server" ? offer.ServerScenarios : offer.ClientScenarios).Contains(cell.Scenario))
                yield return $"the {role} {end} has no scenario '{cell.Scenario}'";
        }
        if (!catalogue.Scenarios.ContainsKey(cell.Scenario))
            yield return NearMatch.Unknown("scenario", cell.Scenario, catalogue.Scenarios.Keys);
    }
}
