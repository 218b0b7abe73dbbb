using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Serve;

/// <summary>How a search stood at one moment.</summary>
public sealed record SweepReading
{
    private static readonly Dictionary<Verdict, SweepState> States = new()
    {
        [Verdict.Pass] = SweepState.Worked, [Verdict.Fail] = SweepState.Failed, [Verdict.Hang] = SweepState.Failed,
        [Verdict.Unsupported] = SweepState.NotOffered, [Verdict.Error] = SweepState.NoAnswer,
    };

    /// <summary>Every configuration.</summary>
    public required IReadOnlyList<Cell> Cells { get; init; }

    /// <summary>Those that were tried, in that order, and what they came to.</summary>
    public required IReadOnlyList<(Cell Cell, CellResult Result)> Tried { get; init; }

    /// <summary>Configurations that the device offers, as far as it is known.</summary>
    public required IReadOnlySet<Cell> Offered { get; init; }

    /// <summary>What the failures need, as far as it is known.</summary>
    public IReadOnlyList<Minimised> Failures { get; init; } = [];

    /// <summary>Connections so far, those that are remembered not counted.</summary>
    public int Connections { get; init; }

    /// <summary>Connections that are needed yet, at most, if nothing else fails.</summary>
    public int Left { get; init; }

    /// <summary>What the next connection gets; null while nothing is waited for.</summary>
    public Cell? Next { get; init; }

    /// <summary>When the device came last; null if it has not.</summary>
    public DateTimeOffset? Came { get; init; }

    /// <summary>How it ended, in words; null while it goes on.</summary>
    public string? Ending { get; init; }

    /// <summary>How a configuration stands that came to a verdict.</summary>
    public static SweepState StateOf(Verdict verdict) => States[verdict];

    /// <summary>How a configuration stands.</summary>
    public SweepState StateOf(Cell cell)
    {
        var tried = Tried.FirstOrDefault(item => item.Cell == cell).Result;
        return tried is not null ? StateOf(tried.Verdict)
            : cell == Next ? SweepState.Next
            : Offered.Contains(cell) ? SweepState.Untried
            : SweepState.NotOffered;
    }

    /// <summary>How many configurations stand so.</summary>
    public IReadOnlyDictionary<SweepState, int> Counts() => Cells.CountBy(StateOf).ToDictionary();
}
