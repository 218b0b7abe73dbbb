using System.Text;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Bench.Generation;

/// <summary>The project's own captures, taken apart to be replayed.</summary>
internal sealed class CaptureTemplates
{
    private const int LongestOfThem = 64 << 10;
    private readonly List<FrameTemplate[]> _captures = [];
    private readonly StringBuilder _keys = new();

    /// <summary>Takes every small capture of a folder that holds Ethernet frames, and its key log.</summary>
    public CaptureTemplates(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.pcap").Order(StringComparer.Ordinal))
        {
            if (new FileInfo(path).Length > LongestOfThem) continue;
            var frames = new List<FrameTemplate>();
            ushort serverPort = 0;
            using (var stream = File.OpenRead(path))
            {
                CaptureFile.Read(stream, (in Tls.Capture.FrameHeader header, ReadOnlySpan<byte> frame) =>
                {
                    if (FrameTemplate.Of(header, frame, ref serverPort) is { } template) frames.Add(template);
                });
            }
            if (frames.Count == 0) continue;
            _captures.Add([.. frames]);
            var keys = Path.ChangeExtension(path, ".keys");
            if (File.Exists(keys)) _keys.Append(File.ReadAllText(keys).TrimEnd('\n')).Append('\n');
        }
    }

    /// <summary>The frames of each capture.</summary>
    public IReadOnlyList<FrameTemplate[]> Captures => _captures;

    /// <summary>All key logs together: randoms are replayed as they are, so every replay can be decrypted.</summary>
    public string Keys => _keys.ToString();
}
