using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Tests.Verdicts;

/// <summary>A red cell is told with the likeliest cause of its failure, and a green one with none.</summary>
public sealed class CellDiagnosisTests
{
    [Test]
    public void Ending_of_a_connection_is_its_alert_who_sent_it_and_behind_what() =>
        Assert.That(
            Judgement.Ending(RecordedCell.See(RecordedCell.Refused, withKeys: false), message: null),
            Is.EqualTo(new FailureSignature("handshake_failure", Direction.ServerToClient, "ClientHello")));

    [Test]
    public void A_cell_that_is_refused_is_told_with_its_cause()
    {
        var seen = RecordedCell.See(RecordedCell.Refused, withKeys: false);

        var judgement = CellJudge.Judge(seen);
        var diagnosis = CellDiagnosis.Of(seen);

        Assert.That(judgement.Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(diagnosis!.Cause, Is.EqualTo("no-common-suite"));
        Assert.That(diagnosis.ToString(), Does.Match(@"^the client offers one suite, .* \(no-common-suite, \d+ %\)$"));
    }

    [Test]
    public void A_handshake_that_went_through_has_no_cause()
    {
        var seen = RecordedCell.See();

        Assert.That(CellDiagnosis.Of(seen), Is.Null);
    }

    [Test]
    public void What_the_client_said_counts_as_well()
    {
        var seen = RecordedCell.See(change: RecordedCell.HungUp, withKeys: false);
        seen = seen with { Client = seen.Client! with { Talked = false, Output = "certificate has expired" } };

        var quiet = CellDiagnosis.Of(seen);

        // The wire shows a certificate that is valid: its word alone makes no cause.
        Assert.That(quiet?.Cause, Is.Not.EqualTo("certificate-expired-silently"));
    }
}
