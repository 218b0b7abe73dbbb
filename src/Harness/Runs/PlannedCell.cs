namespace TlsInterop.Harness.Runs;

/// <summary>A cell to run.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Shard">The shard that has it, from 1.</param>
/// <param name="Milliseconds">What it is expected to take; null if nothing is known.</param>
public sealed record PlannedCell(string Cell, int Shard, double? Milliseconds = null);
