using System.Runtime.CompilerServices;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Snapshots;
using TlsInterop.Tls.Tests.Captures;
using Step = TlsInterop.Tls.Tests.Captures.SampleConnection.Step;

namespace TlsInterop.Tls.Tests.Snapshots;

public sealed class SnapshotTextTests
{
    private const int ApplicationData = 23;

    private static IEnumerable<string> Captures =>
        SampleConnection.Names.Where(name => !name.StartsWith("session-", StringComparison.Ordinal));

    [TestCaseSource(nameof(Captures))]
    public void A_capture_gives_its_verified_snapshot(string name)
    {
        var text = SnapshotText.Render(
            SampleConnection.Get(name).Decode(), new SnapshotHeader { CellId = name, Verdict = "pass" });

        var path = Path.Combine(Folder(), $"{name}.verified.txt");
        var received = Path.ChangeExtension(path, null)[..^".verified".Length] + ".received.txt";
        var verified = File.Exists(path) ? File.ReadAllText(path) : "";
        if (text != verified) File.WriteAllText(received, text);
        else File.Delete(received);
        Assert.That(text, Is.EqualTo(verified), $"Compare {received}; if it is right, rename it to .verified.txt");
    }

    [TestCase(21600u, 21600ul)]
    [TestCase(21599u, 21600ul, TestName = "A resumed session's ticket has what remains of the first one's lifetime")]
    [TestCase(0u, 0ul)]
    [TestCase(uint.MaxValue, 4294967340ul)]
    public void A_lifetime_is_told_in_whole_minutes(uint seconds, ulong told)
    {
        var ticket = new NewSessionTicket(seconds, AgeAdd: 1, Nonce: default, new byte[] { 1 }, ExtensionList.Absent);

        Assert.That(ticket.Describe(new SnapshotTokens()), Does.StartWith($"lifetime {told} s,"));
    }

