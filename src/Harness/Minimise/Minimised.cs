using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Minimise;

/// <summary>All that there is to tell of a failing cell that was minimised, or whose versions were walked.</summary>
public sealed record Minimised
{
    public required SearchResult Search { get; init; }

    /// <summary>The failing cell.</summary>
    public required Cell Failure { get; init; }

    /// <summary>How it failed; null if it did not.</summary>
    public CellResult? Failed { get; init; }

    /// <summary>The cell of each point of the search.</summary>
    public IReadOnlyList<Cell> Cells { get; init; } = [];

    public Blame? Blame { get; init; }

    /// <summary>
    /// True if the client came from elsewhere: nobody can take its place, so that nobody is blamed.
    /// </summary>
    public bool IsOfDevice { get; init; }

    /// <summary>Where the handshake parts from the nearest one without the failure; null if there is none.</summary>
    public FirstDifference? FirstDifference { get; init; }

    /// <summary>The versions that have the failure, if these were asked for.</summary>
    public WalkedVersions? Walked { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>The run's folder.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What stopped it; empty if nothing did.</summary>
    public string Interruption { get; init; } = "";
}
