using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Decoding;

/// <summary>Connections of SSL 2.0 (draft-hickman-netscape-ssl-00), put together by hand.</summary>
public sealed class SslV2Tests
{
    // CLIENT-HELLO with two cipher specs and a challenge of 16 octets
    private static readonly byte[] ClientHello =
        Record([1, 0, 2, 0, 6, 0, 0, 0, 16, 0x07, 0, 0xc0, 0x01, 0, 0x80, .. new byte[16]]);

    // SERVER-HELLO with a certificate of four octets, one cipher spec and a connection id of 16 octets
    private static readonly byte[] ServerHello =
        Record([4, 0, 1, 0, 2, 0, 4, 0, 3, 0, 16, 0x30, 2, 5, 0, 0x01, 0, 0x80, .. new byte[16]]);

    // CLIENT-MASTER-KEY, SERVER-VERIFY, CLIENT-FINISHED with padding, SERVER-FINISHED
    private static readonly SampleConnection.Step[] Steps =
    [
        new(Direction.ClientToServer, ClientHello),
        new(Direction.ServerToClient, ServerHello),
        new(Direction.ClientToServer, Record([2, 1, 0, 0x80, 0, 0, 0, 4, 0, 0, 9, 9, 9, 9])),
        new(Direction.ServerToClient, Record(new byte[33])),
        new(Direction.ClientToServer, [0x00, 40, 7, .. new byte[40]]),
        new(Direction.ServerToClient, Record(new byte[33])),
        new(Direction.ClientToServer, [], ConnectionEnd.Fin),
        new(Direction.ServerToClient, [], ConnectionEnd.Fin),
    ];

    [Test]
    public void A_connection_of_SSL_2_is_named_and_nobody_is_blamed_for_what_is_not_read()
    {
        var connection = SampleConnection.Decode(Steps, keyLog: null);

        Assert.That(connection.Facts.Version, Is.EqualTo(ProtocolVersion.Ssl2));
        Assert.That(connection.Faults, Is.Empty);
        Assert.That(connection.Messages.Select(item => item.Message.Body.GetType()),
            Is.EqualTo((Type[])[typeof(SslV2ClientHello), typeof(SslV2ServerHello)]));
        Assert.That(
            (connection.FromClient.ProtectedRecords, connection.FromServer.ProtectedRecords), Is.EqualTo((2, 2)));
        Assert.That(ConnectionOutcomes.Of(connection), Is.EqualTo(ConnectionOutcome.LikelyComplete));
        Assert.That(MessageCodes.Of(connection.Events), Is.EqualTo("CH | SH | AD* | AD* | AD* | AD*"));
        Assert.That(ConnectionVerifier.Verify(connection, keyLog: null).Select(found => (found.RuleId, found.Message)),
            Is.EqualTo(new[]
            {
                ("ssl2-negotiated", "Expected TLS 1.2 or newer. Got: SSL 2.0, RC4_128_WITH_MD5."),
            }));
    }

    [Test]
    public void Octet_by_octet_it_reads_the_same()
    {
        var octets = Steps.SelectMany(step => step.End is not null
            ? [step]
            : step.Bytes.Select(octet => new SampleConnection.Step(step.Direction, [octet])));

        Assert.That(
            MessageCodes.Of(SampleConnection.Decode(octets, keyLog: null).Events),
            Is.EqualTo("CH | SH | AD* | AD* | AD* | AD*"));
    }

    [Test]
    public void A_hello_in_that_form_may_be_answered_with_TLS()
    {
        byte[] alert = [21, 3, 1, 0, 2, 2, 40];
        var connection = SampleConnection.Decode(
            [
                Steps[0], new(Direction.ServerToClient, alert), new(Direction.ClientToServer, alert),
                new(Direction.ClientToServer, alert),
            ],
            keyLog: null);

        Assert.That(connection.Faults, Is.Empty);
        Assert.That(connection.Events.OfType<AlertEvent>().Count(), Is.EqualTo(3));
    }

    [TestCase(1, "no cipher")]
    [TestCase(6, "unsupported certificate type")]
    public void An_error_in_the_clear_is_the_end(byte code, string meaning)
    {
        byte[] error = Record([0, 0, code]);
        SampleConnection.Step fin = new(Direction.ServerToClient, [], ConnectionEnd.Fin);

        foreach (var (steps, findings) in ((SampleConnection.Step[], string[])[])
        [
            ([Steps[0], new(Direction.ServerToClient, error), fin], []),
            ([Steps[0], Steps[1], new(Direction.ClientToServer, error), fin], ["ssl2-negotiated"]),
        ])
        {
            var connection = SampleConnection.Decode(steps, keyLog: null);

            Assert.That(connection.Events.OfType<SslV2ErrorEvent>().Single().Meaning, Is.EqualTo(meaning));
            Assert.That(connection.Faults, Is.Empty);
            Assert.That(ConnectionOutcomes.Of(connection), Is.EqualTo(ConnectionOutcome.RefusedByAlert));
            Assert.That(MessageCodes.Of(connection.Events), Does.EndWith("| ERR"));
            Assert.That(ConnectionVerifier.Verify(connection, keyLog: null).Select(found => found.RuleId),
                Is.EqualTo(findings));
        }
    }

    [Test]
    public void Cipher_specs_have_their_names()
    {
        var reader = new WireReader(ClientHello.AsMemory(2));
        var hello = SslV2ClientHello.Read(ref reader);

        Assert.That(string.Join(", ", hello.CipherSpecs.Append(new(0x00000a)).Append(new(0x0f0080))), Is.EqualTo(
            "DES_192_EDE3_CBC_WITH_MD5, RC4_128_WITH_MD5, RSA_WITH_3DES_EDE_CBC_SHA, 0x0f0080"));
        Assert.That(hello.CipherSuites, Is.Empty);
    }

    [Test]
    public void The_answer_gives_the_same_octets_again()
    {
        var reader = new WireReader(ServerHello.AsMemory(2));
        var hello = SslV2ServerHello.Read(ref reader);
        var writer = new WireWriter();
        hello.Write(writer, default);

        Assert.That(reader.Fault, Is.Null);
        Assert.That(writer.ToArray(), Is.EqualTo(ServerHello[2..]));
        Assert.That(hello.CipherSpecs, Is.EqualTo((SslV2CipherSpec[])[new(0x010080)]));
    }

    [Test]
    public void What_is_cut_off_is_the_capture_s_fault([Range(1, 60)] int length)
    {
        byte[] sent = [.. ServerHello, .. Steps[3].Bytes];
        var connection = SampleConnection.Decode(
            [Steps[0], new(Direction.ServerToClient, sent[..length])], keyLog: null);

        Assert.That(connection.Faults.Select(item => item.Fault.Owner), Has.All.EqualTo(FaultOwner.CutCapture));
    }

    private static byte[] Record(byte[] content) => [0x80, (byte)content.Length, .. content];
}
