using TlsInterop.Tls.Verification.Certificates;
using TlsInterop.Tls.Verification.Endings;
using TlsInterop.Tls.Verification.Hellos;
using TlsInterop.Tls.Verification.Keys;
using TlsInterop.Tls.Verification.Order;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Verification.Records;
using TlsInterop.Tls.Verification.Resumption;
using TlsInterop.Tls.Verification.Transport;

namespace TlsInterop.Tls.Verification;

/// <summary>Every rule. A new one is a row in the table of its subject.</summary>
public static class Rules
{
    /// <summary>
    /// A peer can break one rule a thousand times in one message; more findings than these say no more.
    /// </summary>
    public const int MaximumFindingsPerRule = 100;

    /// <summary>The rows, in the order in which findings are reported.</summary>
    public static IReadOnlyList<Rule> All => Rows;

    private static readonly Rule[] Rows =
    [
        .. ProofRules.Rows,
        .. RecordRules.Rows,
        .. StructureRules.Rows,
        .. RecordLengthRules.Rows,
        .. ChangeCipherSpecRules.Rows,
        .. HeartbeatRules.Rows,
        .. ProtectionRules.Rows,
        .. Alone(CipherRules.Rows),
        .. KeyExchangeRules.Rows,
        .. Alone(CertificateRules.Rows),
        .. Alone(CertificateChainRules.Rows),
        .. Alone(CertificateStrengthRules.Rows),
        .. AlertRules.Rows,
        .. AlertCauseRules.Rows,
        .. ClosingRules.Rows,
        .. NegotiationRules.Rows,
        .. ServerChoiceRules.Rows,
        .. HelloFormRules.Rows,
        .. SslV2Rules.Rows,
        .. DowngradeRules.Rows,
        .. Alone(ClientHelloRules.Rows),
        .. KeyShareRules.Rows,
        .. ExtensionRules.Rows,
        .. ExtensionPlaceRules.Rows,
        .. ExtensionAnswerRules.Rows,
        .. ExtensionContentRules.Rows,
        .. HelloRetryRules.Rows,
        .. PreSharedKeyRules.Rows,
        .. EarlyDataRules.Rows,
        .. ResumptionRules.Rows,
        .. RenegotiationRules.Rows,
        .. MessagePresenceRules.Rows,
        .. ClientCertificateRules.Rows,
        .. OrderRules.Rows,
        .. ClearTextRules.Rows,
        .. TransportRules.Rows,
    ];

    /// <summary>
    /// What a connection breaks, in the order of the rules: at most <see cref="MaximumFindingsPerRule"/> each.
    /// </summary>
    public static IReadOnlyList<Finding> Findings(Evidence evidence)
    {
        var hits = new RuleHits(evidence);
        foreach (var rule in Rows) hits.Ask(rule);
        if (IncompleteCapture.Of(evidence.Connection) is not { } incomplete) return hits.Findings;
        var alone = Rows.Where(rule => rule.HoldsAlone).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        return [.. hits.Findings.Where(finding => alone.Contains(finding.RuleId) || incomplete.Lets(finding))];
    }

    private static IEnumerable<Rule> Alone(Rule[] rows) => rows.Select(rule => rule with { HoldsAlone = true });
}
