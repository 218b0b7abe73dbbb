using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Verification;

/// <summary>One thing that a check found.</summary>
/// <param name="RuleId">Id of the rule: stable, lower case, words joined by <c>-</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Message">One sentence: what was expected and what was there.</param>
/// <param name="Direction">Who is concerned, or null if that is the connection.</param>
/// <param name="Frame">Frame of the capture that shows it, from 1; 0 if there is none.</param>
/// <param name="Rfc">Where the rule comes from: <c>RFC 8446, Section 4.4.4</c>.</param>
public sealed record Finding(
    string RuleId, Severity Severity, string Message, Direction? Direction, long Frame, string Rfc);
