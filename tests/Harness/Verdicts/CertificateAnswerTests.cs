using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Verdicts;

/// <summary>What a client does with a certificate, on a recording of one that signed itself.</summary>
public sealed class CertificateAnswerTests
{
    private const string Parameters = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519";

    [TestCase(48, "unknown_ca", AlertFit.Exact)]
    [TestCase(46, "certificate_unknown", AlertFit.Vague)]
    [TestCase(42, "bad_certificate", AlertFit.Vague)]
    [TestCase(45, "certificate_expired", AlertFit.Misleading)]
    [TestCase(80, "internal_error", AlertFit.Misleading)]
    public void An_alert_says_more_or_less_of_the_cause(byte code, string alert, AlertFit fit)
    {
        var answer = See(code, "one\nerror: self-signed certificate\nat java.Certificate\nlast")!;

        Assert.That((answer.Reaction, answer.Alert, answer.Fit), Is.EqualTo((CertificateReaction.Alerted, alert, fit)));
        Assert.That((answer.Words, answer.WordsFit), Is.EqualTo(("error: self-signed certificate", true)));
    }

    [TestCase("", "", false)]
    [TestCase("one\ntwo\ncmp: EOF on - which is empty", "two", false)]
    [TestCase("bad certificate\ntwo", "bad certificate", false)]
    [TestCase("certificate not trusted\nbad certificate", "certificate not trusted", true)]
    public void The_line_that_says_most_is_kept(string output, string words, bool fits)
    {
        var answer = See(48, output)!;

        Assert.That((answer.Words, answer.WordsFit), Is.EqualTo((words, fits)));
    }

    [Test]
    public void A_client_may_leave_without_an_alert_or_accept()
    {
        var left = RecordedCell.See(parameters: $"{Parameters}-self-signed", change: RecordedCell.HungUp)
            with { Client = new ClientOutcome(1, false, "") };
        var accepted = CertificateAnswer.Of(RecordedCell.See(parameters: $"{Parameters}-self-signed"))!;

        Assert.That(CertificateAnswer.Of(left)!.Reaction, Is.EqualTo(CertificateReaction.Left));
        Assert.That((accepted.Reaction, accepted.Alert, accepted.Words),
            Is.EqualTo((CertificateReaction.Accepted, (string?)null, "")));
    }

    [Test]
    public void There_is_no_answer_to_a_sound_certificate_nor_to_one_that_never_came()
    {
        Assert.That(CertificateAnswer.Of(RecordedCell.See(parameters: Parameters)), Is.Null);
        Assert.That(CertificateAnswer.Of(RecordedCell.See(
            RecordedCell.Refused, $"{Parameters}-self-signed", withKeys: false)), Is.Null);
    }

    [Test]
    public void Every_fault_names_alerts_that_there_are_and_where_it_stands()
    {
        foreach (var fault in CertificateProfile.All.Select(profile => profile.Fault).OfType<CertificateFault>())
        {
            Assert.That(fault.Exact.Select(AlertDescription.Find), Is.Not.Empty.And.All.Not.Null);
            Assert.That(fault.Rfc, Does.Match(@"^RFC \d+, Section [\d.]+(; RFC \d+, Section [\d.]+)?$"));
            Assert.That(fault.IsNamedBy(""), Is.False);
        }
    }

    [Test]
    public void A_server_that_leaves_with_its_certificate_is_no_answer_of_the_client() =>
        Assert.That(CertificateAnswer.Of(
            RecordedCell.See(parameters: $"{Parameters}-expired", change: RecordedCell.ServerHungUp)
                with { Client = new ClientOutcome(1, false, "certificate has expired") }), Is.Null);

    [TestCase(0, "good bye", false)]
    [TestCase(1, "good bye", true)]
    [TestCase(0, "certificate has expired", true)]
    public void Who_falls_silent_behind_a_whole_handshake_has_refused_if_something_says_so(
        int exitCode, string output, bool refused) =>
        Assert.That(CertificateAnswer.Of(
            RecordedCell.See(parameters: $"{Parameters}-expired", change: RecordedCell.Silent)
                with { Client = new ClientOutcome(exitCode, false, output) }) is not null, Is.EqualTo(refused));

    private static CertificateAnswer? See(byte alert, string output) => CertificateAnswer.Of(
        RecordedCell.See(
            parameters: $"{Parameters}-self-signed", change: frames => RecordedCell.Alerted(frames, alert))
            with { Client = new ClientOutcome(1, false, output) });
}
