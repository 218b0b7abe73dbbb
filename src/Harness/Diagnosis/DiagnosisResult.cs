namespace TlsInterop.Harness.Diagnosis;

/// <summary>Why a connection went as it did.</summary>
public sealed record DiagnosisResult
{
    /// <summary>
    /// The connection in a sentence: <c>TLS 1.2, ...: the client gave up after ServerHelloDone with FIN</c>.
    /// </summary>
    public required string Summary { get; init; }

    /// <summary>True if nothing is wrong with it.</summary>
    public required bool IsHealthy { get; init; }

    /// <summary>True if records stay closed for want of keys: what is in them nobody can judge.</summary>
    public bool LacksKeys { get; init; }

    /// <summary>The causes, the likeliest first; empty if it is healthy or nobody knows.</summary>
    public IReadOnlyList<NamedCause> Causes { get; init; } = [];

    /// <summary>What did no harm here.</summary>
    public IReadOnlyList<NamedCause> WorthKnowing { get; init; } = [];

    /// <summary>What looks suspicious, and was proven fine.</summary>
    public IReadOnlyList<NamedCause> NotTheCause { get; init; } = [];

    /// <summary>What to collect next, so that more can be said; empty if nothing is missing.</summary>
    public IReadOnlyList<string> Collect { get; init; } = [];

    /// <summary>The likeliest cause, if there is one that is worth naming.</summary>
    public NamedCause? Best => Causes is [{ Confidence: >= NamedCause.Possible } best, ..] ? best : null;
}
