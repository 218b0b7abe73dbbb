namespace TlsInterop.Harness.Diagnosis;

/// <summary>What a rule says of one connection.</summary>
/// <param name="Sentence">The cause in plain words, without its first capital and its full stop.</param>
/// <param name="Confidence">Per cent: how sure that is, from 1 to 99.</param>
/// <param name="Because">Why it is as sure as that.</param>
/// <param name="Evidence">Frames, offsets, dates, alerts: what anybody can look up, a line each.</param>
public sealed record Suspicion(
    string Sentence, int Confidence, string Because, params IReadOnlyList<string> Evidence)
{
    /// <summary>What to do about it at the server; null for what the rule says of all.</summary>
    public string? Server { get; init; }

    /// <summary>The same at the client.</summary>
    public string? Client { get; init; }
}
