using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Tests.Decoding.ClearText;

/// <summary>Nothing that could be used to log in is shown, however a dialogue is cut.</summary>
public sealed class SecretsInClearTextTests
{
    private const string Secret = "S3cret";

    /// <summary>A secret in base64; <c>[SECRET]</c> in a dialogue.</summary>
    private static readonly string Base64 =
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"\0alice\0{Secret}{Secret}"));

    private static readonly string[] Dialogues =
    [
        """
        > GET /page?token=S3cret HTTP/1.1
        > Host: a.example
        > Cookie: id=S3cret
        > Authorization: Bearer S3cret
        > X-Api-Key: S3cret
        >  S3cret S3cret
        >
        < HTTP/1.1 302 Found
        < Set-Cookie: id=S3cret; Path=/
        < Location: https://alice:S3cret@b.example/?code=S3cret
        <
        """,
        """
        > POST http://alice:S3cret@a.example/ HTTP/1.1
        > Content-Type: application/x-www-form-urlencoded
        > Content-Length: 27
        >
        >= user=alice&passwd=S3cret&a=b
        < HTTP/1.1 200 OK
        <
        < {"access_token":"S3cret"}
        < S3cret
        """,
        """
        > POST / HTTP/1.1
        > Transfer-Encoding: chunked
        >
        > 6
        > S3cret
        > 0
        >
        """,
        """
        > password S3cret
        > Cookie: id=S3cret
        < Set-Cookie: id=S3cret
        < {"access_token":"S3cret"}
        """,
        """
        < 220 mail.example ESMTP
        > EHLO me
        > AUTH PLAIN [SECRET]
        > AUTH LOGIN
        > [SECRET]
        < 334 [SECRET]
        > [SECRET]
        > DATA
        < 354 go on
        > Subject: your password
        >
        > it is S3cret, or else [SECRET]
        > .
        > BDAT 14 LAST
        > it is S3cret
        > QUIT
        """,
        """
        < * OK IMAP4rev1 ready
        > a LOGIN alice S3cret
        > b LOGIN {5}
        > alice S3cret
        > c LOGIN alice {15}
        > S3cret
        > S3cret!
        > d AUTHENTICATE PLAIN [SECRET]
        > e AUTHENTICATE PLAIN
        > [SECRET]
        > f FETCH 1 BODY[]
        < * 1 FETCH (BODY[] {14}
        < it is S3cret
        < )
        """,
        """
        < +OK POP3 ready
        > USER alice
        > PASS S3cret S3cret
        > RETR 1
        < +OK
        < it is S3cret
        < .
        """,
        """
        < 220 ftp.example FTP
        > USER alice
        > PASS S3cret
        > ACCT S3cret
        > ADAT [SECRET]
        > SITE PSWD S3cret S3cret
        """,
        """
        < 200 news.example
        > AUTHINFO USER alice
        > AUTHINFO PASS S3cret
        > AUTHINFO SIMPLE
        > alice S3cret
        > AUTHINFO SASL PLAIN [SECRET]
        """,
        """
        < "IMPLEMENTATION" "Example"
        > AUTHENTICATE "PLAIN" "[SECRET]"
        > AUTHENTICATE "PLAIN" {6+}
        > S3cret
        """,
        """
        > PASS S3cret
        > NICK me
        > OPER me S3cret
        > JOIN #room S3cret
        > PRIVMSG NickServ :IDENTIFY S3cret
        > PRIVMSG Q@a.example :AUTH me S3cret
        > AUTHENTICATE [SECRET]
        """,
        """
        >= <?xml version='1.0'?><stream:stream to='example'>
        >= <auth mechanism='PLAIN'>S3cret</auth>
        >= <auth mechanism='PLAIN' password='S3cret'><![CDATA[S3cret]]></auth>
        >= <iq><query><username>alice</username><password>S3cret</password></query></iq>
        >= <handshake>S3cret</handshake>
        <= <success>S3cret</success>
        """,
        """
        <= Login:
        > alice
        <= Password:
        > S3cret of mine
        """,
        """
        >x 2a330d0a
        > $4
        > AUTH
        > $6
        > S3cret
        """,
        // PostgreSQL, MySQL before 4.1, LDAP, SOCKS 5 with another method, RDP: S3cret is 533363726574
        """
        >x 00000008 04d2162f
        <x 4e
        >x 00000022 00030000 6f7074696f6e7300 533363726574533363726500 00 00000000 70 0000000b 53336372657400
        """,
        """
        <x 4a000000 0a 332e32332e3000 0b000000 0102030405060708 00 ffff ff 0200 ffdf 15 00000000000000000000 0102030405060708090a0b0c 00 6d7973716c5f6e61746976655f70617373776f726400
        >x 29000001 0500 000000 616c69636500 533363726574533363726574533363726574533363726574533363726574
        """,
        ">x 3016 020101 6011 020103 0404 636e3d61 8006 533363726574",
        """
        >x 050101
        <x 0501
        >x 0101 0006 533363726574
        """,
    ];

    private static IEnumerable<int> Numbers => Enumerable.Range(0, Dialogues.Length);

    [TestCaseSource(nameof(Numbers))]
    public void No_secret_is_shown(int number) => AssertHidden(SampleDialogue.Decode(Steps(number)), $"{number}");

    [TestCaseSource(nameof(Numbers))]
    public void No_secret_is_shown_octet_by_octet(int number) =>
        AssertHidden(SampleDialogue.Decode(SampleDialogue.OctetByOctet(Steps(number))), $"{number}");

    [TestCaseSource(nameof(Numbers))]
    public void No_secret_is_shown_where_a_capture_ends(int number)
    {
        var octets = SampleDialogue.OctetByOctet(Steps(number)).ToList();
        for (var length = 0; length <= octets.Count; length++)
            AssertHidden(SampleDialogue.Decode(octets.Take(length)), $"{number}, the first {length} octets");
    }

    [TestCaseSource(nameof(Numbers))]
    public void No_secret_is_shown_behind_a_gap(int number)
    {
        var steps = Steps(number);
        for (var lost = 0; lost < steps.Count; lost++)
        {
            for (var length = 1; length <= Math.Min(steps[lost].Bytes.Length, 24); length++)
            {
                var decoder = new ConnectionDecoder();
                for (var i = 0; i < steps.Count; i++)
                {
                    var (from, bytes) = steps[i];
                    if (i == lost) decoder.Gap(from, length, default);
                    decoder.Data(from, i == lost ? bytes[length..] : bytes, default);
                }
                AssertHidden(decoder.Decode(), $"{number}, {length} octets of step {lost} lost");
            }
        }
    }

    [TestCase("GET / HTTP/1.1\r\nCookie: ")]
    [TestCase("GET /?")]
    [TestCase("EHLO me\r\nAUTH PLAIN ")]
    [TestCase("<stream:stream><auth mechanism='PLAIN'>")]
    [TestCase("<stream:stream><iq><query><password>")]
    [TestCase("PASS ")]
    [TestCase("a LOGIN alice ")]
    [TestCase("POST / HTTP/1.1\r\nContent-Length: 60000\r\n\r\n")]
    public void No_secret_is_shown_that_is_longer_than_a_message_may_be(string before)
    {
        byte[] octets = [.. Encoding.ASCII.GetBytes(before), .. Enumerable.Repeat("S3cret"u8.ToArray(), 9000)
            .SelectMany(part => part)];

        AssertHidden(SampleDialogue.Decode([(Direction.ClientToServer, octets)]), before);
        AssertHidden(SampleDialogue.Decode(octets.Chunk(1000).Select(part => (Direction.ClientToServer, part))),
            before);
    }

    [Test]
    public void Of_clear_text_in_place_of_a_record_no_more_than_a_header_is_evidence()
    {
        var connection = SampleDialogue.Decode(
        [
            (Direction.ClientToServer, SampleDialogue.ClientHello),
            (Direction.ServerToClient, SampleDialogue.ServerHello),
            (Direction.ClientToServer, Encoding.ASCII.GetBytes($"PASS {Secret}\r\n")),
        ]);

        Assert.That(
            connection.Events.OfType<FaultEvent>().Select(item => Encoding.ASCII.GetString(item.Bytes.Span)),
            Is.EqualTo((string[])["PASS "]));
    }

    private static List<(Direction From, byte[] Bytes)> Steps(int number) =>
        [.. SampleDialogue.Of("", Dialogues[number].Replace("[SECRET]", Base64, StringComparison.Ordinal)).Steps];

    private static void AssertHidden(DecodedConnection connection, string what)
    {
        var shown = string.Join("\n", SampleDialogue.Show(connection));
        // Four letters of it would help already; the beginning of the base64 is the user's name.
        foreach (var part in (string[])[Secret[..4], Secret[2..], Base64[10..18], Base64[^12..^4], "53336372"])
            Assert.That(shown, Does.Not.Contain(part), what);
    }
}
