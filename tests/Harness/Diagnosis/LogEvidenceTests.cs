using TlsInterop.Harness.Diagnosis.Logs;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>What a log may name, what it may only speak for, and what it must not be taken for.</summary>
public sealed class LogEvidenceTests
{
    private const string Valid =
        "   v:NotBefore: Jan  1 00:00:00 2026 GMT; NotAfter: Dec 31 00:00:00 2027 GMT";

    [TestCase("verify error:num=10:certificate has expired", "certificate-expired")]
    [TestCase("verify error:num=62:hostname mismatch", "certificate-wrong-name")]
    [TestCase("* SSL certificate problem: unable to get local issuer certificate", "unknown-authority")]
    public void Log_of_the_client_names_what_the_wire_hides(string line, string cause)
    {
        var result = ReviewedCases.Unseen().Alert(Client, 42).ClientSaid("CONNECTED(00000003)", line).Explain();

        Assert.That(result.Causes[0].Id, Is.EqualTo(cause));
        Assert.That(result.Causes[0].Evidence, Has.Some.Contains("the client's log, line 2"));
    }

    [Test]
    public void Log_of_the_alert_that_the_wire_shows_names_nothing_new()
    {
        var result = ReviewedCases.Unseen().Alert(Client, 45)
            .ServerSaid("SSL routines:ssl3_read_bytes:sslv3 alert certificate expired:SSL alert number 45").Explain();

        Assert.That(result.Causes.Select(cause => cause.Id), Is.EqualTo(new[] { "certificate-refused-unseen" }));
    }

    [Test]
    public void Log_of_the_server_names_the_certificate_that_the_client_lacks_behind_a_hidden_alert()
    {
        var result = ReviewedCases.Unseen().Then(Client, [23, 3, 3, 0, 53, .. new byte[53]])
            .Then(Server, [23, 3, 3, 0, 19, .. new byte[19]]).Fin(Client)
            .ServerSaid("SSL routines:tls_process_client_certificate:peer did not return a certificate").Explain();

        Assert.That(result.Causes[0].Id, Is.EqualTo("client-certificate-required"));
        Assert.That(result.IsHealthy, Is.False);
    }

    [Test]
    public void Log_that_names_no_reason_is_quoted_and_raises_nothing()
    {
        var alone = ReviewedCases.Unseen().Alert(Server, 40).Explain();
        var both = ReviewedCases.Unseen().Alert(Server, 40)
            .ServerSaid("imaps TLS negotiation failed: [192.0.2.9]").Explain();

        Assert.That(both.Causes[0].Id, Is.EqualTo(alone.Causes[0].Id));
        Assert.That(both.Causes[0].Confidence, Is.EqualTo(alone.Causes[0].Confidence));
        Assert.That(both.Causes[0].Evidence, Has.Some.Contains("line 1 (Cyrus)"));
    }

    [Test]
    public void Log_of_a_small_group_names_it_where_the_policy_of_the_client_is_stricter_than_ours()
    {
        var result = Of("tls11-dhe-rsa-camellia256-cbc").UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 40)
            .ClientSaid("error:0A00018A:SSL routines:tls_process_ske_dhe:dh key too small").Explain();

        Assert.That(result.Causes[0].Id, Is.EqualTo("dh-group-too-small"));
        Assert.That(result.NotTheCause.Select(cause => cause.Id), Has.None.EqualTo("key-exchange-fine"));
    }

    [Test]
    public void What_the_client_did_not_mind_is_no_cause()
    {
        var result = Refused(Shown().ClientSaid(
            "verify error:num=20:unable to get local issuer certificate", "verify return:1",
            "Verification error: unable to get local issuer certificate"));

        Assert.That(result, Has.None.EqualTo("unknown-authority"));
    }

    [Test]
    public void What_the_client_did_mind_is_one()
    {
        var result = Refused(Shown().ClientSaid(
            "verify error:num=20:unable to get local issuer certificate", "error:0A000086:certificate verify failed"));

        Assert.That(result, Does.Contain("unknown-authority"));
    }

    [Test]
    public void Log_about_the_server_s_certificate_explains_no_end_of_the_server()
    {
        var result = Of(Tls12).UpTo(Client, HandshakeType.ClientKeyExchange).Alert(Server, 40)
            .ClientSaid("unable to get local issuer certificate").Explain();

        Assert.That(result.Causes.Select(cause => cause.Id), Has.None.EqualTo("unknown-authority"));
    }

    [Test]
    public void Dates_that_OpenSSL_prints_of_every_certificate_contradict_nothing()
    {
        var result = Flight().Fin(Client).ClientSaid(Valid).Explain();

        Assert.That(result.WorthKnowing.Select(cause => cause.Id), Has.None.EqualTo("log-contradicts-wire"));
        Assert.That(LogPatterns.Hints(LogText.Of("a log", Valid)), Is.Empty);
    }

    [Test]
    public void Dates_that_Java_prints_of_an_expired_certificate_are_understood()
    {
        var hints = LogPatterns.Hints(LogText.Of("a log",
            "java.security.cert.CertificateExpiredException: NotAfter: Sat Oct 31 00:00:00 GMT 2026"));

        Assert.That(hints[0].Pattern.Stack, Is.EqualTo("Java"));
    }

    [Test]
    public void Refused_connection_of_another_try_is_not_the_cause_of_this_one()
    {
        var result = ReviewedCases.Hello().Alert(Server, 40)
            .ClientSaid("connect to ::1 port 443 failed: Connection refused").Explain();

        Assert.That(result.Causes.Select(cause => cause.Id), Has.None.EqualTo("connection-refused"));
    }

    [Test]
    public void Log_of_a_missing_scheme_speaks_of_the_version_where_the_client_can_name_none()
    {
        var old = Of(Tls10).UpTo(Client, HandshakeType.ClientHello)
            .Change<ClientHello>(hello => hello.Without(ExtensionType.SignatureAlgorithms)).Alert(Server, 40);
        var said = old.ServerSaid("SSL routines:tls_choose_sigalg:no suitable signature algorithm").Explain();

        Assert.That(said.Causes.Select(cause => cause.Id), Has.None.EqualTo("no-common-signature-scheme"));
        Assert.That(
            said.Causes.Single(cause => cause.Id == "no-common-version").Confidence,
            Is.GreaterThan(old.Explain().Causes.Single(cause => cause.Id == "no-common-version").Confidence));
    }

    private static Dialogue Flight() => Of(Tls12).UpTo(Server, HandshakeType.ServerHelloDone);

    // A chain with which nothing is wrong but that nobody has to trust its root.
    private static Dialogue Shown() => Of("tls12-rsa-aes128-ccm").At(TestCertificates.Now)
        .Change<Certificate>(_ => TestCertificates.Of("rsa2048")).UpTo(Server, HandshakeType.ServerHelloDone);

    private static List<string> Refused(Dialogue flight) =>
        [.. flight.Alert(Client, 40).Explain().Causes.Select(cause => cause.Id)];
}
