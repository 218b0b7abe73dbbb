namespace TlsInterop.Harness.Diagnosis;

/// <summary>A cause with a name: a row of <see cref="DiagnosisRules"/>.</summary>
/// <param name="Id">Stable, lower case, words joined by <c>-</c>.</param>
/// <param name="Cause">The cause in a few words, as it is of all connections.</param>
/// <param name="LooksAt">What of a connection it looks at.</param>
/// <param name="Source">Where the text behind it stands: <c>RFC 5246, Section 7.2.2</c>.</param>
/// <param name="Says">What that says, in one sentence of our own.</param>
/// <param name="Look">Suspects it, or null. Foreign bytes never make it throw.</param>
public sealed record DiagnosisRule(
    string Id, string Cause, string LooksAt, string Source, string Says, Func<DiagnosisEvidence, Suspicion?> Look)
{
    public DiagnosisKind Kind { get; init; }

    /// <summary>
    /// True if it only says how the connection ended: where another rule knows why, it is not told.
    /// </summary>
    public bool IsGeneral { get; init; }

    /// <summary>What to do about it at the server; null if nothing.</summary>
    public string? Server { get; init; }

    /// <summary>What to do about it at the client; null if nothing.</summary>
    public string? Client { get; init; }

    /// <summary>What to do otherwise when capturing; null if nothing.</summary>
    public string? Capture { get; init; }
}
