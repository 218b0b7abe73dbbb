using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Decoding.ClearText;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Verification.Transport;

namespace TlsInterop.Tls.Tests.Verification.Transport;

public sealed class ClearTextRulesTests
{
    private static IEnumerable<string> Protocols => SampleDialogues.All.Select(sample => sample.Protocol);

    [TestCaseSource(nameof(Protocols))]
    public void A_dialogue_that_comes_to_TLS_breaks_no_rule(string protocol) =>
        Assert.That(Findings(SampleDialogues.All.Single(sample => sample.Protocol == protocol).WithTls()), Is.Empty);

    [TestCase("> GET / HTTP/1.1", "HTTP")]
    [TestCase("> EHLO client.example", "SMTP")]
    [TestCase(">x 00000008 04d2162f", "PostgreSQL")]
    public void Clear_text_that_is_answered_by_an_alert_was_meant_for_another_port(string said, string protocol)
    {
        var finding = Findings(
            [.. Steps(said), (Direction.ServerToClient, SampleDialogue.Alert)]).Single();

        Assert.That(finding.RuleId, Is.EqualTo("clear-text-to-tls-server"));
        Assert.That(finding.Message, Does.StartWith($"Expected a ClientHello. Got ({protocol})").And.Contain(
            "unexpected_message"));
        Assert.That(finding, Has.Property("Frame").EqualTo(2).And.Property("Direction")
            .EqualTo(Direction.ClientToServer));
    }

    [Test]
    public void A_server_of_HTTP_may_say_so_itself() =>
        Assert.That(
            Findings(Steps("""
                > GET / HTTP/1.1
                > 
                < HTTP/1.1 400 Bad Request
                < 
                < <center>The plain HTTP request was sent to HTTPS port</center>
                """)).Select(finding => finding.RuleId),
            Is.EqualTo((string[])["clear-text-to-tls-server"]));

    [Test]
    public void An_answer_in_the_same_protocol_breaks_no_rule() =>
        Assert.That(Findings(Steps("> GET / HTTP/1.1\n> \n< HTTP/1.1 400 Bad Request\n< \n< no")), Is.Empty);

