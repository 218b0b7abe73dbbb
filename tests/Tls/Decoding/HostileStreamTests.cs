using System.IO.Compression;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Decoding;

/// <summary>Streams that are made to cost the reader more than they cost the sender.</summary>
public sealed class HostileStreamTests
{
    private const int AMinute = 60_000; // seconds, even on a busy machine; without the bound it would take hours

    [Test]
    public void Segments_of_one_octet_are_limited_by_their_number()
    {
        var decoder = new ConnectionDecoder();
        for (var i = 0; i < DecodingLimits.Default.Segments + 10; i++)
            decoder.Data(Direction.ClientToServer, "."u8, default);

        Assert.That(LimitsReached(decoder.Decode()), Is.EqualTo(1));
    }

    [Test]
    public void Gaps_are_limited_by_their_number()
    {
        var decoder = new ConnectionDecoder();
        for (var i = 0; i < DecodingLimits.Default.Segments + 10; i++)
            decoder.Gap(Direction.ClientToServer, 1, default);

        var connection = decoder.Decode();

        Assert.That(LimitsReached(connection), Is.EqualTo(1));
        Assert.That(connection.Events.OfType<GapEvent>().Count(), Is.EqualTo(DecodingLimits.Default.Segments));
    }

    [TestCase(22)]
    [TestCase(23)]
    public void Records_without_content_are_limited_by_their_number(byte contentType)
    {
        var connection =
            Decode(Direction.ClientToServer, Repeated(DecodingLimits.Default.Items + 10, Record(contentType, [])));

        Assert.That(LimitsReached(connection), Is.EqualTo(1));
        Assert.That(connection.Records, Has.Count.LessThanOrEqualTo(DecodingLimits.Default.Items));
    }

    [Test]
    [MaxTime(AMinute)]
    public void Hellos_full_of_extensions_take_no_longer_than_they_are_long()
    {
        byte[] extensions = [.. Enumerable.Range(0x8000, 16_000).SelectMany(type => (byte[])[.. U16(type), 0, 0])];
        var hello =
            Message(1, [3, 3, .. new byte[32], 0, .. U16(2), 0, 47, 1, 0, .. U16(extensions.Length), .. extensions]);

        var connection = Decode(Direction.ClientToServer, Repeated(60, Records(hello)));

        Assert.That(connection.Messages.Count(), Is.EqualTo(60));
        Assert.That(connection.Faults, Is.Empty);
    }

    [Test]
    [MaxTime(AMinute)]
    public void ServerHellos_without_end_are_verified_in_the_time_that_they_take_to_read()
    {
        var decoder = new ConnectionDecoder();
        var clientHello = Message(1, [3, 3, .. new byte[32], 0, .. U16(2), 0, 47, 1, 0]);
        var serverHello = Message(2, [3, 3, .. new byte[32], 0, 0, 53, 0, .. U16(4), .. U16(0x7777), 0, 0]);
        decoder.Data(Direction.ClientToServer, Records(clientHello), default);
        decoder.Data(Direction.ServerToClient, Repeated(100_000, Records(serverHello)), default);

        var findings = ConnectionVerifier.Verify(decoder.Decode(), keyLog: null);

        Assert.That(
            findings.Count(finding => finding.RuleId == "suite-not-offered"), Is.EqualTo(Rules.MaximumFindingsPerRule));
        Assert.That(findings.Count(finding => finding.RuleId == "extension-not-asked"),
            Is.EqualTo(Rules.MaximumFindingsPerRule));
    }

    [Test]
    public void Gaps_without_end_in_a_connection_that_is_decoded_as_it_comes_are_limited_by_their_number()
    {
        var decoder = new ConnectionDecoder(new DecodingLimits { Items = 100 });
        decoder.GoLive(keyLog: null);
        for (var i = 0; i < 1000; i++) decoder.Gap(Direction.ClientToServer, 1, default);

        var connection = decoder.Decode();

        Assert.That(connection.Events, Has.Count.EqualTo(101));
        Assert.That(LimitsReached(connection), Is.EqualTo(1));
    }

    [Test]
    public void Certificates_count_with_what_they_unpack_to()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize)) zlib.Write(
            [0x0f, 0xff, 0xfd, 0x0f, 0xff, 0xfa, .. new byte[(1 << 20) - 6]]);
        byte[] content = packed.ToArray();
        var message = Message(25, [0, 1, 0x10, 0, 0, 0, .. U16(content.Length), .. content]);

        var connection = Decode(Direction.ServerToClient, Repeated(100, Records(message)));

        Assert.That(LimitsReached(connection), Is.EqualTo(1));
        Assert.That(connection.Messages.Count(), Is.LessThan(20));
    }

    [Test]
    public void A_MySQL_error_without_its_number_is_told_as_it_is()
    {
        var connection = Decode(Direction.ServerToClient, [1, 0, 0, 0, 0xff, 0, 4]);

        Assert.That(connection.Events, Is.Not.Empty);
    }

    private static int LimitsReached(DecodedConnection connection) =>
        connection.Faults.Count(item => item.Fault.Kind == WireFaultKind.LimitExceeded);

    private static DecodedConnection Decode(Direction direction, byte[] stream)
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(direction, stream, default);
        return decoder.Decode();
    }

    private static byte[] Repeated(int count, byte[] bytes) =>
        [.. Enumerable.Repeat(bytes, count).SelectMany(each => each)];

    private static byte[] Records(byte[] message) => [.. message.Chunk(1 << 14).SelectMany(part => Record(22, part))];

    private static byte[] Record(byte contentType, byte[] fragment) =>
        [contentType, 3, 3, .. U16(fragment.Length), .. fragment];

    private static byte[] Message(byte type, byte[] body) =>
        [type, (byte)(body.Length >> 16), .. U16(body.Length & 0xffff), .. body];

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];
}
