using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Tls.Tests.Decoding.ClearText;

public sealed class ClearTextDialogueTests
{
    private static IEnumerable<string> Protocols => SampleDialogues.All.Select(sample => sample.Protocol);

    [TestCaseSource(nameof(Protocols))]
    public void A_dialogue_is_named_and_shown_and_TLS_follows(string protocol)
    {
        var sample = Sample(protocol);
        var connection = SampleDialogue.Decode(sample.WithTls());

        Assert.That(SampleDialogue.Show(connection), Is.EqualTo(sample.Shown));
        Assert.That(connection.Facts.ClearTextProtocol, Is.EqualTo(sample.Protocol));
        Assert.That(connection.Messages.Select(item => item.Message.Body.GetType()),
            Is.EqualTo((Type[])[typeof(ClientHello), typeof(ServerHello)]));
        Assert.That(connection.Faults, Is.Empty);
    }

    [TestCaseSource(nameof(Protocols))]
    public void Octet_by_octet_a_dialogue_is_the_same(string protocol)
    {
        var sample = Sample(protocol);
        var connection = SampleDialogue.Decode(SampleDialogue.OctetByOctet(sample.WithTls()));

        Assert.That(SampleDialogue.Show(connection), Is.EqualTo(sample.Shown));
        Assert.That(connection.Facts.ClearTextProtocol, Is.EqualTo(sample.Protocol));
        Assert.That(connection.Messages.Count(), Is.EqualTo(2));
    }

    [TestCaseSource(nameof(Protocols))]
    public void All_of_a_direction_in_one_segment_is_the_same_for_it(string protocol)
    {
        var sample = Sample(protocol);
        foreach (var from in Enum.GetValues<Direction>())
        {
            // The other end stays as it is: its messages may decide how these are read.
            var own = sample.WithTls().Where(step => step.From == from).SelectMany(step => step.Bytes).ToArray();
            var other = sample.WithTls().Where(step => step.From != from);
            var connection = SampleDialogue.Decode(from == Direction.ClientToServer ? [(from, own), .. other]
                : [.. other, (from, own)]);

            Assert.That(
                connection.Messages.Where(item => item.Direction == from).Select(item => item.Message.Body.GetType()),
                Is.EqualTo((Type[])[from == Direction.ClientToServer ? typeof(ClientHello) : typeof(ServerHello)]),
                $"{from}");
        }
    }

    [TestCaseSource(nameof(Protocols))]
    public void The_request_and_the_go_ahead_are_known(string protocol)
    {
        var sample = Sample(protocol);
        var meanings = SampleDialogue.Decode(sample.WithTls()).Events.OfType<ClearTextEvent>()
            .Select(item => item.Meaning).Where(meaning => meaning != ClearTextMeaning.None).Order();

        Assert.That(meanings, Is.EqualTo((ClearTextMeaning[])[ClearTextMeaning.StartTls, ClearTextMeaning.GoAhead])
            .Or.EqualTo((ClearTextMeaning[])[ClearTextMeaning.Tunnel, ClearTextMeaning.TunnelOpen])
            .Or.EqualTo((ClearTextMeaning[])[ClearTextMeaning.TunnelOpen]));
    }

