using TlsInterop.Harness.Scenarios;

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

    /// <summary>Something is wrong with what the two did.</summary>
    internal static Judgement Failed(CellObservation seen, string expected, string got, params string[] why) =>
        new(Verdict.Fail, expected, got, Clean(why), Ending(seen, got));

    /// <summary>How the last connection of a cell ended.</summary>
    /// <param name="seen">The cell.</param>
    /// <param name="message">The sentence of the verdict.</param>
    internal static FailureSignature Ending(CellObservation seen, string? message) => seen.Connection?.Facts switch
    {
        { } facts when Outcome.Alert(facts) is { } alert =>
            new(alert.Alert.Description.ToString(), alert.Direction, alert.AfterMessage?.ToString(), message),
        { FirstTcpEnd: { } end } facts =>
            new(FailureSignature.NoAlert, end.Direction, facts.LastMessage?.Type.ToString(), message),
        _ => new(Message: message),
    };

    /// <summary>Nothing can be said of what the two did, or no end was seen.</summary>
    internal static Judgement Other(Verdict verdict, string expected, string got, params string[] why) =>
        new(verdict, expected, got, Clean(why), new FailureSignature(Message: got));

    private static string[] Clean(string[] why) => [.. why.Where(line => line.Length > 0)];
}