    [Test]
    public void A_greeting_stands_first_though_the_client_did_not_wait_for_it()
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ClientToServer, "a CAPABILITY\r\n"u8, default);
        decoder.Data(Direction.ServerToClient, "* OK ready\r\n* CAPABILITY IMAP4rev1\r\n"u8, default);

        var text = SnapshotText.RenderBody(decoder.Decode());

        Assert.That(text.IndexOf("← * OK ready", StringComparison.Ordinal),
            Is.InRange(0, text.IndexOf("→ a CAPABILITY", StringComparison.Ordinal)));
        Assert.That(text.IndexOf("← * CAPABILITY", StringComparison.Ordinal),
            Is.GreaterThan(text.IndexOf("→ a CAPABILITY", StringComparison.Ordinal)));
    }

    [Test]
    public void Every_verified_snapshot_belongs_to_a_capture() =>
        Assert.That(Directory.GetFiles(Folder(), "*.verified.txt")
            .Select(path => Path.GetFileName(path)[..^".verified.txt".Length]),
            Is.EquivalentTo(Captures));

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void Segments_and_racing_packets_change_nothing(string name)
    {
        var sample = SampleConnection.Get(name);
        var decoded = sample.Decode();
        var expected = SnapshotText.RenderBody(decoded);
        List<Step> steps = [.. sample.Steps.SelectMany(RecordsOf)];
        for (var seed = 0; seed < 4; seed++)
        {
            // Who is refused closes because of the alert: that is no race.
            var shuffled = decoded.Facts.FirstFatalAlert is null ? Race(steps, new Random(seed)) : steps;
            Assert.That(
                SnapshotText.RenderBody(SampleConnection.Decode(shuffled, sample.KeyLog)), Is.EqualTo(expected));
            Assert.That(SnapshotText.RenderBody(
                SampleConnection.Decode(Recut(shuffled, new Random(seed)), sample.KeyLog)),
                Is.EqualTo(expected));
        }
    }

    [TestCase(ConnectionEnd.Fin, ConnectionEnd.Fin)]
    [TestCase(ConnectionEnd.Fin, ConnectionEnd.Reset)]
    [TestCase(ConnectionEnd.Reset, ConnectionEnd.Fin)]
    public void How_sockets_end_after_close_notify_is_not_told(ConnectionEnd client, ConnectionEnd server)
    {
        var sample = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm");
        var expected = SnapshotText.RenderBody(sample.Decode());

        var text = SnapshotText.RenderBody(SampleConnection.Decode(
            [
                .. sample.Steps.Where(step => step.End is null),
                new(Direction.ServerToClient, [], server),
                new(Direction.ClientToServer, [], client),
            ],
            sample.KeyLog));

        Assert.That(text, Is.EqualTo(expected));
    }

    [TestCase(ConnectionEnd.Fin, "→ FIN                    without an alert")]
    [TestCase(ConnectionEnd.Reset, "→ RST                    without an alert")]
    public void A_client_that_gives_up_without_an_alert_is_told(ConnectionEnd end, string line)
    {
        var sample = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm");
        var firstFlights = sample.Steps.Take(2);

        var text = SnapshotText.RenderBody(
            SampleConnection.Decode([.. firstFlights, new(Direction.ClientToServer, [], end)], sample.KeyLog));

        Assert.That(text, Does.EndWith($"← ServerHelloDone\n{line}\n"));
    }

    // A mail server that closes after its last word: what its client answers depends on what reaches it first.
    [TestCase(true, ConnectionEnd.Fin)]
    [TestCase(true, ConnectionEnd.Reset)]
    [TestCase(false, ConnectionEnd.Fin)]
    [TestCase(false, ConnectionEnd.Reset)]
    public void A_server_that_closes_without_close_notify_is_told_and_how_its_client_took_it_is_not(
        bool clientSaysGoodbye, ConnectionEnd clientEnd)
    {
        var sample = SampleConnection.Get("tls10-rsa-aes128-cbc-sha");
        var steps = sample.Steps.Where(step => step.End is null).ToList();
        var lastOfServer = steps.FindLastIndex(step => step.Direction == Direction.ServerToClient);
        var lastOfClient = steps.FindLastIndex(step => step.Direction == Direction.ClientToServer);
        var kept = steps.Where((_, index) => index != lastOfServer && (clientSaysGoodbye || index != lastOfClient));

        var text = SnapshotText.RenderBody(SampleConnection.Decode(
            [
                .. kept,
                new(Direction.ServerToClient, [], ConnectionEnd.Fin),
                new(Direction.ClientToServer, [], clientEnd),
            ],
            sample.KeyLog));

        Assert.That(text, Does.EndWith("→ closed   ← no close_notify\n"));
    }

    [Test]
    public void Lines_before_TLS_are_kept_without_what_varies()
    {
        var hello = SampleConnection.Get("tls12-no-shared-cipher").Steps[0];
        var text = SnapshotText.RenderBody(SampleConnection.Decode(
            [
                Text(Direction.ServerToClient, "220 srv.test ESMTP Exim 4.96 Sun, 22 Nov 2026 03:10:00 +0000\r\n"),
                Text(Direction.ClientToServer, "EHLO c0ffee123456\r\n"),
                Text(Direction.ServerToClient, "250-srv.test Hello c0ffee123456 [172.17.0.3]\r\n250 STARTTLS\r\n"),
                Text(Direction.ClientToServer, "STARTTLS\r\n"),
                Text(Direction.ServerToClient, "220 TLS go ahead\r\n"),
                hello,
            ],
            keyLog: null));

        Assert.That(text, Does.StartWith("""
            ← 220 srv.test ESMTP Exim 4.96 {date}
            → EHLO {host}
            ← 250-srv.test Hello {host}
            ← 250 STARTTLS
            → STARTTLS
            ← 220 TLS go ahead
            → ClientHello 
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Findings_and_remarks_are_shown()
    {
        var connection = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm").Decode();
        connection.Messages.Last().Remark = "verify_data ok";

        var text = SnapshotText.Render(connection, new SnapshotHeader
        {
            CellId = "a/b/tls/tls1.2",
            Verdict = "fail",
            Findings = ["something is wrong", "FIN 13.2 ms after ClientHello", "Got: 0123456789abcdef01234567."],
            PayloadRemark = "payload as expected",
        });

        Assert.That(text, Does.StartWith(
            "a/b/tls/tls1.2\nverdict fail · TLS 1.2 · ECDHE_RSA_WITH_AES_128_GCM_SHA256 · x25519"));
        Assert.That(text, Does.Contain("← Finished               verify_data ok\n"));
        Assert.That(text, Does.Contain("payload as expected\n"));
        Assert.That(text, Does.EndWith("findings:\n  something is wrong\n  FIN {time} after ClientHello\n  Got: {12 octets}.\n"));
    }

    [Test]
    public void An_answer_tells_the_words_of_one_end_alone()
    {
        var text = SnapshotText.Render(SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm").Decode(), new SnapshotHeader
        {
            CellId = "a/b/tls/tls1.2",
            Verdict = "pass",
            AnswerFrom = Direction.ServerToClient,
        });

        Assert.That(text, Does.Not.Contain("→").And.Not.Contain("↔"));
        Assert.That(text, Does.Contain("← ServerHello ").And.Contain("← application data "));
        Assert.That(text, Does.EndWith("← close_notify\nfindings: none\n"));
    }

    [Test]
    public void An_answer_is_the_same_whatever_crosses_with_its_alert()
    {
        var connection = SampleConnection.Get("tls12-no-shared-cipher").Decode();

        var text = SnapshotText.Render(
            connection, new SnapshotHeader { CellId = "a", Verdict = "pass", AnswerFrom = Direction.ServerToClient });

        Assert.That(text, Does.EndWith("← alert                  handshake_failure (40)\nfindings: none\n"));
    }

    private static Step Text(Direction direction, string text) =>
        new(direction, System.Text.Encoding.ASCII.GetBytes(text));

    private static IEnumerable<Step> RecordsOf(Step step)
    {
        var rest = step.Bytes.AsMemory();
        while (rest.Length > 5)
        {
            var length = 5 + (rest.Span[3] << 8 | rest.Span[4]);
            if (length > rest.Length) break;
            yield return new(step.Direction, rest[..length].ToArray());
            rest = rest[length..];
        }
        if (step.End is not null || !rest.IsEmpty) yield return step with { Bytes = rest.ToArray() };
    }

    // Each record may be seen before or after neighbours of the other direction, except that nobody answers a plain
    // handshake record or ChangeCipherSpec before it was sent: only what is protected or an alert races.
    private static List<Step> Race(List<Step> steps, Random random)
    {
        var firstRacing = steps.FindLastIndex(step => step.Bytes is [not ApplicationData, ..]) + 1;
        var tail = steps.Skip(firstRacing).ToList();
        // In TLS 1.3 protected handshake messages look like data: the race begins where both ends have sent something.
        var finished = tail.FindIndex(step => step.Direction == Direction.ClientToServer) + 1;
        var result = steps.Take(firstRacing + finished).ToList();
        var queues = tail.Skip(finished).GroupBy(step => step.Direction).Select(group => new Queue<Step>(group))
            .ToList();
        while (queues.Count > 0)
        {
            var queue = queues[random.Next(queues.Count)];
            result.Add(queue.Dequeue());
            if (queue.Count == 0) queues.Remove(queue);
        }
        return result;
    }

    private static IEnumerable<Step> Recut(IEnumerable<Step> steps, Random random)
    {
        foreach (var step in steps)
        {
            if (step.End is not null)
            {
                yield return step;
                continue;
            }
            var rest = step.Bytes.AsMemory();
            while (!rest.IsEmpty)
            {
                var length = random.Next(1, rest.Length + 1);
                yield return new(step.Direction, rest[..length].ToArray());
                rest = rest[length..];
            }
        }
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
