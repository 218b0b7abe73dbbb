using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>Each rule has been seen to speak and to keep quiet.</summary>
public sealed class RuleCasesTests
{
    [TestCaseSource(typeof(RuleCases), nameof(RuleCases.All))]
    public void A_rule_speaks_where_it_is_broken_and_only_there(RuleCase row)
    {
        var evidence = row.Evidence();

        var findings = Rules.Findings(evidence).Where(finding => finding.RuleId == row.Rule).ToList();

        if (!row.Speaks)
        {
            Assert.That(findings, Is.Empty);
            return;
        }
        Assert.That(findings, Is.Not.Empty);
        Assert.That(findings.Select(finding => finding.Message), Is.All.Match(@"^[^\s].*\.$"));
        Assert.That(findings.Select(finding => finding.Frame), Is.All.GreaterThan(0));
        Assert.That(findings.Select(finding => finding.Bytes.Length), Is.All.LessThanOrEqualTo(2 * Finding.MostBytes));
    }

    [TestCaseSource(nameof(Ids))]
    public void Every_rule_has_a_case_in_which_it_speaks_and_one_in_which_it_keeps_quiet(string rule)
    {
        var cases = RuleCases.All.Where(row => row.Rule == rule).ToList();

        Assert.That(cases.Exists(row => row.Speaks), $"no case makes {rule} speak");
        Assert.That(cases.Exists(row => !row.Speaks), $"no case keeps {rule} quiet");
    }

    [Test]
    public void Every_case_is_of_a_rule_and_has_a_name_of_its_own()
    {
        Assert.That(RuleCases.All.Select(row => row.Rule).Except(Ids), Is.Empty);
        Assert.That(RuleCases.All.Select(row => row.ToString()), Is.Unique);
    }

    private static IEnumerable<string> Ids => Rules.All.Select(rule => rule.Id);
}
