namespace TlsInterop.Harness.Runs;

/// <summary>A cell left out.</summary>
/// <param name="Cell">Its id.</param>
/// <param name="Reason">Why.</param>
public sealed record PlannedSkip(string Cell, string Reason);
