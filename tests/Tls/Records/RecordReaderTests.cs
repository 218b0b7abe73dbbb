using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Records;

public sealed class RecordReaderTests
{
    private static readonly byte[] HelloRequest = [0, 0, 0, 0];
    private static readonly byte[] ServerHelloDone = [14, 0, 0, 0];

    [Test]
    public void Records_are_found_whatever_segments_they_come_in()
    {
        byte[] stream = [.. Record(22, [1, 2, 3]), .. Record(21, [2, 40]), .. Record(23, [])];
        for (var size = 1; size <= stream.Length; size++)
        {
            var sink = new Sink();
            var reader = new RecordReader(sink);
            foreach (var chunk in stream.Chunk(size)) reader.Read(chunk, default);

            Assert.That(sink.Records.Select(record => (record.Type.Code, record.Fragment.Length)),
                Is.EqualTo(((byte, int)[])[(22, 3), (21, 2), (23, 0)]));
            Assert.That(sink.Faults, Is.Empty);
        }
    }

    [Test]
    public void Bytes_that_are_no_TLS_are_one_fault_and_reading_goes_on_at_the_next_header()
    {
        var sink = new Sink();
        var reader = new RecordReader(sink);

        reader.Read("HTTP/1.1 400 Bad Request\r\n"u8, default);
        reader.Read([.. "rubbish"u8, .. Record(21, [2, 40])], default);

        Assert.That(sink.Faults.Select(fault => fault.Kind), Is.EqualTo((WireFaultKind[])[WireFaultKind.NotTls]));
        Assert.That(sink.Records.Select(record => record.Type), Is.EqualTo((ContentType[])[ContentType.Alert]));
    }

    // RFC 5246, Appendix E.1: servers take any minor version there.
    [TestCase(0)]
    [TestCase(5)]
    [TestCase(0xff)]
    public void The_record_of_a_ClientHello_may_have_any_minor_version(int minor)
    {
        byte[] hello = [22, 3, (byte)minor, 0, 4, 1, 0, 0, 0];
        for (var size = 1; size <= hello.Length; size++)
        {
            var sink = new Sink();
            var reader = new RecordReader(sink);
            foreach (var chunk in hello.Chunk(size)) reader.Read(chunk, default);

            Assert.That(
                sink.Records.Select(record => record.Version.Code), Is.EqualTo((ushort[])[(ushort)(0x300 | minor)]));
            Assert.That(sink.Faults, Is.Empty);
        }
    }

    [Test]
    public void Other_records_of_an_unknown_version_are_no_TLS()
    {
        var sink = new Sink();
        new RecordReader(sink).Read([22, 3, 0xff, 0, 4, 2, 0, 0, 0], default);

        Assert.That(sink.Faults.Select(fault => fault.Kind), Is.EqualTo((WireFaultKind[])[WireFaultKind.NotTls]));
    }

    [Test]
    public void A_record_that_is_too_long_is_a_fault()
    {
        var sink = new Sink();
        new RecordReader(sink).Read([23, 3, 3, 0xff, 0xff, 1], default);

        Assert.That(
            sink.Faults.Select(fault => fault.Kind), Is.EqualTo((WireFaultKind[])[WireFaultKind.LengthOutOfRange]));
        Assert.That(
            sink.Faults[0].Detail, Is.EqualTo("Expected a record of at most 2^14 + 2048 octets. Got: 65535"));
    }

    [Test]
    public void A_gap_costs_the_record_that_it_hits_and_no_more()
    {
        var sink = new Sink();
        var reader = new RecordReader(sink);
        reader.Read(Record(22, new byte[100]).AsSpan(0, 50), default);

        reader.Gap(1000, default);
        reader.Read([0, 0, 0, .. Record(21, [1, 0])], default);

        Assert.That(sink.Faults.Select(fault => (fault.Kind, fault.Owner)),
            Is.EqualTo(((WireFaultKind, FaultOwner)[])[(WireFaultKind.Truncated, FaultOwner.CutCapture)]));
        Assert.That(sink.Records.Select(record => record.Type), Is.EqualTo((ContentType[])[ContentType.Alert]));
    }

