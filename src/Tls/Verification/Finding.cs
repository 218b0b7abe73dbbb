using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Verification;

/// <summary>One thing that a check found, with its evidence.</summary>
/// <param name="RuleId">Id of the rule: stable, lower case, words joined by <c>-</c>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Message">One sentence: what was expected and what was there.</param>
/// <param name="Direction">Who is concerned, or null if that is the connection.</param>
/// <param name="Frame">Frame of the capture that shows it, from 1; 0 if there is none.</param>
/// <param name="Rfc">Where the rule comes from: <c>RFC 8446, Section 4.4.4</c>.</param>
/// <param name="Sentence">What the rule demands, in one sentence.</param>
/// <param name="Record">Number of the record among those of its direction, from 1; null if it is in none.</param>
/// <param name="Offset">
/// Where <paramref name="Bytes"/> stand: octets from <c>msg_type</c> in a handshake message, else from the first octet
/// of the record's header; null if no octet shows it.
/// </param>
/// <param name="Bytes">The octets that show it, the first few of them, in hexadecimal; empty if none do.</param>
public sealed record Finding(
    string RuleId,
    Severity Severity,
    string Message,
    Direction? Direction,
    long Frame,
    string Rfc,
    string Sentence = "",
    long? Record = null,
    int? Offset = null,
    string Bytes = "")
{
    /// <summary>The most octets that <see cref="Bytes"/> shows.</summary>
    public const int MostBytes = 16;
}
