using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Tls.Tests.Capture.Files;

[TestFixture]
public sealed class CaptureFileWriteTests
{
    private const string KeyLog = "CLIENT_RANDOM 00 11\n";
    private string _folder = null!;

    private static readonly CapturedFrame[] Frames =
    [
        new(new(new(1, 1_700_000_000_123_456_789), LinkType.Ethernet, 5), new byte[] { 1, 2, 3, 4, 5 }),
        new(new(new(2, 1_700_000_000_123_456_790), LinkType.LinuxCooked2, 9), new byte[] { 6, 7, 8 }),
        new(new(new(3, 1_700_000_001_000_000_000), LinkType.Ethernet, 0), ReadOnlyMemory<byte>.Empty),
    ];

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("tlsinterop-capture-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_is_written_is_read_again()
    {
        var path = Path.Combine(_folder, "cell.pcapng");
        File.WriteAllText(path, "an older file");

        CaptureFile.Write(path, Frames, Encoding.ASCII.GetBytes(KeyLog), "openssl@bookworm/curl@trixie/tls/tls1.3-…");
        var (sink, summary) = RecordingFileSink.Read(File.ReadAllBytes(path));

        Assert.That(summary.Faults, Is.Empty);
        Assert.That(
            summary, Has.Property("Format").EqualTo(CaptureFormat.Pcapng).And.Property("Interfaces").EqualTo(2));
        Assert.That(sink.Frames.Select(frame => frame.Header), Is.EqualTo(Frames.Select(frame => frame.Header)));
        Assert.That(sink.Frames.Select(frame => frame.Bytes.ToArray()),
            Is.EqualTo(Frames.Select(frame => frame.Bytes.ToArray())));
        Assert.That(sink.Comments, Is.EqualTo(["openssl@bookworm/curl@trixie/tls/tls1.3-…"]));
        Assert.That(sink.SecretBlocks.Single().Type, Is.EqualTo(PcapngFormat.TlsKeyLog));
        Assert.That(sink.SecretBlocks.Single().Bytes, Is.EqualTo(Encoding.ASCII.GetBytes(KeyLog)));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([path]));
    }

    [Test]
    public void Nothing_in_the_file_names_the_machine()
    {
        var path = Path.Combine(_folder, "cell.pcapng");

        CaptureFile.Write(path, Frames);

        Assert.That(
            File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(Environment.MachineName)), Is.EqualTo(-1));
        Assert.That(File.ReadAllBytes(path).AsSpan().IndexOf("tlsinterop"u8), Is.Positive);
    }

    [Test]
    public void A_failure_on_the_way_leaves_the_older_file_and_no_rest()
    {
        var path = Path.Combine(_folder, "cell.pcapng");
        File.WriteAllText(path, "an older file");

        Assert.Throws<IOException>(() => CaptureFile.Write(path, Frames.Concat(Broken())));

        Assert.That(File.ReadAllText(path), Is.EqualTo("an older file"));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([path]));

        static IEnumerable<CapturedFrame> Broken() => throw new IOException("by the test");
    }
}
