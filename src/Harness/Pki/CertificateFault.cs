using System.Text.RegularExpressions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Pki;

/// <summary>Whether a client has a choice.</summary>
public enum Refusal
{
    /// <summary>A client must refuse the certificate.</summary>
    Must,

    /// <summary>The RFCs leave it to the client.</summary>
    MayAccept,
}

/// <summary>How well an alert says what is wrong.</summary>
public enum AlertFit
{
    /// <summary>It says something else.</summary>
    Misleading,

    /// <summary>It says that something is wrong with the certificate, and there is one that says more.</summary>
    Vague,

    /// <summary>No alert says more.</summary>
    Exact,
}

/// <summary>What is wrong with a certificate.</summary>
/// <param name="Refusal">Whether a client must refuse it.</param>
/// <param name="Cause">What is wrong, as it goes on behind "a certificate ...".</param>
/// <param name="Rfc">Where that stands.</param>
/// <param name="Words">Matches words of a client that name the cause.</param>
/// <param name="Exact">Alerts that say it, by their names.</param>
// RFC 8446, Section 6.2; RFC 5246, Section 7.2.2
public sealed record CertificateFault(
    Refusal Refusal, string Cause, string Rfc, string Words, params IReadOnlyList<string> Exact)
{
    private static readonly TimeSpan MatchDeadline = TimeSpan.FromSeconds(1);

    // "Some other (unspecified) issue arose in processing the certificate", and "corrupt, contained signatures that did
    // not verify correctly, etc.".
    private static readonly string[] Vague = ["certificate_unknown", "bad_certificate"];

    /// <summary>How well an alert says it.</summary>
    public AlertFit Fit(AlertDescription alert) =>
        Exact.Contains(alert.ToString()) ? AlertFit.Exact
        : Vague.Contains(alert.ToString()) ? AlertFit.Vague
        : AlertFit.Misleading;

    /// <summary>True if a client's words name the cause.</summary>
    public bool IsNamedBy(string words) => Regex.IsMatch(words, Words, RegexOptions.IgnoreCase, MatchDeadline);

    /// <summary>
    /// The sentence about it: <c>a certificate whose notAfter has passed (RFC 5280, Section 6.1.3)</c>.
    /// </summary>
    public override string ToString() => $"a certificate {Cause} ({Rfc})";
}
