using System.Text;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Tests.Verdicts;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Tests.Scenarios;

/// <summary>What clients say on their way to TLS, or without it.</summary>
public sealed class MailDialogueTests
{
    [TestCase("none", "EHLO client", "STARTTLS", "QUIT")]
    [TestCase("none", "a1 CAPABILITY", "a2 STARTTLS", "a3 LOGOUT")]
    [TestCase("none", "CAPA", "STLS", "QUIT")]
    [TestCase("commands", "EHLO client", "STARTTLS", "MAIL FROM:<a@client>")]
    [TestCase("commands", "a1 CAPABILITY", "a2 EXAMINE \"INBOX\"")]
    [TestCase("password", "EHLO client", "AUTH PLAIN AG5vYm9keQBub25l", "QUIT")]
    [TestCase("password", "a1 CAPABILITY", "a2 LOGIN nobody none")]
    [TestCase("password", "USER nobody", "PASS none")]
    public void What_is_said_without_TLS_is_told_by_its_worst(string shown, params string[] lines) =>
        Assert.That(WireFact.Find("clear-text")!.Of(InClear(lines)), Is.EqualTo(shown));

    [TestCase("starttls-smtp")]
    [TestCase("starttls-imap")]
    [TestCase("starttls-pop3")]
    public void What_leads_to_TLS_is_no_clear_text(string capture) =>
        Assert.That(WireFact.Find("clear-text")!.Of(RecordedCell.See(capture).Connection!), Is.EqualTo("none"));

    [Test]
    public void Without_TLS_nobody_says_a_word_under_it()
    {
        Assert.That(WireFact.Find("speaks-first")!.Of(InClear(["EHLO client"])), Is.EqualTo("none"));
        Assert.That(WireFact.Find("unanswered")!.Of(InClear(["EHLO client", "QUIT"])), Is.EqualTo("none"));
    }

    private static DecodedConnection InClear(string[] lines)
    {
        var decoder = new ConnectionDecoder();
        var frame = 0;
        foreach (var line in lines)
        {
            decoder.Data(Direction.ClientToServer, Encoding.ASCII.GetBytes(line + "\r\n"), new(++frame, 0));
            decoder.Data(Direction.ServerToClient, "250 OK\r\n"u8, new(++frame, 0));
        }
        return decoder.Decode();
    }
}
