namespace TlsInterop.Harness.Runs;

/// <summary>Which container engine a run uses.</summary>
public enum EngineChoice { Auto, Docker, None }

/// <summary>How cells are run.</summary>
public sealed record RunOptions
{
    public required Repository Repository { get; init; }

    public EngineChoice Engine { get; init; }

    /// <summary>Stacks of this machine instead of containers: endpoint name and folder of its programs.</summary>
    public IReadOnlyDictionary<string, string> Locals { get; init; } = new Dictionary<string, string>();

    /// <summary>Time that one cell has; twice that for the first of an endpoint in this run.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a cell that is red is run in all: whether it always is, nobody knows who saw it once.
    /// </summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Cells that run side by side; those that mostly wait come beside them.</summary>
    public int Workers { get; init; } = Math.Max(2, Environment.ProcessorCount * 2);

    /// <summary>Parent of the run folders.</summary>
    public string? RunsFolder { get; init; }

    /// <summary>The folder of a run that goes on; null for a run that begins.</summary>
    public string? Resumed { get; init; }

    /// <summary>Where answers of endpoints are kept; null: where all runs of the repository keep them.</summary>
    public string? CapabilitiesFolder { get; init; }

    /// <summary>Root of the accepted snapshots; null: those of the repository.</summary>
    public string? SnapshotsFolder { get; init; }
}
