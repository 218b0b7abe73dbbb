using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Tls.Tests.Decoding.ClearText;

public sealed class ClearTextMaskTests
{
    [TestCase("PASS secret", "PASS ***")]
    [TestCase("pass s e c r e t", "pass ***")]
    [TestCase("USER alice", "USER alice")]
    [TestCase("AUTH PLAIN AGFsaWNlAHNlY3JldA==", "AUTH PLAIN ***")]
    [TestCase("AUTH TLS", "AUTH TLS")]
    [TestCase("APOP alice c4c9334bac560ecc979e58001b3e22fb", "APOP alice ***")]
    [TestCase("a1 LOGIN alice secret", "a1 LOGIN alice ***")]
    [TestCase("a1 login \"alice w\" \"secret\"", "a1 login \"alice ***")]
    [TestCase("a1 AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==", "a1 AUTHENTICATE PLAIN ***")]
    [TestCase("AUTHENTICATE \"PLAIN\" \"AGFsaWNlAHNlY3JldA==\"", "AUTHENTICATE \"PLAIN\" ***")]
    [TestCase("AUTHENTICATE YWxpY2UAYWxpY2UAc2VjcmV0", "AUTHENTICATE ***")]
    [TestCase("AUTHENTICATE PLAIN", "AUTHENTICATE PLAIN")]
    [TestCase("AUTHINFO PASS secret", "AUTHINFO PASS ***")]
    [TestCase("AUTHINFO USER alice", "AUTHINFO USER alice")]
    [TestCase("OPER alice secret", "OPER alice ***")]
    [TestCase("PRIVMSG NickServ :IDENTIFY secret", "PRIVMSG NickServ ***")]
    [TestCase("AUTH secret", "AUTH ***")]
    [TestCase("AUTH alice secret", "AUTH ***")]
    [TestCase("JOIN #room secret", "JOIN #room ***")]
    [TestCase("password=secret", "password=***")]
    [TestCase("user=alice&pw=secret", "***")]
    [TestCase("X-Auth-Token: secret", "X-Auth-Token:***")]
    [TestCase("GET /a?key=secret HTTP/1.1", "GET /a?*** HTTP/1.1")]
    [TestCase("GET http://alice:secret@a.example/b HTTP/1.1", "GET http://***@a.example/b HTTP/1.1")]
    [TestCase("NOOP YWxpY2UAYWxpY2UAc2VjcmV0", "NOOP ***")]
    [TestCase("NOOP eyJhbGciOi.eyJzdWIiOi.c2lnbmF0", "NOOP ***")]
    [TestCase("Authorization: Basic YWxpY2U6c2VjcmV0", "Authorization: Basic ***")]
    [TestCase("Authorization: YWxpY2U6c2VjcmV0", "Authorization: ***")]
    [TestCase("Cookie: id=1", "Cookie: ***")]
    [TestCase("GET //bob:hunter2@a.example/b HTTP/1.1", "GET //***@a.example/b HTTP/1.1")]
    [TestCase("MAIL FROM:<pass@example>", "MAIL FROM:<pass@example>")]
    public void A_line_keeps_all_but_its_secret(string line, string shown) =>
        Assert.That(Masked(line), Is.EqualTo((string[])[shown]));

    [Test]
    public void Answers_to_challenges_are_hidden_until_a_command_comes() =>
        Assert.That(
            Masked("AUTH LOGIN", "YWxpY2U=", "c2VjcmV0", "MAIL FROM:<a@example>", "HELP"),
            Is.EqualTo((string[])["AUTH LOGIN", "***", "***", "MAIL FROM:<a@example>", "HELP"]));

    [Test]
    public void A_command_of_one_word_ends_the_exchange() =>
        Assert.That(Masked("a AUTHENTICATE CRAM-MD5", "YWxpY2U=", "STARTTLS", "x"),
            Is.EqualTo((string[])["a AUTHENTICATE CRAM-MD5", "***", "STARTTLS", "x"]));

    [Test]
    public void Literals_are_hidden() =>
        Assert.That(Masked("a LOGIN {5}", "alice {8}", "se cret!", "b NOOP"),
            Is.EqualTo((string?[])["a LOGIN {5}", "***", null, "b NOOP"]));

