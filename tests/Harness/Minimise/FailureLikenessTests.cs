using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Tests.Minimise;

public sealed class FailureLikenessTests
{
    private static readonly CellResult Alert = TestCells.Failed(TestCells.First) with
    {
        Alert = "handshake_failure", From = Direction.ServerToClient, After = "ClientHello",
    };

    private static readonly CellResult Closed = TestCells.Failed(TestCells.First) with
    {
        Alert = FailureSignature.NoAlert, From = Direction.ClientToServer, After = "ServerHelloDone",
        Got = "FIN from the client after ServerHelloDone of the server, and no alert",
    };

    [Test]
    public void The_same_alert_is_the_same_failure_whatever_the_sentence() =>
        Assert.That(Compare(Alert, Alert with { Got = "something else" }), Is.EqualTo(TrialOutcome.Red));

    [Test]
    public void Another_alert_direction_or_message_is_another_failure()
    {
        Assert.That(Compare(Alert, Alert with { Alert = "decode_error" }), Is.EqualTo(TrialOutcome.OtherFailure));
        Assert.That(Compare(Alert, Alert with { From = Direction.ClientToServer }),
            Is.EqualTo(TrialOutcome.OtherFailure));
        Assert.That(Compare(Alert, Alert with { After = "Finished" }), Is.EqualTo(TrialOutcome.OtherFailure));
        Assert.That(Compare(Alert, Alert with { Verdict = Verdict.Hang }), Is.EqualTo(TrialOutcome.OtherFailure));
    }

    [Test]
    public void Without_an_alert_the_sentence_counts_less_numbers_and_names_of_the_cell()
    {
        var told = Closed with { Got = "RSA_WITH_AES_128_GCM_SHA256 in frame 7 of openssl@trixie: 12" };
        var other = told with { Cell = TestCells.Third, Got = "AES_128_GCM_SHA256 in frame 9 of exim@bullseye: 3" };

        Assert.That(Compare(told, other), Is.EqualTo(TrialOutcome.Red));
        Assert.That(Compare(told, other with { Got = "no frame" }), Is.EqualTo(TrialOutcome.OtherFailure));
    }

    [Test]
    public void Who_closes_first_is_the_failure_in_a_handshake_and_chance_behind_it()
    {
        var server = Closed with
        {
            From = Direction.ServerToClient,
            Got = "FIN from the server after ServerHelloDone of the server, and no alert",
        };
        Assert.That(Compare(Closed, server), Is.EqualTo(TrialOutcome.OtherFailure));

        var (client, reset) = (Closed with
        {
            After = "Finished", Got = "complete: FIN from the client after Finished of the server, and no alert",
        }, server with
        {
            After = "NewSessionTicket",
            Got = "complete: RST from the server after NewSessionTicket of the server, and no alert",
        });
        Assert.That(Compare(client, reset), Is.EqualTo(TrialOutcome.Red));
    }

    [TestCase(Verdict.Pass, TrialOutcome.Green)]
    [TestCase(Verdict.Unsupported, TrialOutcome.CannotRun)]
    [TestCase(Verdict.Error, TrialOutcome.CannotRun)]
    public void What_is_no_failure_is_none(Verdict verdict, TrialOutcome outcome) =>
        Assert.That(Compare(Alert, Alert with { Verdict = verdict }), Is.EqualTo(outcome));

    [Test]
    public void A_failure_that_is_an_error_is_searched_as_one()
    {
        var broken = Alert with { Verdict = Verdict.Error, Alert = null, From = null, After = null };

        Assert.That(Compare(broken, broken), Is.EqualTo(TrialOutcome.Red));
    }

    private static TrialOutcome Compare(CellResult failure, CellResult other) => FailureLikeness.Compare(
        (TestCells.Cell(failure.Cell), failure), (TestCells.Cell(other.Cell), other)).Outcome;
}
