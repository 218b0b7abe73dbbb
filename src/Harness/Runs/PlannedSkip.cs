namespace TlsInterop.Harness.Runs;

/// <summary>A cell left out.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Reason">Why.</param>
/// <param name="Shard">The shard that found out; null if it was known before there were shards.</param>
public sealed record PlannedSkip(string Cell, string Reason, int? Shard = null);