    [TestCase("bob:hunter2@proxy.example:443", "***@proxy.example:443")]
    [TestCase("proxy.example:443", "proxy.example:443")]
    [TestCase("//bob:hunter2@a.example?x", "//***@a.example?***")]
    [TestCase("/a@b", "/a@b")]
    public void A_target_is_shown_without_user_and_password(string target, string shown) =>
        Assert.That(HttpTarget.Shown(Encoding.ASCII.GetBytes(target)), Is.EqualTo(shown));

    [Test]
    public void What_stands_behind_an_empty_literal_is_hidden() =>
        Assert.That(Masked("a LOGIN {0+}", " hunter2", "b NOOP"),
            Is.EqualTo((string?[])["a LOGIN {0+}", "***", "b NOOP"]));

    [Test]
    public void A_literal_is_measured_and_not_guessed() =>
        Assert.That(Masked("a LOGIN alice {9}", "a", "b NOOP", "c NOOP"),
            Is.EqualTo((string?[])["a LOGIN alice ***", null, null, "c NOOP"]));

    [Test]
    public void A_secret_longer_than_a_line_may_be_stays_hidden_to_its_end()
    {
        var mask = new ClearTextMask();

        Assert.That(Line(mask, "AUTH GSSAPI AAAA"), Is.EqualTo("AUTH GSSAPI ***"));
        Assert.That(Line(mask, "BBBB CCCC"), Is.Null);
        Assert.That(Line(mask, "DDDD\r\n"), Is.Null);
        Assert.That(Line(mask, "MAIL FROM:<>\r\n"), Is.EqualTo("MAIL FROM:<>"));
    }

    [Test]
    public void Behind_a_gap_only_a_command_is_shown()
    {
        var mask = new ClearTextMask();
        mask.Gap(Direction.ClientToServer);

        Assert.That(Line(mask, "se cret\r\n"), Is.Null);
        Assert.That(Line(mask, "HELP\r\n"), Is.Null);
        Assert.That(Line(mask, "EHLO me there\r\n"), Is.EqualTo("EHLO me ***"));
    }

    [Test]
    public void The_secrets_of_XMPP_are_hidden()
    {
        var connection = SampleDialogue.Decode(SampleDialogue.Of("", """
            >= <stream:stream>
            >= <auth mechanism='PLAIN'>AGFsaWNlAHNlY3JldA==</auth>
            >= <iq><query><username>alice</username><password>secret</password></query></iq>
            """).Steps);

        Assert.That(SampleDialogue.Show(connection).Skip(1), Is.EqualTo((string[])
        [
            "→ <auth mechanism='PLAIN'>***</auth>",
            "→ <iq><query><username>alice</username><password>***</password></query></iq>",
        ]));
    }

    [Test]
    public void The_passwords_of_binary_protocols_are_never_shown()
    {
        byte[] login = [0, 2, .. new byte[30], .. "alice\0\u0006secret"u8];
        (Direction, byte[])[] dialogues =
        [
            (Direction.ClientToServer, [0x30, 22, 2, 1, 1, 0x60, 17, 2, 1, 3, 4, 4, .. "cn=a"u8, 0x80, 6,
                .. "secret"u8]),
            (Direction.ClientToServer, [0, 0, 0, 14, 0, 3, 0, 0, .. "user\0"u8, 0, (byte)'p', 0, 0, 0, 11,
                .. "secret\0"u8]),
        ];

        var shown = dialogues.SelectMany(step => SampleDialogue.Show(SampleDialogue.Decode([step])))
            .Concat(SampleDialogue.Show(SampleDialogue.Decode(
            [
                (Direction.ServerToClient, [10, 0, 0, 0, 10, .. "8.0.36\0"u8, 1, 1]),
                (Direction.ClientToServer, [(byte)login.Length, 0, 0, 1, .. login]),
            ])));

        Assert.That(shown, Is.EqualTo((string[])
        [
            "→ bind request, name \"cn=a\", simple ***", "→ StartupMessage, user ", "→ password message ***",
            "← greeting 8.0.36, without CLIENT_SSL", "→ login, user alice, password ***",
        ]));
        Assert.That(Encoding.UTF8.GetString(login), Does.Contain("secret"));
    }

    private static List<string?> Masked(params IEnumerable<string> lines)
    {
        var mask = new ClearTextMask();
        return lines.Select(line => Line(mask, $"{line}\r\n")).ToList();
    }

    private static string? Line(ClearTextMask mask, string line) =>
        mask.Line(Direction.ClientToServer, Encoding.ASCII.GetBytes(line));
}
