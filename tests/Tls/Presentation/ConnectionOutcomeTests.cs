using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Capture.Packets;
using TlsInterop.Tls.Tests.Captures;
using static TlsInterop.Tls.Tests.Presentation.CapturedSample;

namespace TlsInterop.Tls.Tests.Presentation;

public sealed class ConnectionOutcomeTests
{
    private static readonly SampleConnection Tls12 = SampleConnection.Get("tls12-ecdhe-rsa-aes128-gcm");
    private static readonly SampleConnection Tls13 = SampleConnection.Get("tls13-x25519-aes256-gcm");

    [Test]
    public void A_server_that_answers_in_clear_text_did_answer() =>
        Assert.That(
            Outcome(
                Tls12.Steps[0], new(Direction.ServerToClient, [.. "HTTP/1.1 400 Bad Request\r\n\r\n"u8]),
                End(Direction.ServerToClient)),
            Is.EqualTo(ConnectionOutcome.AnsweredInClearText));

    [Test]
    public void A_direction_that_was_acknowledged_but_not_captured_is_not_taken_for_silence()
    {
        var tcp = new TestConversation();
        CapturedConnection? only = null;
        var table = new ConnectionTable(new(), ended => only = new(ended.Info, ended.Decoder.Decode(), new()), null);
        var number = 0;
        foreach (var frame in (byte[][])
        [
            tcp.Syn(), tcp.Send(Direction.ClientToServer, 0, [], 0),
            tcp.Send(Direction.ClientToServer, 0, Tls12.Steps[0].Bytes, 0),
            tcp.Fin(Direction.ClientToServer, Tls12.Steps[0].Bytes.Length, 1500),
        ])
        {
            table.Frame(new(new(++number, number), LinkType.Ethernet, frame.Length), frame);
        }
        table.Flush();

        Assert.That(ConnectionOutcomes.Of(only!.Decoded), Is.EqualTo(ConnectionOutcome.OneSided));
        Assert.That(only.Decoded.FromServer.MissingOctets, Is.EqualTo(1500));
    }

    [Test]
    public void Every_outcome_has_a_word_of_its_own()
    {
        var outcomes = Enum.GetValues<ConnectionOutcome>();

        Assert.That(ConnectionOutcomes.All, Has.Count.EqualTo(outcomes.Length).And.Unique);
        foreach (var outcome in outcomes)
            Assert.That(outcome.Word().Replace("_", ""), Is.EqualTo(outcome.ToString().ToLowerInvariant()));
    }

    [TestCase("tls12-ecdhe-rsa-aes128-gcm", true, ConnectionOutcome.Complete)]
    [TestCase("tls12-ecdhe-rsa-aes128-gcm", false, ConnectionOutcome.Complete)]
    [TestCase("tls13-x25519-aes256-gcm", true, ConnectionOutcome.Complete)]
    [TestCase("tls13-x25519-aes256-gcm", false, ConnectionOutcome.LikelyComplete)]
    [TestCase("tls12-no-shared-cipher", false, ConnectionOutcome.RefusedByAlert)]
    public void A_sample(string name, bool hasKeys, ConnectionOutcome expected) =>
        Assert.That(Summary(Of(name, hasKeys)).Outcome, Is.EqualTo(expected));

    [TestCase("CLIENT_")]
    [TestCase("SERVER_")]
    [TestCase("CLIENT_HANDSHAKE_")]
    [TestCase("SERVER_HANDSHAKE_")]
    [TestCase("CLIENT_TRAFFIC_")]
    public void Some_of_the_secrets_show_no_worse_end_than_none(string missing) =>
        Assert.That(OutcomeWithout("tls13-chacha20", missing),
            Is.EqualTo(missing == "CLIENT_TRAFFIC_" ? ConnectionOutcome.Complete : ConnectionOutcome.LikelyComplete));

    [TestCase("CLIENT_")]
    [TestCase("none")]
    public void An_alert_behind_what_only_the_end_of_a_handshake_lets_through_comes_after_it(string missing) =>
        Assert.That(OutcomeWithout("tls13-certificate-required", missing),
            Is.EqualTo(ConnectionOutcome.AlertAfterHandshake));

    [Test]
    public void An_alert_that_ends_the_handshake_before_the_client_is_through_refuses_it_whatever_stays_closed()
    {
        // RFC 8446, Section 5.1: an alert in the clear, where the server's flight stays closed
        byte[] alert = [21, 3, 3, 0, 2, 2, 48];

        Assert.That(Outcome(Tls13.Steps[0], Tls13.Steps[1], Client(alert), End(Direction.ClientToServer)),
            Is.EqualTo(ConnectionOutcome.RefusedByAlert));
    }

    [Test]
    public void Nothing_but_ends_is_no_data() =>
        Assert.That(Outcome(End(Direction.ClientToServer), End(Direction.ServerToClient)),
            Is.EqualTo(ConnectionOutcome.NoData));

    [Test]
    public void Another_protocol_is_no_TLS() =>
        Assert.That(
            Outcome(Client("GET / HTTP/1.1\r\n\r\n"u8.ToArray()), Server("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray())),
            Is.EqualTo(ConnectionOutcome.NotTls));

    [Test]
    public void A_hello_that_the_server_closes_on_is_unanswered() =>
        Assert.That(Outcome(Tls12.Steps[0], End(Direction.ServerToClient)), Is.EqualTo(ConnectionOutcome.Unanswered));

    [Test]
    public void A_hello_at_the_end_of_the_capture_is_cut() =>
        Assert.That(Outcome(Tls12.Steps[0]), Is.EqualTo(ConnectionOutcome.CaptureCut));

    [Test]
    public void A_bare_FIN_after_the_servers_flight_closes_in_the_handshake()
    {
        var outcome = Summary(Of([Tls12.Steps[0], Tls12.Steps[1], End(Direction.ClientToServer)]));

        Assert.That(outcome.Outcome, Is.EqualTo(ConnectionOutcome.ClosedInHandshake));
        Assert.That(SummaryText.Line(outcome), Does.Contain(" · closed in handshake: FIN from the client · "));
    }

    [Test]
    public void A_client_of_TLS_13_that_answers_with_an_encrypted_alert_is_not_complete()
    {
        // RFC 8446, Section 5.2: two octets of alert, one of type, sixteen of tag
        byte[] alert = [23, 3, 3, 0, 19, .. new byte[19]];

        Assert.That(Outcome(Tls13.Steps[0], Tls13.Steps[1], Client(alert), End(Direction.ClientToServer)),
            Is.EqualTo(ConnectionOutcome.ClosedInHandshake));
    }

    [Test]
    public void Records_without_hellos_start_late() =>
        Assert.That(Outcome(Client([23, 3, 3, 0, 2, 1, 2]), Server([23, 3, 3, 0, 2, 3, 4])),
            Is.EqualTo(ConnectionOutcome.StartsLate));

    private static ConnectionOutcome OutcomeWithout(string name, string missing)
    {
        var log = new KeyLog();
        foreach (var line in SampleConnection.KeyLogText(name).Split('\n'))
            if (!line.StartsWith(missing, StringComparison.Ordinal)) log.AddLines(line);
        return Summary(Of(SampleConnection.Get(name).Steps, log)).Outcome;
    }

    private static ConnectionOutcome Outcome(params SampleConnection.Step[] steps) => Summary(Of(steps)).Outcome;
}
