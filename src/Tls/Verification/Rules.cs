namespace TlsInterop.Tls.Verification;

/// <summary>Every rule. A new one is a row in the table of its subject.</summary>
public static class Rules
{
    /// <summary>The rows, in the order in which findings are reported.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. ProofRules.Rows,
        .. RecordRules.Rows,
        .. NegotiationRules.Rows,
        .. ExtensionRules.Rows,
    ];

    /// <summary>What a connection breaks, in the order of the rules.</summary>
    public static IReadOnlyList<Finding> Findings(Evidence evidence)
    {
        var findings = new List<Finding>();
        foreach (var rule in All)
        {
            foreach (var hit in rule.Check(evidence))
                findings.Add(new Finding(rule.Id, rule.Severity, hit.Message, hit.Direction, hit.Frame, rule.Rfc));
        }
        return findings;
    }
}
