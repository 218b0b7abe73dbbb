using System.IO.Compression;
using System.Text;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Snapshots;
using TlsInterop.Tls.Tests.Captures;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Decoding;

public sealed class CaptureDecoderTests
{
    private static readonly SampleConnection Sample = SampleConnection.Get("tls13-x25519-aes256-gcm");

    private static readonly string SampleKeys = SampleConnection.KeyLogText(Sample.Name);

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void A_connection_reads_the_same_from_a_file_whether_it_waited_for_its_end_or_not(string name)
    {
        var sample = SampleConnection.Get(name);
        var capture = SampleCapture.File([sample]);
        var expected = SnapshotText.RenderBody(sample.Decode());

        var waited = Texts(capture, new() { KeyLog = sample.KeyLog });
        var live = Texts(capture, new() { KeyLog = sample.KeyLog, WaitingPerConnection = 0 });

        Assert.That(waited, Is.EqualTo((string[])[expected]));
        Assert.That(live, Is.EqualTo((string[])[expected]));
    }

    [TestCase(0, true)]
    [TestCase(2, false)]
    public void A_connection_knows_whether_its_opening_was_captured(int skipped, bool isSeen)
    {
        var seen = new List<bool>();
        using var capture = new MemoryStream(SampleCapture.File(SampleCapture.Frames(Sample, 20_000).Skip(skipped)));

        new CaptureDecoder().Read(capture, connection => connection.Decoded.OpeningSeen, seen.Add);

        Assert.That(seen, Is.EqualTo((bool[])[isSeen]));
    }

    [Test]
    public void Connections_come_out_in_the_order_in_which_they_ended_whatever_the_number_of_workers()
    {
        var samples = Enumerable.Range(0, 500)
            .Select(index => SampleConnection.All[index % SampleConnection.All.Count]);
        var capture = SampleCapture.File(samples);

        var one = Numbers(capture, new() { Workers = 1 });
        var many = Numbers(capture, new() { Workers = 8 });

        Assert.That(many, Has.Count.EqualTo(500).And.EqualTo(one));
    }

    [Test]
    public void Secrets_behind_the_frames_open_them_if_the_file_can_be_read_twice()
    {
        byte[] capture = [.. SampleCapture.File([Sample]),
            .. SampleCapture.Secrets(Encoding.ASCII.GetBytes(SampleKeys))];

        Assert.That(Opened(new MemoryStream(capture)), Is.GreaterThan(0));
        Assert.That(Opened(new GZipStream(new MemoryStream(Packed(capture)), CompressionMode.Decompress)), Is.Zero);
        Assert.That(Opened(new MemoryStream(Packed(capture))), Is.GreaterThan(0));
    }

    [Test]
    public void Secrets_in_front_of_the_frames_open_them_from_a_pipe()
    {
        var capture = SampleCapture.File([Sample], Encoding.ASCII.GetBytes(SampleKeys));

        Assert.That(Opened(new GZipStream(new MemoryStream(Packed(capture)), CompressionMode.Decompress)),
            Is.GreaterThan(0));
    }

    [TestCaseSource(typeof(SampleConnection), nameof(SampleConnection.Names))]
    public void Frames_of_the_two_directions_may_be_swapped(string name)
    {
        var sample = SampleConnection.Get(name);
        var expected = SnapshotText.RenderBody(sample.Decode());

        // The server's frames come up to three places too early, even before the SYN.
        var frames = SampleCapture.Frames(sample, 20_000).Select((frame, index) => (frame, index))
            .OrderBy(item => IsFromServer(item.frame) ? item.index - 2.5 : item.index)
            .Select(item => item.frame);

        Assert.That(
            Texts(SampleCapture.File(frames), new() { KeyLog = sample.KeyLog }), Is.EqualTo((string[])[expected]));
    }

    [Test]
    public void Connections_that_are_not_wanted_do_not_come_out()
    {
        var capture = SampleCapture.File([Sample, Sample, Sample]);

        var numbers = Numbers(capture, new() { Selects = info => info.Number == 2 });

        Assert.That(numbers, Is.EqualTo((int[])[2]));
    }

