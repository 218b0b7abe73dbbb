using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Verification;

/// <summary>One place where a rule is broken.</summary>
/// <param name="Message">One sentence: what was expected and what was there.</param>
/// <param name="Direction">Who is concerned, or null if that is the connection.</param>
/// <param name="Frame">Frame of the capture that shows it; 0 if there is none.</param>
public readonly record struct RuleHit(string Message, Direction? Direction, long Frame)
{
    /// <summary>A hit in a message.</summary>
    public RuleHit(string message, HandshakeEvent item)
        : this(message, item.Direction, item.At.Number)
    {
    }
}

/// <summary>One rule: a row of <see cref="Rules"/>.</summary>
/// <param name="Id">Stable, lower case, words joined by <c>-</c>.</param>
/// <param name="Rfc">Where it stands: <c>RFC 8446, Section 4.2</c>.</param>
/// <param name="Sentence">What it demands, in one sentence of our own.</param>
/// <param name="Severity">How much a hit weighs.</param>
/// <param name="Check">Finds where it is broken.</param>
public sealed record Rule(
    string Id, string Rfc, string Sentence, Severity Severity, Func<Evidence, IEnumerable<RuleHit>> Check)
{
    /// <summary>A rule that looks at one handshake at a time.</summary>
    public static Rule OfHandshake(
        string id, string rfc, string sentence, Severity severity, Func<SeenHandshake, IEnumerable<RuleHit>> check) =>
        new(id, rfc, sentence, severity, evidence => evidence.Handshakes.SelectMany(check));
}
