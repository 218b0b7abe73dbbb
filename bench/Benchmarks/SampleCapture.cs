using TlsInterop.Bench.Generation;

namespace TlsInterop.Bench.Benchmarks;

/// <summary>A small generated capture in memory, and its key log: the same in every run.</summary>
internal static class SampleCapture
{
    private const long Octets = 4_000_000;

    private static readonly CaptureTemplates Templates = new(Checkout.Captures);

    public static string Keys => Templates.Keys;

    public static byte[] Bytes { get; } = Generate();

    private static byte[] Generate()
    {
        using var stream = new MemoryStream();
        new CaptureGenerator(Templates, seed: 1).Write(stream, Octets);
        return stream.ToArray();
    }
}
