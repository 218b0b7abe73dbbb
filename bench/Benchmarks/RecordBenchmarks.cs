using BenchmarkDotNet.Attributes;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Bench.Benchmarks;

/// <summary>One connection of each record protection, decoded with its secrets.</summary>
[MemoryDiagnoser]
public class RecordBenchmarks
{
    private byte[] _capture = [];
    private KeyLog _keys = new();

    /// <summary>Captures of which each has another protection.</summary>
    public static IEnumerable<string> Captures =>
        Directory.EnumerateFiles(Checkout.Captures, "*.keys").Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal);

    [ParamsSource(nameof(Captures))]
    public string Capture { get; set; } = "";

    [GlobalSetup]
    public void Load()
    {
        var path = Path.Combine(Checkout.Captures, Capture);
        _capture = File.ReadAllBytes($"{path}.pcap");
        _keys = KeyLog.Parse(File.ReadAllText($"{path}.keys"));
    }

    [Benchmark]
    public int Open()
    {
        var octets = 0;
        new CaptureDecoder(new() { KeyLog = _keys, Workers = 1 }).Read(
            new MemoryStream(_capture),
            connection => connection.Decoded.ApplicationData(Direction.ServerToClient).Length,
            length => octets += length);
        return octets;
    }
}
