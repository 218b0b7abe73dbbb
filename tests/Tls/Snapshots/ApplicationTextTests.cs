using System.Text;
using TlsInterop.Tls.Snapshots;
using TlsInterop.Tls.Tests.Captures;

namespace TlsInterop.Tls.Tests.Snapshots;

public sealed class ApplicationTextTests
{
    [TestCase("EHLO me\r\nNOOP\r\nQUIT\r\n", "250-srv Hello\r\n250 SIZE\r\n250 OK\r\n221 bye\r\n", "EHLO, NOOP, QUIT",
        "250, 250, 221")]
    [TestCase("EHLO me\r\n", "220 srv ESMTP\r\n250 srv\r\n", "EHLO", "220, 250")]
    [TestCase("a CAPABILITY\r\nb LOGIN user secret\r\nc LOGOUT\r\n",
        "* OK ready\r\n* CAPABILITY IMAP4rev1\r\na OK done\r\nb NO sorry\r\n* BYE\r\nc OK\r\n",
        "CAPABILITY, LOGIN, LOGOUT", "* OK, OK, NO, * BYE, OK")]
    [TestCase("hello\n", "olleh\n", "6 octets", "6 octets")]
    [TestCase("", "", "0 octets", "0 octets")]
    public void Mail_dialogues_are_words_and_anything_else_is_octets(string client, string server, string said,
        string answered) =>
        Assert.That(ApplicationText.Describe(Encoding.ASCII.GetBytes(client), Encoding.ASCII.GetBytes(server)),
            Is.EqualTo((said, answered)));

    [Test]
    public void Closed_records_are_told_without_their_number_or_length()
    {
        var sample = SampleConnection.Get("tls13-x25519-aes256-gcm");

        var text = SnapshotText.RenderBody(SampleConnection.Decode(sample.Steps, keyLog: null));

        Assert.That(text, Does.EndWith("↔ protected records      → encrypted   ← encrypted\n"));
    }

    [Test]
    public void Finished_stays_closed_without_a_secret()
    {
        var sample = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm");

        var text = SnapshotText.RenderBody(SampleConnection.Decode(sample.Steps, keyLog: null));

        Assert.That(text, Does.Contain("→ ChangeCipherSpec\n→ Finished (encrypted)\n← NewSessionTicket"));
        Assert.That(text, Does.EndWith(
            "↔ application data       → encrypted   ← encrypted\n→ alert (encrypted)   ← alert (encrypted)\n"));
    }
}