    [Test]
    public void Open_connections_beyond_the_memory_come_out_as_they_are()
    {
        var opened = SampleConnection.All.Where(sample => sample.Steps.Count > 2).Take(20)
            .Select((sample, index) => SampleCapture.Frames(sample, (ushort)(30_000 + index)).Take(4))
            .SelectMany(frames => frames);
        var options = new CaptureDecoderOptions { HeldInTotal = 8 << 10 };
        var numbers = new List<int>();
        var table = new ConnectionTable(options, open => numbers.Add(open.Info.Number), () => { });
        foreach (var frame in opened) table.Frame(new(default, Tls.Capture.LinkType.Ethernet, frame.Length), frame);

        Assert.That(numbers, Has.Count.InRange(10, 19).And.Ordered);
    }

    [Test]
    public void Application_data_beyond_the_limit_is_opened_and_counted_only()
    {
        var all = Decode(DecodingLimits.Default);
        var few = Decode(DecodingLimits.Default with { ApplicationRecords = 1 });

        Assert.That(all.FromClient.CountedOnly + all.FromServer.CountedOnly, Is.Zero);
        Assert.That(few.FromClient.CountedOnly + few.FromServer.CountedOnly, Is.GreaterThan(0));
        Assert.That(few.Events.OfType<ApplicationDataEvent>().Count(), Is.EqualTo(1));
        Assert.That((few.FromClient.OpenedRecords, few.FromServer.OpenedRecords, few.FromServer.ApplicationOctets),
            Is.EqualTo((all.FromClient.OpenedRecords, all.FromServer.OpenedRecords, all.FromServer.ApplicationOctets)));
        Assert.That(few.Records.Count + few.FromClient.CountedOnly
            + few.FromServer.CountedOnly, Is.EqualTo(all.Records.Count));
    }

    [Test]
    public void A_hello_that_the_capture_cuts_off_chooses_nothing()
    {
        var steps = Sample.Steps.Select(step => step with { Bytes = step.Bytes[..Math.Min(step.Bytes.Length, 60)] });

        var facts = SampleConnection.Decode(steps.Where(step => step.End is null).Take(2), Sample.KeyLog).Facts;

        Assert.That((facts.Version, facts.Suite), Is.EqualTo(((ProtocolVersion?)null, (CipherSuite?)null)));
        Assert.That(facts.OfferedVersions, Is.Empty);
    }

    [Test]
    public void A_failure_of_the_work_reaches_the_caller()
    {
        var decoder = new CaptureDecoder();
        using var stream = new MemoryStream(SampleCapture.File([Sample]));

        Assert.That(() => decoder.Read<int>(stream, _ => throw new InvalidOperationException("by the test"), _ => { }),
            Throws.InvalidOperationException.With.Message.EqualTo("by the test"));
    }

    private static DecodedConnection Decode(DecodingLimits limits)
    {
        DecodedConnection? decoded = null;
        using var stream = new MemoryStream(SampleCapture.File([Sample]));
        new CaptureDecoder(new() { KeyLog = Sample.KeyLog, Limits = limits })
            .Read(stream, connection => connection.Decoded, connection => decoded = connection);
        return decoded!;
    }

    private static List<string> Texts(byte[] capture, CaptureDecoderOptions options) =>
        Read(new MemoryStream(capture), options, connection => SnapshotText.RenderBody(connection.Decoded));

    private static List<int> Numbers(byte[] capture, CaptureDecoderOptions options) =>
        Read(new MemoryStream(capture), options, connection => connection.Info.Number);

    private static long Opened(Stream stream) =>
        Read(stream, new() { KeyLog = new KeyLog() }, connection => connection.Decoded.FromServer.OpenedRecords).Sum();

    private static List<T> Read<T>(Stream stream, CaptureDecoderOptions options, Func<CapturedConnection, T> work)
    {
        var results = new List<T>();
        using (stream) new CaptureDecoder(options).Read(stream, work, results.Add);
        return results;
    }

    // Source port, behind the headers of Ethernet and IPv4.
    private static bool IsFromServer(byte[] frame) => frame[14 + 20] == 443 >> 8 && frame[14 + 21] == (443 & 0xff);

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
