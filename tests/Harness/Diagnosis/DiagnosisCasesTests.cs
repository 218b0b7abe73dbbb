using TlsInterop.Harness.Diagnosis;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>Each rule has been seen to suspect what it should, and to leave alone what is like it.</summary>
public sealed class DiagnosisCasesTests
{
    [TestCaseSource(typeof(DiagnosisCases), nameof(DiagnosisCases.All))]
    public void A_rule_speaks_of_its_cause_and_not_of_what_is_like_it(DiagnosisCase row)
    {
        var result = row.Explain();

        var said = Said(result).FirstOrDefault(cause => cause.Id == row.Rule);
        if (row.Place == DiagnosisPlace.Nowhere)
        {
            Assert.That(said, Is.Null, () => said!.Sentence);
            return;
        }
        Assert.That(said, Is.Not.Null, () => $"said were {string.Join(", ", Said(result).Select(cause => cause.Id))}");
        if (row.Place == DiagnosisPlace.First && result.Causes.Contains(said))
            Assert.That(result.Causes[0].Id, Is.EqualTo(row.Rule));
        Assert.That(said!.Sentence, Does.Match(@"^[^\s].*[^.\s]$").Or.Match(@"^[^\s].*\.$"));
        Assert.That(said.Confidence, Is.InRange(1, 99));
        Assert.That(said.Because, Is.Not.Empty);
        Assert.That(said.Evidence, Is.Not.Empty.And.All.Not.Empty);
    }

    [TestCaseSource(nameof(Ids))]
    public void Every_rule_has_its_case_and_its_near_miss(string rule)
    {
        var cases = DiagnosisCases.All.Where(row => row.Rule == rule).ToList();

        Assert.That(cases.Exists(row => row.Place != DiagnosisPlace.Nowhere), $"no case makes {rule} speak");
        Assert.That(cases.Exists(row => row.Place == DiagnosisPlace.Nowhere), $"no case keeps {rule} quiet");
    }

    [Test]
    public void Every_case_is_of_a_rule_and_has_a_name_of_its_own()
    {
        Assert.That(DiagnosisCases.All.Select(row => row.Rule).Except(Ids), Is.Empty);
        Assert.That(DiagnosisCases.All.Select(row => row.ToString()), Is.Unique);
    }

    [Test]
    public void Every_rule_has_an_id_of_its_own_words_a_source_and_a_remedy()
    {
        Assert.That(Ids, Is.Unique.And.All.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
        Assert.That(DiagnosisRules.All, Has.Count.GreaterThan(60));
        foreach (var rule in DiagnosisRules.All)
        {
            Assert.That(rule.Source, Does.Match(@"^RFC \d+, (Section|Appendix) "), rule.Id);
            Assert.That(rule.Says, Does.Match(@"^[^\s].*\.$"), rule.Id);
            if (rule.Kind == DiagnosisKind.Cause)
                Assert.That(rule.Server ?? rule.Client ?? rule.Capture, Is.Not.Null, rule.Id);
        }
    }

    private static IEnumerable<string> Ids => DiagnosisRules.All.Select(rule => rule.Id);

    private static IEnumerable<NamedCause> Said(DiagnosisResult result) =>
        [.. result.Causes, .. result.WorthKnowing, .. result.NotTheCause];
}
