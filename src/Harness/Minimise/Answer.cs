namespace TlsInterop.Harness.Minimise;

/// <summary>What a run of a point came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Remark">What is to be said about it; empty for nothing.</param>
public readonly record struct Answer(TrialOutcome Outcome, string Remark = "");
