using System.IO.Compression;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Tls.Tests.Capture.Files;

[TestFixture]
public sealed class CaptureFileReadTests
{
    private static readonly byte[] Frame = [.. Enumerable.Range(1, 21).Select(value => (byte)value)];

    [Test]
    public void Pcap_is_read_in_both_byte_orders_and_both_time_units(
        [Values] bool littleEndian, [Values(0xa1b2c3d4u, 0xa1b23c4du)] uint magic)
    {
        var file =
            new TestFile(littleEndian).Pcap(magic).PcapRecord(7, 9, Frame, original: 60).PcapRecord(8, 0, []).ToArray();

        var (sink, summary) = RecordingFileSink.Read(file);

        var unit = magic == 0xa1b2c3d4 ? 1000 : 1;
        Assert.That(summary, Has.Property("Format").EqualTo(CaptureFormat.Pcap).And.Property("Frames").EqualTo(2));
        Assert.That(summary.Faults, Is.Empty);
        Assert.That(summary.Bytes, Is.EqualTo(file.Length));
        Assert.That(sink.Frames[0].Header,
            Is.EqualTo(new FrameHeader(new(1, 7_000_000_000 + (9 * unit)), LinkType.Ethernet, 60)));
        Assert.That(sink.Frames[0].Bytes.ToArray(), Is.EqualTo(Frame));
    }

    [Test]
    public void Modified_pcap_has_longer_record_headers()
    {
        var file = new TestFile(true).Pcap(0xa1b2cd34).U32(7, 9, 21, 21, 0, 0).Bytes(Frame).ToArray();

        Assert.That(RecordingFileSink.Read(file).Sink.Frames.Single().Bytes.ToArray(), Is.EqualTo(Frame));
    }

    [Test]
    public void Pcapng_is_read_with_sections_interfaces_and_every_kind_of_packet_block([Values] bool littleEndian)
    {
        byte[] nanoseconds = new TestFile(littleEndian).U16(9, 1).Bytes(9, 0, 0, 0).ToArray();
        var file = new TestFile(littleEndian)
            .Section()
            .Interface(1)
            .Interface(101, nanoseconds)
            .Packet(0, 5_000_000, Frame)
            .Packet(1, 5_000_000_001, Frame)
            .Block(0x0bad, body => body.Bytes(1, 2, 3))
            .Block(3, body => body.U32(21).Bytes(Frame))
            .Block(2, body => body.U16(1, 0).U32(0, 77, 21, 30).Bytes(Frame))
            .Bytes(new TestFile(!littleEndian).Section().Interface(113).Packet(0, 6_000_000, Frame).ToArray())
            .ToArray();

        var (sink, summary) = RecordingFileSink.Read(file);

        Assert.That(summary.Faults, Is.Empty);
        Assert.That(
            summary, Has.Property("Format").EqualTo(CaptureFormat.Pcapng).And.Property("Interfaces").EqualTo(3));
        Assert.That(sink.Frames.Select(frame => frame.Header), Is.EqualTo(
        [
            new FrameHeader(new(1, 5_000_000_000), LinkType.Ethernet, 21),
            new FrameHeader(new(2, 5_000_000_001), LinkType.Raw, 21),
            new FrameHeader(new(3, 0), LinkType.Ethernet, 21),
            new FrameHeader(new(4, 77), LinkType.Raw, 30),
            new FrameHeader(new(5, 6_000_000_000), LinkType.LinuxCooked, 21),
        ]));
        Assert.That(sink.Frames.Select(frame => frame.Bytes.ToArray()), Is.All.EqualTo(Frame));
    }

    [TestCase(6, 1_500_000ul, 1_500_000_000)]
    [TestCase(3, 1_500ul, 1_500_000_000)]
    [TestCase(12, 1_500_000_000_999ul, 1_500_000_000)]
    [TestCase(0x81, 3ul, 1_500_000_000)]
    [TestCase(0, ulong.MaxValue, long.MaxValue)]
    [TestCase(0x7f, ulong.MaxValue, 0)]
    [TestCase(0xff, ulong.MaxValue, 0)]
    public void Any_resolution_of_time_is_turned_into_nanoseconds(int resolution, ulong units, long expected)
    {
        var file = new TestFile(true).Section().Interface(1, 9, 0, 1, 0, (byte)resolution, 0, 0, 0)
            .Packet(0, units, Frame).ToArray();

        Assert.That(RecordingFileSink.Read(file).Sink.Frames.Single().Header.At.UnixNanoseconds, Is.EqualTo(expected));
    }

