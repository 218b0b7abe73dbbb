using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Decoding;

/// <summary>Connections of real stacks, decoded from end to end.</summary>
public sealed class SampleConnectionTests
{
    // The server gave up, or refused early data, before it had the secret of one record, so it could log none.
    private static readonly string[] KeptFromServer =
        ["tls12-handshake-failure-no-client-certificate", "tls13-certificate-required", "tls13-early-data-refused-2"];

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void A_sample_is_read_without_a_fault_and_without_a_closed_record(string name)
    {
        var connection = SampleConnection.Get(name).Decode();

        Assert.That(connection.Faults, Is.Empty);
        Assert.That(
            connection.Events.OfType<EncryptedEvent>(), KeptFromServer.Contains(name)
            ? Has.Exactly(1).Items
            : Is.Empty);
        if (connection.Facts.FirstFatalAlert is null) Assert.That(connection.Facts.IsComplete, Is.True);
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void Without_secrets_records_stay_closed_and_nothing_is_a_fault(string name)
    {
        var sample = SampleConnection.Get(name);

        var connection = SampleConnection.Decode(sample.Steps, keyLog: null);

        Assert.That(connection.Faults, Is.Empty);
        Assert.That(connection.Facts.Version, Is.EqualTo(sample.Decode().Facts.Version));
        var isEncrypted = connection.Facts.Suite?.Info?.Mode != CipherMode.Null;
        Assert.That(connection.Events.OfType<ApplicationDataEvent>(), isEncrypted ? Is.Empty : Is.Not.Empty);
    }

    [Test]
    public void What_a_suite_does_not_encrypt_is_shown_without_secrets_and_not_called_authentic()
    {
        var sample = SampleConnection.Get("tls12-rsa-null-sha256");
        var whole = sample.Decode();

        var connection = SampleConnection.Decode(sample.Steps, keyLog: null);

        foreach (var direction in (Direction[])[Direction.ClientToServer, Direction.ServerToClient])
            Assert.That(connection.ApplicationData(direction), Is.EqualTo(whole.ApplicationData(direction)));
        Assert.That(
            connection.Messages.Select(item => item.Message.Type),
            Is.EqualTo(whole.Messages.Select(item => item.Message.Type)));
        Assert.That(connection.Records.Where(record => record.IsProtected).Select(record => record.Opened?.Status),
            Has.All.EqualTo(RecordStatus.Unverified));
        Assert.That(
            ConnectionVerifier.Verify(connection, keyLog: null),
            Has.None.Property("Severity").EqualTo(Severity.Error));
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void Events_and_records_stand_in_the_order_of_the_capture_early_data_too(string name)
    {
        var connection = SampleConnection.Get(name).Decode();

        Assert.That(connection.Events.Select(item => item.At.Number), Is.Ordered);
        foreach (var records in connection.Records.GroupBy(record => record.Direction))
        {
            Assert.That(
                records.Select(record => record.Number),
                Is.EqualTo(Enumerable.Range(1, records.Count()).Select(number => (long)number)));
        }
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void Octet_by_octet_gives_the_same_events(string name)
    {
        var sample = SampleConnection.Get(name);
        var octets = sample.Steps.SelectMany(step => step.End is not null
            ? [step]
            : step.Bytes.Select(octet => new SampleConnection.Step(step.Direction, [octet])));

        var connection = SampleConnection.Decode(octets, sample.KeyLog);

        Assert.That(Shape(connection), Is.EqualTo(Shape(sample.Decode())));
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void A_capture_that_ends_anywhere_blames_the_capture(string name)
    {
        var sample = SampleConnection.Get(name);
        var random = new Random(1);
        for (var i = 0; i < 8; i++)
        {
            var count = random.Next(sample.Steps.Count);
            var steps = sample.Steps.Take(count).Where(step => step.End is null).ToList();
            var last = sample.Steps[count];
            steps.Add(last with { Bytes = last.Bytes[..random.Next(last.Bytes.Length + 1)], End = null });

            var faults = SampleConnection.Decode(steps, sample.KeyLog).Faults.Select(item => item.Fault).ToList();

            Assert.That(faults.Select(fault => fault.Owner), Is.All.EqualTo(FaultOwner.CutCapture));
            Assert.That(faults.Select(fault => fault.Kind), Is.All.EqualTo(WireFaultKind.Truncated));
        }
    }

    [Test]
    public void The_trace_of_RFC_8448_opens_with_its_secrets()
    {
        var connection = SampleConnection.Get("rfc8448-section-3").Decode();

        Assert.That(connection.Messages.Select(item => item.Message.Type.ToString()), Is.EqualTo((string[])
        [
            "ClientHello", "ServerHello", "EncryptedExtensions", "Certificate", "CertificateVerify", "Finished",
            "Finished",
            "NewSessionTicket",
        ]));
        var payload = Enumerable.Range(0, 50).Select(value => (byte)value);
        Assert.That(connection.ApplicationData(Direction.ClientToServer), Is.EqualTo(payload));
        Assert.That(connection.ApplicationData(Direction.ServerToClient), Is.EqualTo(payload));
        Assert.That(connection.Facts.SignatureScheme, Is.EqualTo("rsa_pss_rsae_sha256"));
        Assert.That(connection.Facts.ServerName, Is.EqualTo("server"));
        Assert.That(connection.Facts.FirstClose,
            Is.EqualTo(
                new Closure(Direction.ClientToServer, CloseKind.CloseNotify, connection.Facts.FirstClose!.Value.At)));
    }

    [Test]
    public void Records_that_do_not_open_are_kept_once_and_then_within_the_limit()
    {
        var sample = SampleConnection.Get("tls13-x25519-aes256-gcm");
        var random = Convert.ToHexString(sample.Decode().Facts.ClientRandom.Span);
        var wrong = KeyLog.Parse($"SERVER_HANDSHAKE_TRAFFIC_SECRET {random} {new string('0', 96)}");
        var decoder = new ConnectionDecoder(DecodingLimits.Default with { ApplicationRecords = 0 });
        foreach (var step in sample.Steps.Where(step => step.End is null))
            decoder.Data(step.Direction, step.Bytes, default);

        var connection = decoder.Decode(wrong);

        Assert.That(connection.FromServer.FailedRecords, Is.GreaterThan(1));
        Assert.That(connection.Records.Count(record => record.Opened is { IsOk: false }), Is.EqualTo(1));
    }

    [Test]
    public void A_wrong_secret_is_one_fault_per_direction_and_no_more()
    {
        var sample = SampleConnection.Get("tls13-x25519-aes256-gcm");
        var random = Convert.ToHexString(sample.Decode().Facts.ClientRandom.Span);
        var wrong = KeyLog.Parse($"""
            SERVER_HANDSHAKE_TRAFFIC_SECRET {random} {new string('0', 96)}
            CLIENT_HANDSHAKE_TRAFFIC_SECRET {random} {new string('0', 96)}
            """);

        var faults = SampleConnection.Decode(sample.Steps, wrong).Faults.ToList();

        Assert.That(faults.Select(item => item.Fault.Kind), Is.All.EqualTo(WireFaultKind.Undecipherable));
        Assert.That(faults.Select(item => item.Fault.Detail), Is.All.EndsWith("Got: the tag does not fit"));
        Assert.That(faults.Select(item => item.Direction),
            Is.EquivalentTo((Direction[])[Direction.ClientToServer, Direction.ServerToClient]));
    }

    [Test]
    public void Early_data_and_its_end_are_read()
    {
        var connection = SampleConnection.Get("tls13-resumption-early-data-2").Decode();

        Assert.That(connection.Facts.IsResumed, Is.True);
        Assert.That(connection.Events.OfType<ApplicationDataEvent>().Where(item => item.IsEarly)
            .Select(item => System.Text.Encoding.ASCII.GetString(item.Content.Span)),
            Is.EqualTo((string[])["early\n"]));
        Assert.That(connection.Messages.Select(item => item.Message.Type), Does.Contain(HandshakeType.EndOfEarlyData));
    }

    [Test]
    public void A_fatal_alert_knows_who_sent_it_and_after_what()
    {
        var facts = SampleConnection.Get("tls12-no-shared-cipher").Decode().Facts;

        Assert.That(facts.FirstFatalAlert!.Direction, Is.EqualTo(Direction.ServerToClient));
        Assert.That(facts.FirstFatalAlert.Alert.Description, Is.EqualTo(AlertDescription.HandshakeFailure));
        Assert.That(facts.FirstFatalAlert.AfterMessage, Is.EqualTo(HandshakeType.ClientHello));
        Assert.That(facts.FirstClose!.Value.Kind, Is.EqualTo(CloseKind.FatalAlert));
        Assert.That(facts.IsComplete, Is.False);
    }

    [Test]
    public void What_goes_beyond_the_limit_is_a_fault_and_not_memory()
    {
        var decoder = new ConnectionDecoder(new DecodingLimits { Octets = 100 });
        decoder.Data(Direction.ClientToServer, new byte[200], default);

        Assert.That(decoder.Decode().Faults.Select(item => item.Fault.Kind),
            Is.EqualTo((WireFaultKind[])[WireFaultKind.LimitExceeded]));
    }

    [Test]
    public void Alpn_is_found_in_the_answer()
    {
        // A ServerHello of TLS 1.2 that chooses h2, put together by hand.
        byte[] body = [3, 3, .. new byte[32], 0, 0xc0, 0x2f, 0, 0, 9, 0, 16, 0, 5, 0, 3, 2, (byte)'h', (byte)'2'];
        byte[] record = [22, 3, 3, 0, (byte)(body.Length + 4), 2, 0, 0, (byte)body.Length, .. body];

        var connection = SampleConnection.Decode([new(Direction.ServerToClient, record)], keyLog: null);

        Assert.That(connection.Facts.Alpn, Is.EqualTo("h2"));
        Assert.That(connection.Messages.Single().Message.Body, Is.TypeOf<ServerHello>());
    }

    private static IEnumerable<string> Shape(DecodedConnection connection) =>
        connection.Events.Select(item => item switch
    {
        HandshakeEvent message =>
            $"{item.Direction} {message.Message.Type} {Convert.ToHexString(message.Message.Bytes.Span)}",
        ApplicationDataEvent data => $"{item.Direction} data {Convert.ToHexString(data.Content.Span)}",
        AlertEvent alert => $"{item.Direction} {alert.Alert}",
        _ => $"{item.Direction} {item.GetType().Name}",
    });
}
