using TlsInterop.Harness.Diagnosis;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>Sentences that claim no more than the capture shows, and say nothing twice.</summary>
public sealed class DiagnosisSentenceTests
{
    [TestCase(86, "the client's hello has no TLS_FALLBACK_SCSV")]
    [TestCase(115, "the client offers no pre-shared key")]
    [TestCase(120, "the client names no protocol")]
    public void Alert_that_the_hello_does_not_bear_out_is_doubted(int alert, string doubt)
    {
        var cause = ReviewedCases.Hello().Alert(Server, (byte)alert).Explain().Causes[0];

        Assert.That(cause.Sentence, Does.Contain(doubt));
        Assert.That(cause.Confidence, Is.LessThan(80));
    }

    [Test]
    public void Alert_that_the_hello_bears_out_is_believed()
    {
        var cause = ReviewedCases.Hello().Change<ClientHello>(hello => hello with
        {
            CipherSuites = [.. hello.CipherSuites, CipherSuite.FallbackScsv],
        }).Alert(Server, 86).Explain().Causes[0];

        Assert.That(cause.Sentence, Does.Contain("says by TLS_FALLBACK_SCSV"));
        Assert.That(cause.Confidence, Is.GreaterThan(90));
    }

    [Test]
    public void What_an_alert_says_of_a_hidden_certificate_is_named_with_what_to_collect()
    {
        var result = ReviewedCases.Unseen().Alert(Client, 45).Explain();

        Assert.That(result.Causes, Has.Count.EqualTo(1));
        Assert.That(result.Causes[0].Sentence, Does.Contain("certificate_expired (45)"));
        Assert.That(result.Collect, Has.Some.StartsWith("keys: ").And.Some.StartsWith("the server's certificate: "));
    }

    [Test]
    public void Faults_in_what_was_said_are_not_healthy()
    {
        var fault = Of(Tls12).Change<ClientHello>(hello => hello.With(ExtensionType.SupportedGroups, 0, 3, 0))
            .Explain();

        Assert.That(Of(Tls12).Explain().IsHealthy);
        Assert.That(fault.IsHealthy, Is.False);
    }

    [Test]
    public void Message_that_can_t_be_read_is_told_though_the_other_end_went_on() =>
        Assert.That(Of(Tls12).Change<ClientHello>(hello => hello.With(ExtensionType.SupportedGroups, 0, 3, 0)).Explain()
            .Causes.Select(cause => cause.Id), Has.Some.EqualTo("message-malformed"));

    [Test]
    public void Last_record_that_is_not_whole_is_no_fault_of_a_handshake_that_went_through() =>
        Assert.That(Of(Tls12).Open().Then(Server, 23, 3, 3, 0, 99, 1).Reset(Client).Explain().Causes
            .Select(cause => cause.Id), Has.None.EqualTo("message-malformed"));

    [TestCase(false)]
    [TestCase(true)]
    public void Heartbeat_is_a_message_of_the_client_s_own(bool isSent)
    {
        var flight = Of("tls12-rsa-aes128-ccm").At(TestCertificates.Now)
            .Change<Certificate>(_ => TestCertificates.Of("expired")).UpTo(Server, HandshakeType.ServerHelloDone);
        var said = isSent ? flight.Then(Client, [24, 3, 3, 0, 19, 1, .. new byte[18]]) : flight;

        var evidence = said.Reset(Client).Explain().Causes.SelectMany(cause => cause.Evidence);

        Assert.That(evidence.Any(line => line.Contains("before any of its own messages", StringComparison.Ordinal)),
            Is.EqualTo(!isSent));
    }

    [Test]
    public void Close_notify_is_an_alert_that_was_sent()
    {
        var result = Of(Tls12).UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 0, level: 1).Fin(Client)
            .Explain();

        Assert.That(result.Summary, Does.Contain("close_notify").And.Not.Contain("sent no alert"));
    }

    [Test]
    public void Evidence_that_stands_under_a_likelier_cause_is_not_said_again()
    {
        var result = ReviewedCases.Hello().Change<ClientHello>(hello =>
            hello.With(ExtensionType.SupportedGroups, HelloChanges.List16(25))).Alert(Server, 40).Explain();

        var lines = DiagnosisText.Of(result, "1", 118).Split('\n');

        Assert.That(result.Causes, Has.Count.GreaterThan(1));
        Assert.That(lines.Count(line => line.Contains("ClientHello: versions", StringComparison.Ordinal)),
            Is.EqualTo(1));
        Assert.That(lines, Has.Some.EqualTo("  evidence   as above"));
    }

    [Test]
    public void Advice_to_who_captures_is_no_advice_to_the_client()
    {
        var result = Of(Tls12).UpTo(Client, HandshakeType.ClientKeyExchange).Lost(2).Explain();

        Assert.That(DiagnosisText.Of(result, "1", 118), Does.Contain("capture: capture with a larger buffer"));
    }

    [TestCase(60)]
    [TestCase(80)]
    public void Lines_stay_within_a_narrow_window(int width)
    {
        var text = DiagnosisText.Of(Captured("openssl-expired"), "1", width);

        Assert.That(text.Split('\n').Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
    }
}
