namespace TlsInterop.Harness.Diagnosis;

/// <summary>What a rule said, with all that a reader of it needs.</summary>
/// <param name="Id">Id of the rule.</param>
/// <param name="Name">The cause in a few words, as it is of all connections.</param>
/// <param name="Sentence">The cause as it is of this one.</param>
/// <param name="Confidence">Per cent.</param>
/// <param name="Because">Why it is as sure as that.</param>
/// <param name="Evidence">What anybody can look up, a line each.</param>
/// <param name="Server">What to do about it at the server; null if nothing.</param>
/// <param name="Client">What to do about it at the client; null if nothing.</param>
/// <param name="Source">Where the text behind it stands.</param>
/// <param name="Says">What that says, in one sentence.</param>
public sealed record NamedCause(
    string Id,
    string Name,
    string Sentence,
    int Confidence,
    string Because,
    IReadOnlyList<string> Evidence,
    string? Server,
    string? Client,
    string Source,
    string Says)
{
    /// <summary>What to do otherwise when capturing; null if nothing.</summary>
    public string? Capture { get; init; }

    /// <summary>Per cent from which on a cause is told as the likely one.</summary>
    public const int Likely = 70;

    /// <summary>Per cent below which nobody knows.</summary>
    public const int Possible = 40;

    internal static NamedCause Of(DiagnosisRule rule, Suspicion suspicion) => new(
        rule.Id,
        rule.Cause,
        // Sentences of findings end with a full stop.
        suspicion.Sentence.TrimEnd('.'),
        Math.Clamp(suspicion.Confidence, 1, 99),
        suspicion.Because,
        suspicion.Evidence,
        suspicion.Server ?? rule.Server,
        suspicion.Client ?? rule.Client,
        rule.Source,
        rule.Says)
    {
        Capture = rule.Capture,
    };
}