    [Test]
    public void A_hello_of_SSL_2_is_recognised_and_read()
    {
        // RFC 5246, Appendix E.2: two cipher specs, one of SSL 2.0 alone, and a challenge of 16 octets.
        byte[] body = [1, 3, 1, 0, 6, 0, 0, 0, 16, 0x07, 0x00, 0xc0, 0x00, 0x00, 0x2f, .. new byte[16]];
        byte[] stream = [0x80, (byte)body.Length, .. body];

        var connection = Decode(Direction.ClientToServer, stream);

        var message = connection.Messages.Single().Message;
        Assert.That(message.Body, Is.TypeOf<SslV2ClientHello>());
        Assert.That(
            ((SslV2ClientHello)message.Body).CipherSuites.Select(suite => suite.Code), Is.EqualTo((ushort[])[0x002f]));
        Assert.That(connection.Faults, Is.Empty);
    }

    [Test]
    public void Several_messages_in_a_record_and_a_message_over_several_records()
    {
        byte[] content = [.. HelloRequest, .. ServerHelloDone, .. HelloRequest];
        var connection = Decode(Direction.ServerToClient,
            [.. Record(22, content[..1]), .. Record(22, content[1..9]), .. Record(22, []),
                .. Record(22, content[9..])]);

        Assert.That(connection.Messages.Select(item => item.Message.Type),
            Is.EqualTo((HandshakeType[])[HandshakeType.HelloRequest, HandshakeType.ServerHelloDone,
                HandshakeType.HelloRequest]));
        Assert.That(connection.Faults, Is.Empty);
    }

    [Test]
    public void A_message_may_be_as_long_as_its_length_can_say()
    {
        var content = new byte[4 + 0xffffff - 1];
        (content[0], content[1], content[2], content[3]) = (99, 0xff, 0xff, 0xff);
        var joiner = new HandshakeJoiner();
        foreach (var chunk in content.Chunk(1 << 14)) joiner.Add(chunk);
        Assert.That(joiner.Next(), Is.Null);

        joiner.Add(new byte[] { 1 });

        Assert.That(joiner.Next()?.Length, Is.EqualTo(content.Length + 1));
        Assert.That(joiner.IsInside, Is.False);
    }

    [Test]
    public void A_peer_that_closes_inside_a_record_is_to_blame()
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ServerToClient, Record(22, [14, 0, 0, 9, 1, 2, 3]).AsSpan(0, 10), default);
        decoder.End(Direction.ServerToClient, ConnectionEnd.Fin, default);

        var faults = decoder.Decode().Faults.Select(item => item.Fault).ToList();

        Assert.That(faults.Select(fault => fault.Owner), Is.Not.Empty.And.All.EqualTo(FaultOwner.Peer));
    }

    [Test]
    public void A_message_that_another_record_interrupts_is_the_peers_fault()
    {
        var connection = Decode(Direction.ServerToClient, [.. Record(22, [14, 0]), .. Record(20, [1])]);

        Assert.That(connection.Faults.Select(item => (item.Fault.Kind, item.Fault.Owner)),
            Is.EqualTo(((WireFaultKind, FaultOwner)[])[(WireFaultKind.Truncated, FaultOwner.Peer)]));
    }

    [Test]
    public void Ciphertext_in_a_plain_alert_record_is_a_closed_record_and_not_nine_alerts()
    {
        var connection = Decode(Direction.ClientToServer, Record(21, [0x2f, .. new byte[17]]));

        Assert.That(connection.Events, Has.Exactly(1).Items.And.All.InstanceOf<EncryptedEvent>());
    }

    [Test]
    public void Random_bytes_never_throw()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            if (i % 2 == 0 && bytes.Length > 5) (bytes[0], bytes[1], bytes[2], bytes[3]) = (22, 3, 3, 0);
            var direction = i % 3 == 0 ? Direction.ServerToClient : Direction.ClientToServer;
            Assert.That(() => Decode(direction, bytes), Throws.Nothing);
        }
    }

    private static byte[] Record(byte type, byte[] content) =>
        [type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static DecodedConnection Decode(Direction direction, byte[] stream)
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(direction, stream, default);
        return decoder.Decode();
    }

    private sealed class Sink : IRecordSink
    {
        public List<TlsRecord> Records { get; } = [];

        public List<WireFault> Faults { get; } = [];

        public void Record(TlsRecord record) => Records.Add(record);

        public void Fault(WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at) => Faults.Add(fault);
    }
}
