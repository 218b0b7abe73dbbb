using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>What is known of a device in the end.</summary>
public sealed record DeviceFinding
{
    /// <summary>What was tried until something failed, in order.</summary>
    public required IReadOnlyList<(Cell Cell, CellResult Result)> Swept { get; init; }

    /// <summary>The configurations that the device offers to do.</summary>
    public required IReadOnlyList<Cell> Offered { get; init; }

    /// <summary>True if it was stopped before anything had failed.</summary>
    public bool IsStopped { get; init; }

    /// <summary>What the first failure needs to be one; null if nothing failed.</summary>
    public Minimised? Minimised { get; init; }
}
