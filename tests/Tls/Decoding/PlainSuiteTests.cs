using System.IO.Compression;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Decoding;

/// <summary>Records of a suite that encrypts nothing, put together by hand: compressed ones, and heartbeats.</summary>
public sealed class PlainSuiteTests
{
    private const int MacLength = 32;

    [Test]
    public void Compressed_records_are_one_stream_and_are_inflated()
    {
        byte[][] contents = [[.. "GET / HTTP/1.1\r\n"u8], [], [.. "GET / HTTP/1.1\r\n"u8], new byte[1 << 14]];

        var connection = Decode(Deflated(contents).Select(part => Record(23, [.. part, .. new byte[MacLength]])));

        Assert.That(connection.Faults, Is.Empty);
        Assert.That(
            connection.Events.OfType<ApplicationDataEvent>().Select(item => item.Content.ToArray()),
            Is.EqualTo(contents));
        Assert.That(connection.Facts.Compression, Is.EqualTo(CompressionMethod.Deflate));
    }

    [Test]
    public void A_record_that_inflates_to_more_than_any_record_holds_is_a_fault_and_all_behind_it_stay_closed()
    {
        var parts = Deflated([new byte[(1 << 14) + 1025], [.. "after"u8]]);

        var connection = Decode(parts.Select(part => Record(23, [.. part, .. new byte[MacLength]])));

        Assert.That(
            connection.Faults.Select(item => item.Fault.Field), Is.EqualTo((string[])["TLSCompressed.fragment"]));
        Assert.That(connection.Events.OfType<ApplicationDataEvent>(), Is.Empty);
        Assert.That(connection.Events.OfType<EncryptedEvent>().Count(), Is.EqualTo(2));
    }

    [Test]
    public void What_is_no_zlib_is_a_fault_once([Values(0, 1, 0x78, 0xff)] int first)
    {
        var record = Record(23, [(byte)first, 0xff, 7, 7, .. new byte[MacLength]]);

        var connection = Decode([record, record, record]);

        Assert.That(connection.Faults.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Behind_a_missing_record_compressed_ones_stay_closed_and_nobody_is_blamed()
    {
        var parts = Deflated([[.. "one"u8], [.. "two"u8], [.. "three"u8]])
            .Select(part => Record(23, [.. part, .. new byte[MacLength]])).ToArray();
        var decoder = Begun();
        decoder.Data(Direction.ServerToClient, parts[0], default);
        decoder.Gap(Direction.ServerToClient, parts[1].Length, default);
        decoder.Data(Direction.ServerToClient, parts[2], default);

        var connection = decoder.Decode();

        Assert.That(connection.ApplicationData(Direction.ServerToClient), Is.EqualTo("one"u8.ToArray()));
        Assert.That(connection.Faults, Is.Empty);
    }

    [Test]
    public void A_heartbeat_is_told_with_its_length()
    {
        var connection = Heartbeat([1, 0, 3, 7, 7, 7, .. new byte[16]]);

        Assert.That(connection.Events.OfType<HeartbeatEvent>().Single(), Has.Property("PayloadLength").EqualTo(3)
            .And.Property("MessageType").EqualTo(1).And.Property("Octets").EqualTo(22));
        Assert.That(connection.Faults, Is.Empty);
    }

    [TestCase("01 4000", "16384 octets of its memory (Heartbleed, CVE-2014-0160)")]
    [TestCase("01 0004 070707 00000000000000000000000000000000", "octets of padding")]
    [TestCase("01 00", "payload_length")]
    public void A_heartbeat_whose_length_is_not_true_is_called_so(string content, string said)
    {
        var connection = Heartbeat(Convert.FromHexString(content.Replace(" ", "")));

        var fault = connection.Faults.Single().Fault;
        Assert.That((fault.Field, fault.Owner), Is.EqualTo(("payload_length", FaultOwner.Peer)));
        Assert.That(fault.ToString(), Does.Contain(said));
    }

    private static DecodedConnection Heartbeat(byte[] content) =>
        SampleConnection.Decode([new(Direction.ClientToServer, Record(24, content))], keyLog: null);

    private static byte[][] Deflated(IEnumerable<byte[]> contents)
    {
        using var packed = new MemoryStream();
        using var zlib = new ZLibStream(packed, CompressionLevel.Optimal);
        var parts = new List<byte[]>();
        foreach (var content in contents)
        {
            packed.SetLength(0);
            zlib.Write(content);
            zlib.Flush();
            parts.Add(packed.ToArray());
        }
        return [.. parts];
    }

    private static DecodedConnection Decode(IEnumerable<byte[]> records)
    {
        var decoder = Begun();
        foreach (var record in records) decoder.Data(Direction.ServerToClient, record, default);
        return decoder.Decode();
    }

    // RSA_WITH_NULL_SHA256 with DEFLATE, up to the server's ChangeCipherSpec
    private static ConnectionDecoder Begun()
    {
        var decoder = new ConnectionDecoder();
        byte[] random = new byte[32];
        decoder.Data(Direction.ClientToServer, Handshake(1, [3, 3, .. random, 0, 0, 2, 0, 0x3b, 2, 1, 0]), default);
        decoder.Data(Direction.ServerToClient, Handshake(2, [3, 3, .. random, 0, 0, 0x3b, 1]), default);
        decoder.Data(Direction.ServerToClient, Record(20, [1]), default);
        return decoder;
    }

    private static byte[] Handshake(byte type, byte[] body) => Record(22, [type, 0, 0, (byte)body.Length, .. body]);

    private static byte[] Record(byte type, byte[] fragment) =>
        [type, 3, 3, (byte)(fragment.Length >> 8), (byte)fragment.Length, .. fragment];
}