    [TestCaseSource(nameof(Protocols))]
    public void Any_octet_may_be_anything_and_any_prefix_the_end(string protocol)
    {
        var sample = Sample(protocol);
        var random = new Random(7);
        for (var i = 0; i < 100; i++)
        {
            var steps = sample.WithTls().Select(step => (step.From, Bytes: step.Bytes.ToArray())).ToList();
            foreach (var (_, bytes) in steps)
            {
                if (random.Next(2) == 0 && bytes.Length > 0) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            var last = random.Next(steps.Count);
            steps[last] = (steps[last].From, steps[last].Bytes[..random.Next(steps[last].Bytes.Length + 1)]);

            Assert.That(() => SampleDialogue.Decode(i % 2 == 0 ? steps : SampleDialogue.OctetByOctet(steps)),
                Throws.Nothing);
        }
    }

    [Test]
    public void Behind_a_tunnel_a_dialogue_begins_anew()
    {
        var sample = Sample("IMAP");
        foreach (var tunnel in (string[])["SOCKS 4", "SOCKS 5", "HTTP CONNECT", "PROXY protocol"])
        {
            var connection = SampleDialogue.Decode([.. Sample(tunnel).Steps, .. sample.WithTls()]);

            Assert.That(connection.Facts.ClearTextProtocol, Is.EqualTo($"{tunnel}, IMAP"));
            Assert.That(SampleDialogue.Show(connection), Is.EqualTo(Sample(tunnel).Shown.Concat(sample.Shown)));
            Assert.That(connection.Messages.Count(), Is.EqualTo(2));
        }
    }

    [Test]
    public void A_proxy_that_first_wants_a_password_is_read_on()
    {
        var connection = SampleDialogue.Decode([.. SampleDialogue.Of("", """
            > CONNECT a.example:443 HTTP/1.1
            > 
            < HTTP/1.1 407 Proxy Authentication Required
            < Content-Length: 9
            < 
            <= not today
            > CONNECT a.example:443 HTTP/1.1
            > Proxy-Authorization: Basic YWxpY2U6c2VjcmV0
            > 
            < HTTP/1.0 200 OK
            < 
            """).Steps, (Direction.ClientToServer, SampleDialogue.ClientHello)]);

        Assert.That(Meanings(connection), Is.EqualTo((ClearTextMeaning[])
        [
            ClearTextMeaning.Tunnel, ClearTextMeaning.TunnelRefused, ClearTextMeaning.Tunnel,
            ClearTextMeaning.TunnelOpen,
        ]));
        Assert.That(SampleDialogue.Show(connection), Does.Contain("→ Proxy-Authorization: Basic ***"));
    }

    [TestCase("> STARTTLS\n< 454 TLS not available", "< 220 mail ESMTP")]
    [TestCase("> a STARTTLS\n< * still here\n< a BAD unknown command", "< * OK ready")]
    [TestCase("> STLS\n< -ERR no", "< +OK ready")]
    [TestCase("> AUTH TLS\n< 502 no", "< 220 ftp.example FTP")]
    [TestCase("> STARTTLS\n< 580 no", "< 200 news")]
    [TestCase("> STARTTLS\n< NO \"not now\"", "< \"SASL\" \"\"")]
    [TestCase("> STARTTLS\n< :irc.example 691 me :STARTTLS failed", "> NICK me")]
    [TestCase(">= <starttls/>\n<= <failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", ">= <stream:stream>")]
    [TestCase(">x 00000008 04d2162f\n<x 4e", ">x 0000000804d21630\n<x 4e")]
    [TestCase("<x 300c 020101 7807 0a0135 0400 0400",
        ">x 301d 020101 7718 8016 312e332e362e312e342e312e313436362e3230303337")]
    [TestCase("<x 03000013 0ed000001234 00 0300080005000000", ">x 03000013 0ee000000000 00 0100080001000000")]
    public void A_refusal_is_known(string refusal, string before)
    {
        var connection = SampleDialogue.Decode(SampleDialogue.Of("", $"{before}\n{refusal}").Steps);

        Assert.That(Meanings(connection),
            Is.EqualTo((ClearTextMeaning[])[ClearTextMeaning.StartTls, ClearTextMeaning.Refusal]));
    }

    [TestCase("HELP", "hello")]
    [TestCase("one", "two")]
    public void Lines_of_an_unknown_protocol_are_shown_and_TLS_is_found_behind_them(string client, string server)
    {
        var connection = SampleDialogue.Decode(SampleDialogue.Of("", $"> {client}\n< {server}").WithTls());

        Assert.That(SampleDialogue.Show(connection), Is.EqualTo((string[])[$"→ {client}", $"← {server}"]));
        Assert.That(connection.Facts.ClearTextProtocol, Is.Null);
        Assert.That(connection.Messages.Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_capture_that_begins_within_TLS_counts_what_it_cannot_read_and_finds_the_next_record()
    {
        byte[] middle = [.. Enumerable.Range(0, 100).Select(value => (byte)(value * 7))];
        var connection = SampleDialogue.Decode(
            [(Direction.ServerToClient, [.. middle, .. SampleDialogue.ServerHello])]);

        Assert.That(SampleDialogue.Show(connection).Single(), Does.StartWith("← 100 octets that are no text: 00070e"));
        Assert.That(connection.Messages.Single().Message.Body, Is.TypeOf<ServerHello>());
    }

    [Test]
    public void Behind_a_gap_a_binary_dialogue_is_left_and_lines_go_on()
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ClientToServer, [5, 2, 0], default);
        decoder.Gap(Direction.ClientToServer, 10, default);
        decoder.Data(Direction.ClientToServer, "EHLO me\r\n"u8, default);

        Assert.That(SampleDialogue.Show(decoder.Decode()),
            Is.EqualTo((string[])["→ 3 octets of an incomplete message", "→ EHLO me"]));
    }

    [Test]
    public void Text_without_an_end_is_shown_up_to_a_limit()
    {
        var line = new byte[1000];
        line.AsSpan().Fill((byte)'x');
        line[^1] = (byte)'\n';
        (Direction, byte[])[] steps =
        [
            (Direction.ClientToServer, "EHLO me\r\n"u8.ToArray()),
            .. Enumerable.Repeat((Direction.ClientToServer, line), 1000),
        ];

        var shown = SampleDialogue.Show(SampleDialogue.Decode(steps)).ToList();

        Assert.That(shown.Sum(text => text.Length), Is.InRange(250 << 10, 260 << 10));
        Assert.That(
            SampleDialogue.Decode([.. steps, (Direction.ClientToServer, SampleDialogue.ClientHello)]).Messages.Count(),
            Is.EqualTo(1));
    }

    [Test]
    public void A_line_that_never_ends_is_shown_at_its_beginning()
    {
        var part = new byte[40_000];
        part.AsSpan().Fill((byte)'x');

        Assert.That(
            SampleDialogue.Show(SampleDialogue.Decode([(Direction.ServerToClient, part)])),
            Is.EqualTo((string[])[$"← {new string('x', 16384)}", "← 23616 octets of content"]));
    }

    [Test]
    public void An_answer_without_a_line_end_stands_before_the_end_that_came_after_it()
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ClientToServer, "hello\n"u8, new FrameStamp(1, 10));
        decoder.Data(Direction.ServerToClient, "no"u8, new FrameStamp(2, 20));
        decoder.End(Direction.ClientToServer, ConnectionEnd.Fin, new FrameStamp(3, 30));
        decoder.End(Direction.ServerToClient, ConnectionEnd.Fin, new FrameStamp(4, 40));

        Assert.That(decoder.Decode().Events.Select(item => item.At.Number), Is.EqualTo([1L, 2, 3, 4]));
    }

    [Test]
    public void Of_what_nobody_knows_the_beginning_is_shown_and_the_rest_counted()
    {
        var steps = Enumerable.Repeat((Direction.ClientToServer, "x\r\n"u8.ToArray()), 100);

        Assert.That(
            SampleDialogue.Show(SampleDialogue.Decode(steps)),
            Is.EqualTo((string[])[.. Enumerable.Repeat("→ x", 32), "→ 204 octets of content"]));
    }

    private static SampleDialogue Sample(string protocol) =>
        SampleDialogues.All.Single(item => item.Protocol == protocol);

    private static IEnumerable<ClearTextMeaning> Meanings(DecodedConnection connection) =>
        connection.Events.OfType<ClearTextEvent>().Select(item => item.Meaning)
            .Where(meaning => meaning is not (ClearTextMeaning.None or ClearTextMeaning.NoText));
}
