using System.Runtime.CompilerServices;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Tests.Secrets;

namespace TlsInterop.Tls.Tests.Captures;

/// <summary>A connection of the sample files as a list of steps that can be replayed, whole or changed.</summary>
internal sealed class SampleConnection : IConnectionSink
{
    private readonly List<Step> _steps = [];

    private SampleConnection(string name, KeyLog keyLog) => (Name, KeyLog) = (name, keyLog);

    /// <summary>Bytes, or an end.</summary>
    public sealed record Step(Direction Direction, byte[] Bytes, ConnectionEnd? End = null);

    public string Name { get; }

    public KeyLog KeyLog { get; }

    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Every connection of this folder and of the sessions that the secrets' tests keep.</summary>
    public static IReadOnlyList<SampleConnection> All { get; } =
        [.. Captures().Concat(OwnSessions()).Concat(RecordedSession.Names.Select(FromRecorded))];

    public static IEnumerable<string> Names => All.Select(sample => sample.Name);

    public static SampleConnection Get(string name) => All.Single(sample => sample.Name == name);

    public DecodedConnection Decode() => Decode(Steps, KeyLog);

    public static DecodedConnection Decode(IEnumerable<Step> steps, KeyLog? keyLog)
    {
        var decoder = new ConnectionDecoder();
        var frame = 0;
        foreach (var step in steps)
        {
            var at = new FrameStamp(++frame, frame * 1_000_000L);
            if (step.End is { } end) decoder.End(step.Direction, end, at);
            else decoder.Data(step.Direction, step.Bytes, at);
        }
        return decoder.Decode(keyLog);
    }

    public void Data(Direction direction, ReadOnlySpan<byte> bytes, FrameStamp at) =>
        _steps.Add(new(direction, bytes.ToArray()));

    public void Gap(Direction direction, long length, FrameStamp at) => Assert.Fail($"{Name} has a gap");

    public void End(Direction direction, ConnectionEnd end, FrameStamp at) => _steps.Add(new(direction, [], end));

    public override string ToString() => Name;

    /// <summary>The key log beside a capture of this folder.</summary>
    public static string KeyLogText(string name) => File.ReadAllText(Path.Combine(Folder(), $"{name}.keys"));

    public static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    private static List<SampleConnection> Captures()
    {
        var samples = new List<SampleConnection>();
        foreach (var path in Directory.GetFiles(Folder(), "*.pcap").Order(StringComparer.Ordinal))
        {
            var log = new KeyLog();
            var keys = Path.ChangeExtension(path, ".keys");
            if (File.Exists(keys)) log.AddLines(File.ReadAllText(keys));
            var number = 0;
            var reassembler = new TcpReassembler(_ =>
            {
                var name = Path.GetFileNameWithoutExtension(path);
                var sample = new SampleConnection(++number == 1 ? name : $"{name}-{number}", log);
                samples.Add(sample);
                return sample;
            });
            using var stream = File.OpenRead(path);
            CaptureFile.Read(stream, reassembler.Frame);
            reassembler.Flush();
        }
        return samples;
    }

    private static IEnumerable<SampleConnection> OwnSessions()
    {
        foreach (var path in Directory.GetFiles(Folder(), "*.session").Order(StringComparer.Ordinal))
        {
            var sample = new SampleConnection(Path.GetFileNameWithoutExtension(path), new());
            foreach (var line in File.ReadLines(path))
            {
                if (line[0] is '>' or '<')
                    sample._steps.Add(new(line[0] == '>' ? Direction.ClientToServer : Direction.ServerToClient,
                        Convert.FromHexString(line.AsSpan(2))));
                else sample.KeyLog.Add(line);
            }
            yield return sample;
        }
    }

    private static SampleConnection FromRecorded(string name)
    {
        var recorded = RecordedSession.Load(name);
        var sample = new SampleConnection($"session-{name}", recorded.KeyLog);
        foreach (var (from, bytes) in recorded.Segments) sample._steps.Add(new(from, bytes));
        return sample;
    }
}
