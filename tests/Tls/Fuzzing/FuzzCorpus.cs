using System.IO.Compression;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>What fuzzing starts from, and the inputs that are made of it.</summary>
internal sealed class FuzzCorpus
{
    private readonly List<FuzzInput> _files = [];
    private readonly List<FuzzConversation> _conversations = [];

    /// <summary>Takes every capture (<c>*.pcap</c> with <c>*.keys</c>) and session below a folder.</summary>
    public FuzzCorpus(string folder)
    {
        foreach (var path in Files(folder, "*.session"))
            _conversations.Add(FuzzConversation.Parse(Path.GetFileName(path), File.ReadLines(path)));
        foreach (var path in Files(folder, "*.pcap"))
        {
            var keys = Path.ChangeExtension(path, ".keys");
            var file = new FuzzInput(
                Path.GetFileName(path), File.ReadAllBytes(path), File.Exists(keys) ? File.ReadAllText(keys) : "");
            _files.Add(file);
            _files.Add(AsPcapng(file));
        }
    }

    /// <summary>Captures and sessions as they are.</summary>
    public IEnumerable<FuzzInput> Originals => _files.Concat(
        _conversations.Select(item => new FuzzInput(item.Name, FuzzCaptureFile.Of(item.Frames()), item.KeyLog)));

    /// <summary>An input, always the same for the same numbers.</summary>
    public FuzzInput Input(int seed, long index)
    {
        var random = new Random(HashCode(seed, index));
        var bytes = new ByteMutator(random);
        var input = random.Next(2) == 0 ? FromFile(random, bytes) : FromConversation(random, bytes);
        if (random.Next(16) == 0)
        {
            var keyLog = bytes.Mutate(System.Text.Encoding.Latin1.GetBytes(input.KeyLog), input.File);
            input = input with { KeyLog = System.Text.Encoding.Latin1.GetString(keyLog) };
        }
        return random.Next(32) == 0 ? Packed(input, random, bytes) : input;
    }

    private FuzzInput FromFile(Random random, ByteMutator bytes)
    {
        var original = _files[random.Next(_files.Count)];
        return original with { File = bytes.Mutate(original.File, _files[random.Next(_files.Count)].File) };
    }

    private FuzzInput FromConversation(Random random, ByteMutator bytes)
    {
        var conversation = _conversations[random.Next(_conversations.Count)];
        var other = _conversations[random.Next(_conversations.Count)];
        var frames = conversation.Frames();
        new FrameMutator(random, bytes).Mutate(frames, other);
        return new(conversation.Name, FuzzCaptureFile.Of(frames), conversation.KeyLog);
    }

    private static FuzzInput Packed(FuzzInput input, Random random, ByteMutator bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(input.File);
        var file = packed.ToArray();
        return input with { File = random.Next(2) == 0 ? file : bytes.Mutate(file, input.File) };
    }

    // The same frames with their secrets inside.
    private static FuzzInput AsPcapng(FuzzInput pcap)
    {
        var frames = new List<CapturedFrame>();
        CaptureFile.Read(new MemoryStream(pcap.File), (in FrameHeader header, ReadOnlySpan<byte> frame) =>
            frames.Add(new(header, frame.ToArray())));
        var path = Path.GetTempFileName();
        try
        {
            CaptureFile.Write(path, frames, System.Text.Encoding.ASCII.GetBytes(pcap.KeyLog));
            return new($"{pcap.Origin}ng", File.ReadAllBytes(path), KeyLog: "");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"))
            .Order(StringComparer.Ordinal);

    // System.HashCode differs from process to process.
    private static int HashCode(int seed, long index) =>
        unchecked((int)((((ulong)(uint)seed << 32) + (ulong)index) * 0x9e3779b97f4a7c15 >> 33));
}