    [Test]
    public void A_server_that_closes_without_a_word_is_noted()
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ClientToServer, "GET / HTTP/1.1\r\n\r\n"u8, new(1, 0));
        decoder.End(Direction.ServerToClient, ConnectionEnd.Fin, new(2, 0));

        var finding = Findings(decoder.Decode()).Single();

        Assert.That(finding.RuleId, Is.EqualTo("clear-text-unanswered"));
        Assert.That(finding.Message, Does.Contain("Got: FIN alone"));
    }

    [TestCase("220 mail.example ESMTP", "SMTP")]
    [TestCase("HTTP/1.1 400 Bad Request", "HTTP")]
    [TestCase("-ERR what", "POP3")]
    [TestCase("* BAD what\r\n* BYE", null)]
    [TestCase("SSH-2.0-OpenSSH_9.9", "SSH")]
    public void A_ClientHello_that_is_answered_in_clear_text_names_the_protocol(string answer, string? protocol)
    {
        var finding = Findings(
            [(Direction.ClientToServer, SampleDialogue.ClientHello), .. Steps($"< {answer}")]).Single();

        Assert.That(finding.RuleId, Is.EqualTo("tls-to-clear-text-server"));
        Assert.That(finding.Message, Does.Contain(protocol is null
            ? "Got clear text: "
            : $"Got clear text ({protocol}): \"{answer}\""));
    }

    [Test]
    public void A_greeting_before_the_ClientHello_is_clear_text_too() =>
        Assert.That(
            Findings([.. Steps("< 220 mail.example ESMTP"), (Direction.ClientToServer, SampleDialogue.ClientHello)])
                .Select(finding => finding.RuleId),
            Is.EqualTo((string[])["tls-to-clear-text-server"]));

    [TestCase("SOCKS 5")]
    [TestCase("HTTP CONNECT")]
    [TestCase("PROXY protocol")]
    public void Behind_a_tunnel_the_same_rules_hold(string tunnel)
    {
        var way = SampleDialogues.All.Single(sample => sample.Protocol == tunnel).Steps;

        var hello = Findings([.. way, (Direction.ClientToServer, SampleDialogue.ClientHello),
            .. Steps("< 220 mail ESMTP")]);
        var text = Findings([.. way, .. Steps("> EHLO me"), (Direction.ServerToClient, SampleDialogue.Alert)]);

        Assert.That(hello.Single().RuleId, Is.EqualTo("tls-to-clear-text-server"));
        Assert.That(hello.Single().Message, Does.Contain("(SMTP)"));
        Assert.That(text.Single().RuleId, Is.EqualTo("clear-text-to-tls-server"));
    }

    [Test]
    public void Commands_behind_STARTTLS_in_the_same_segment_are_an_injection()
    {
        (Direction, byte[])[] steps =
        [
            .. Steps("< 220 mail.example ESMTP\n> EHLO me\n< 250 STARTTLS"),
            (Direction.ClientToServer, [.. "STARTTLS\r\nMAIL FROM:<eve@example>\r\n"u8]),
            .. Steps("< 220 Go ahead"), .. Tls(),
        ];

        var finding = Findings(steps).Single();

        Assert.That(finding.RuleId, Is.EqualTo("clear-text-after-starttls"));
        Assert.That(finding.Message, Is.EqualTo(
            "Expected TLS after \"STARTTLS\". Got in clear text: \"MAIL FROM:<eve@example>\"."));
        Assert.That(finding.Frame, Is.EqualTo(4));
    }

    [TestCase("< * OK ready\n> a STARTTLS\n< a OK go\n< * CAPABILITY IMAP4rev1", Direction.ServerToClient)]
    [TestCase(">x 00000008 04d2162f\n>x 0000000e 00030000 7573657200 00", Direction.ClientToServer)]
    public void Answers_behind_the_go_ahead_and_binary_messages_are_injections_too(string script, Direction by)
    {
        var finding = Findings([.. Steps(script), .. Tls()]).Single();

        Assert.That(finding, Has.Property("RuleId").EqualTo("clear-text-after-starttls").And.Property("Direction")
            .EqualTo(by));
    }

    [Test]
    public void A_client_that_goes_on_in_clear_text_after_a_refusal_is_warned_of()
    {
        var finding = Findings(Steps("""
            < +OK ready
            > STLS
            < -ERR not now
            > USER alice
            < +OK
            > PASS secret
            """)).Single();

        Assert.That(finding, Has.Property("RuleId").EqualTo("starttls-refused-and-ignored").And.Property("Severity")
            .EqualTo(Severity.Warning));
        Assert.That(finding.Message, Is.EqualTo(
            "The server refused TLS: \"-ERR not now\". The client went on in clear text: \"USER alice\"."));
    }

    [Test]
    public void A_client_that_leaves_after_a_refusal_breaks_no_rule() =>
        Assert.That(Findings(Steps("< +OK ready\n> STLS\n< -ERR not now\n> QUIT\n< +OK bye")), Is.Empty);

    [Test]
    public void A_ClientHello_before_the_answer_to_STARTTLS_is_too_early()
    {
        var finding = Findings(
        [
            .. Steps("< 220 mail.example ESMTP\n> EHLO me\n< 250 STARTTLS\n> STARTTLS"),
            (Direction.ClientToServer, SampleDialogue.ClientHello),
            .. Steps("< 220 Go ahead"),
            (Direction.ServerToClient, SampleDialogue.ServerHello),
        ]).Single();

        Assert.That(finding, Has.Property("RuleId").EqualTo("tls-before-go-ahead").And.Property("Frame").EqualTo(5));
        Assert.That(finding.Message, Does.Contain("Got: a ClientHello before \"220 Go ahead\"."));
    }

    [Test]
    public void A_ClientHello_in_spite_of_a_refusal_is_found() =>
        Assert.That(
            Findings([.. Steps("< 220 mail.example ESMTP\n> STARTTLS\n< 454 no"), .. Tls()])
                .Select(finding => finding.RuleId),
            Is.EqualTo((string[])["tls-before-go-ahead"]));

    private static IEnumerable<(Direction, byte[])> Tls() =>
        [(Direction.ClientToServer, SampleDialogue.ClientHello),
            (Direction.ServerToClient, SampleDialogue.ServerHello)];

    private static IEnumerable<(Direction, byte[])> Steps(string script) => SampleDialogue.Of("", script).Steps;

    private static List<Finding> Findings(IEnumerable<(Direction From, byte[] Bytes)> steps) =>
        Findings(SampleDialogue.Decode(steps));

    // The hellos of the samples break rules of their own.
    private static List<Finding> Findings(DecodedConnection connection) =>
        [.. ConnectionVerifier.Verify(connection, keyLog: null)
            .Where(finding => ClearTextRules.Rows.Any(rule => rule.Id == finding.RuleId))];
}
