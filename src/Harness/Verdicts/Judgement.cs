namespace TlsInterop.Harness.Verdicts;

/// <summary>What the judge says of a cell.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Expected">What should have happened.</param>
/// <param name="Got">What happened instead.</param>
/// <param name="Why">What is known of the cause, one sentence each.</param>
/// <param name="Signature">How the failure looks on the wire, for known failures; null for a pass.</param>
public sealed record Judgement(
    Verdict Verdict, string? Expected, string? Got, IReadOnlyList<string> Why, FailureSignature? Signature)
{
    public static readonly Judgement Passed = new(Verdict.Pass, null, null, [], null);
}
