using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>What is known of a device.</summary>
public sealed record DeviceFinding
{
    /// <summary>What was tried, each configuration once, in order, and what it came to the first time.</summary>
    public required IReadOnlyList<(Cell Cell, CellResult Result)> Tried { get; init; }

    /// <summary>The configurations that the device offers to do.</summary>
    public required IReadOnlyList<Cell> Offered { get; init; }

    /// <summary>What each failure that differs from the others needs to be one; of the last as far as known.</summary>
    public required IReadOnlyList<Minimised> Failures { get; init; }

    /// <summary>Failures that nothing in <see cref="Failures"/> explains, one of each kind: not searched.</summary>
    public required IReadOnlyList<(Cell Cell, CellResult Result)> Unsearched { get; init; }

    /// <summary>How it ended.</summary>
    public DeviceEnding Ending { get; init; }
}