    [Test]
    public void An_offset_of_time_is_added()
    {
        var file = new TestFile(true).Section().Interface(1, 14, 0, 8, 0, 100, 0, 0, 0, 0, 0, 0, 0).Packet(0, 1, Frame)
            .ToArray();

        Assert.That(
            RecordingFileSink.Read(file).Sink.Frames.Single().Header.At.UnixNanoseconds, Is.EqualTo(100_000_001_000));
    }

    [Test]
    public void Gzip_is_unpacked_on_the_way()
    {
        var file = new TestFile(true).Pcap().PcapRecord(7, 9, Frame).ToArray();

        var (sink, summary) = RecordingFileSink.Read(Gzip(file));

        Assert.That(summary, Has.Property("IsCompressed").True.And.Property("Bytes").EqualTo(file.Length));
        Assert.That(sink.Frames, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_file_that_is_no_capture_is_told_so([Values("", "a", "PK..", "\x1f\x8bnot gzip")] string text)
    {
        var (sink, summary) = RecordingFileSink.Read([.. text.Select(letter => (byte)letter)]);

        Assert.That(sink.Frames, Is.Empty);
        Assert.That(summary.Faults, Has.Count.EqualTo(1));
        Assert.That(summary.Faults[0].Kind,
            Is.EqualTo(CaptureFaultKind.UnknownFormat).Or.EqualTo(CaptureFaultKind.BadCompression));
    }

    [Test]
    public void Every_prefix_of_a_file_gives_its_whole_frames_and_a_fault_with_the_place()
    {
        var head = new TestFile(true).Pcap().ToArray();
        var one = new TestFile(true).PcapRecord(7, 9, Frame).ToArray();
        byte[] file = [.. head, .. one, .. one];
        for (var length = head.Length; length < file.Length; length++)
        {
            var (sink, summary) = RecordingFileSink.Read(file[..length]);
            var whole = (length - head.Length) / one.Length;
            Assert.That(sink.Frames, Has.Count.EqualTo(whole));
            if (length == head.Length + (whole * one.Length)) Assert.That(summary.Faults, Is.Empty);
            else Assert.That(summary.Faults,
                Is.EqualTo([new CaptureFault(CaptureFaultKind.Truncated, head.Length + (whole * one.Length))]));
        }
    }

    [Test]
    public void Every_prefix_and_every_broken_octet_of_pcapng_is_read_without_a_throw()
    {
        var file = new TestFile(true).Section().Interface(1, 9, 0, 1, 0, 9, 0, 0, 0).Packet(0, 1, Frame)
            .Block(10, body => body.U32(PcapngFormat.TlsKeyLog, 5).Bytes(1, 2, 3, 4, 5))
            .Block(3, body => body.U32(21).Bytes(Frame))
            .ToArray();
        for (var at = 0; at < file.Length; at++)
        {
            Assert.That(RecordingFileSink.Read(file[..at]).Sink.Frames, Has.Count.LessThanOrEqualTo(2));
            foreach (byte value in (ReadOnlySpan<byte>)[0, 1, 0x7f, 0x80, 0xff])
            {
                var broken = file.ToArray();
                broken[at] = value;
                Assert.That(RecordingFileSink.Read(broken).Sink.Frames, Has.Count.LessThanOrEqualTo(2));
            }
        }
    }

    [TestCase(0xffffffffu)]
    [TestCase(0x7fffffffu)]
    [TestCase(0x00ffffffu)]
    public void A_hostile_length_is_a_fault_and_costs_no_memory(uint length)
    {
        var file = new TestFile(true).Pcap().U32(7, 9, length, length).Bytes(Frame).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (_, summary) = RecordingFileSink.Read(file);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
        Assert.That(summary.Faults.Single().Offset, Is.EqualTo(24));
    }

    [Test]
    public void A_frame_of_an_undescribed_interface_is_a_fault_and_the_next_is_read()
    {
        var file = new TestFile(true).Section().Interface(1).Packet(3, 1, Frame).Packet(0, 1, Frame).ToArray();

        var (sink, summary) = RecordingFileSink.Read(file);

        Assert.That(summary.Faults.Single().Kind, Is.EqualTo(CaptureFaultKind.UnknownInterface));
        Assert.That(sink.Frames, Has.Count.EqualTo(1));
    }

    private static byte[] Gzip(byte[] file)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(file);
        return packed.ToArray();
    }
}
