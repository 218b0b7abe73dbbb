using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Reports;

/// <summary>
/// Why a cell is red, for those who are to mend it. The diagnosis explains a connection: where a cell has a fault on
/// purpose, that fault is what it finds, and is not what somebody has to look at.
/// </summary>
public static class CellCause
{
    /// <summary>What is said where the cause is not known.</summary>
    public const string NotKnown = "cause not known";

    // What the diagnosis calls the faults of certificates that are made with them.
    private static readonly Dictionary<string, string[]> OfCertificates = new(StringComparer.Ordinal)
    {
        ["expired"] = ["certificate-expired", "certificate-expired-silently", "certificate-expired-accepted"],
        ["not-yet-valid"] = ["certificate-not-yet-valid"],
        ["wrong-name"] = ["certificate-wrong-name"],
        ["wildcard-parent"] = ["certificate-wrong-name"],
        ["ip-only"] = ["certificate-wrong-name"],
        ["self-signed"] = ["self-signed-certificate", "unknown-authority"],
        ["unknown-ca"] = ["unknown-authority"],
        ["missing-intermediate"] = ["missing-intermediate", "unknown-authority"],
        ["wrong-order"] = ["certificate-chain-broken", "unknown-authority"],
        ["wrong-eku"] = ["certificate-wrong-usage"],
        ["wrong-ku"] = ["certificate-wrong-usage"],
        ["sha1"] = ["certificate-signature-weak"],
        ["rsa1024"] = ["certificate-key-weak"],
        ["name-constraints"] = ["certificate-refused"],
        ["name-constraints-broken"] = ["certificate-refused"],
        ["chain-16k"] = ["certificate-chain-large"],
        ["chain-64k"] = ["certificate-chain-large"],
    };

    // The same of scenarios in which an end shows what the other one is to refuse.
    private static readonly Dictionary<string, string[]> OfScenarios = new(StringComparer.Ordinal)
    {
        ["client-certificate-missing"] = ["client-certificate-required"],
        ["client-certificate-wrong"] = ["client-certificate-refused"],
        ["alpn-mismatch"] = ["alpn-mismatch"],
        ["sni-unknown"] = ["sni-refused"],
    };

    /// <summary>The likeliest cause of what is wrong with a cell; null where it is not known, or nothing is.</summary>
    public static CellDiagnosis? Of(CellResult result) =>
        result is { Diagnosis: { } found } && !IsWanted(result, found) ? found : null;

    /// <summary>The fault that a cell has on purpose, where that is what was found; else null.</summary>
    public static CellDiagnosis? WantedOf(CellResult result) =>
        result is { Diagnosis: { } found } && IsWanted(result, found) ? found : null;

    /// <summary>The faults on purpose: certificates and scenarios, each with what the diagnosis calls them.</summary>
    internal static IEnumerable<(string Of, string Cause)> Wanted =>
        OfCertificates.Concat(OfScenarios).SelectMany(row => row.Value.Select(cause => (row.Key, cause)));

    // What ended as it was to end is red for its handshake, and not for the refusal that it shows.
    private static bool IsWanted(CellResult result, CellDiagnosis found) => result.Verdict == Verdict.Pass
        || (CellId.TryParse(result.Cell, out var cell, out _)
            && (Has(OfCertificates, cell.Certificate, found) || Has(OfScenarios, cell.Scenario, found)));

    private static bool Has(Dictionary<string, string[]> rows, string name, CellDiagnosis found) =>
        rows.TryGetValue(name, out var causes) && causes.Contains(found.Cause);
}
