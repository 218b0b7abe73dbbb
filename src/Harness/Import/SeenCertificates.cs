using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification.Certificates;

namespace TlsInterop.Harness.Import;

/// <summary>
/// The server's certificates where their octets are known, and what a client can't have minded of them.
/// </summary>
/// <param name="Leaf">The server's own.</param>
/// <param name="Count">How many it sent.</param>
/// <param name="At">When; null if the report does not tell.</param>
/// <param name="ServerName">The name that the client asked for, or null.</param>
internal sealed record SeenCertificates(CertificateSummary Leaf, int Count, DateTimeOffset? At, string? ServerName)
{
    // The triggers of Tls.Scripted.Profiles.Triggers that look at a certificate, by their names there.
    private static readonly Dictionary<string, Predicate<SeenCertificates>> Rows = new(StringComparer.Ordinal)
    {
        ["expired-certificate"] = seen => seen.At is not { } at || seen.Leaf.NotAfter < at,
        ["not-yet-valid-certificate"] = seen => seen.At is not { } at || seen.Leaf.NotBefore > at,
        ["wrong-name"] = seen => seen.ServerName is { } name
            && !seen.Leaf.DnsNames.Any(known => ServerNames.Match(known, name)),
        ["sha1-certificate"] = seen =>
            seen.Leaf.SignatureAlgorithm.StartsWith("sha1", StringComparison.OrdinalIgnoreCase),
        ["missing-intermediate"] = seen => seen is { Count: 1, Leaf.IsSelfIssued: false },
    };

    /// <summary>False if a trigger asks for what these certificates are not.</summary>
    public bool May(string trigger) => !Rows.TryGetValue(trigger, out var isMet) || isMet(this);
}
