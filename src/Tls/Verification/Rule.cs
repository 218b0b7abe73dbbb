namespace TlsInterop.Tls.Verification;

/// <summary>One rule: a row of <see cref="Rules"/>.</summary>
/// <param name="Id">Stable, lower case, words joined by <c>-</c>.</param>
/// <param name="Rfc">Where it stands: <c>RFC 8446, Section 4.2</c>.</param>
/// <param name="Sentence">What it demands, in one sentence of our own.</param>
/// <param name="Severity">How much a hit weighs.</param>
/// <param name="Check">
/// Finds where it is broken. All rules look at every connection, so one that has nothing to say should know that soon,
/// and without allocating anything.
/// </param>
public sealed record Rule(
    string Id, string Rfc, string Sentence, Severity Severity, Action<Evidence, RuleHits> Check)
{
    /// <summary>
    /// True if a hit needs one message alone: it holds whatever else the capture lacks. See
    /// <see cref="IncompleteCapture"/>.
    /// </summary>
    public bool HoldsAlone { get; init; }

    /// <summary>A rule that looks at one handshake at a time.</summary>
    public static Rule OfHandshake(
        string id, string rfc, string sentence, Severity severity, Action<SeenHandshake, RuleHits> check) =>
        new(id, rfc, sentence, severity, (evidence, hits) => evidence.EachHandshake(check, hits));

    /// <summary>What a hit in a connection is to its reader.</summary>
    internal Finding At(in RuleHit hit, Evidence evidence) => new(
        Id,
        Severity,
        hit.Message,
        hit.Direction,
        hit.Frame,
        Rfc,
        Sentence,
        evidence.Places.NumberOf(hit),
        hit.Offset,
        Convert.ToHexStringLower(hit.Bytes.Span[..Math.Min(hit.Bytes.Length, Finding.MostBytes)]));
}
