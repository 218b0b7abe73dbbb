using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Harness.Runs;

/// <summary>The places of a checkout that the harness reads and writes.</summary>
/// <param name="Root">The folder with <c>TlsInterop.sln</c>.</param>
public sealed record Repository(string Root)
{
    public string Containers => Path.Combine(Root, "containers");
    public string Session => Path.Combine(Containers, "base", "session.sh");
    public string Matrices => Path.Combine(Root, "matrices");
    public string Smoke => Path.Combine(Matrices, "smoke.yaml");
    public string Scenarios => Path.Combine(Matrices, "scenarios.yaml");
    public string StackFacts => Path.Combine(Matrices, "stacks.yaml");
    public string KnownFailures => Path.Combine(Matrices, "known-failures.yaml");

    public string Documents => Path.Combine(Root, "docs");

    /// <summary>Cells that must not be red.</summary>
    public string Required => Path.Combine(Matrices, "required.txt");

    /// <summary>What the matrices of the repository are called.</summary>
    public IEnumerable<string> MatrixNames => Directory.GetFiles(Matrices, "*.yaml")
        .Where(path => path != Scenarios && path != StackFacts && path != KnownFailures)
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public string Snapshots => Path.Combine(Root, "tests", "Interop", "Snapshots");

    /// <summary>What bug reports have become, a folder each, their snapshots among it.</summary>
    public string Cases => Path.Combine(Root, "tests", "Interop", "Cases");

    /// <summary>The folder of a plan's snapshots.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="root">Root of the snapshots of matrices; null for that of the repository.</param>
    public string SnapshotsOf(MatrixPlan plan, string? root = null) =>
        plan.Name == ReportedCases.PlanName ? root ?? Cases : Path.Combine(root ?? Snapshots, plan.Name);
    public string Runs => Path.Combine(Root, "runs");

    /// <summary>What is found out once and kept.</summary>
    public string Cache => Path.Combine(Root, ".tlsinterop");

    /// <summary>What endpoints were found to offer, by image.</summary>
    public string Capabilities => Path.Combine(Cache, "capabilities");

    /// <summary>The endpoints and scenarios that matrices may name.</summary>
    /// <exception cref="EndpointException">One of them is wrong.</exception>
    /// <exception cref="MatrixException">The file of what stacks do not do is wrong.</exception>
    public EndpointCatalogue Catalogue() => EndpointCatalogue.Load(
        Containers, Scenarios, StackFacts, ReportedCases.ProfilesIn(Cases), ReportedCases.Load(Cases).Cells);

    /// <summary>
    /// Reads a matrix file. Cells that have a snapshot stay in the plan before others take their place.
    /// </summary>
    /// <exception cref="MatrixException">The file cannot be used; every problem is in it.</exception>
    public MatrixPlan Plan(string matrixFile, EndpointCatalogue catalogue) =>
        Path.GetFullPath(matrixFile) == Cases
            ? ReportedCases.Load(Cases).Plan(catalogue)
            : MatrixPlan.Load(matrixFile, catalogue, CellsWithSnapshot);

    /// <summary>Reads every matrix of the repository but one, each when it is asked for.</summary>
    /// <exception cref="MatrixException">The next one cannot be used; every problem is in it.</exception>
    public IEnumerable<MatrixPlan> PlansBeside(string matrixFile, EndpointCatalogue catalogue) => MatrixNames
        .Select(name => Path.Combine(Matrices, name + ".yaml"))
        .Where(path => path != Path.GetFullPath(matrixFile))
        .Select(path => Plan(path, catalogue));

    private IReadOnlyList<Cell> CellsWithSnapshot(string matrix) =>
    [
        .. new SnapshotStore(Path.Combine(Snapshots, matrix)).Verified()
            .Select(id => CellId.TryParse(id, out var cell, out _) ? cell : null).OfType<Cell>().Order(),
    ];

    /// <summary>The checkout that holds this executable, or else the current folder.</summary>
    /// <exception cref="DirectoryNotFoundException">Neither lies in a checkout.</exception>
    public static Repository Find() =>
        Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory())
            ?? throw new DirectoryNotFoundException(
            $"Neither {AppContext.BaseDirectory} nor {Directory.GetCurrentDirectory()} lies in a checkout of "
                + "TlsInterop (no TlsInterop.sln above). Run the command inside of one.");

    private static Repository? Above(string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            if (File.Exists(Path.Combine(place.FullName, "TlsInterop.sln"))) return new Repository(place.FullName);
        }
        return null;
    }
}
