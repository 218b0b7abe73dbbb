using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;

namespace TlsInterop.Tls.Tests.Verification;

public sealed class RulesTests
{
    [TestCaseSource(typeof(RecordedSession), nameof(RecordedSession.Names))]
    public void A_healthy_session_breaks_no_rule(string name) =>
        Assert.That(Rules.Findings(SessionEvidence.Of(name)), Is.Empty);

    [Test]
    public void Rules_have_ids_of_their_own_in_one_form()
    {
        Assert.That(Rules.All.Select(rule => rule.Id), Is.Unique);
        Assert.That(Rules.All.Select(rule => rule.Id), Is.All.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
        Assert.That(Rules.All.Select(rule => rule.Rfc), Is.All.Match("^RFC [0-9]+, Section [0-9.]+(; RFC [0-9]+, Section [0-9.]+)*$"));
        Assert.That(Rules.All.Select(rule => rule.Sentence), Is.All.EndsWith("."));
    }
}
