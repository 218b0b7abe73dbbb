using BenchmarkDotNet.Attributes;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Bench.Benchmarks;

/// <summary>Reading the message that is the longest to read.</summary>
[MemoryDiagnoser]
public class ClientHelloBenchmarks
{
    private readonly ReadOnlyMemory<byte> _message = Find();

    [Benchmark]
    public HandshakeMessage Read() => HandshakeMessage.Read(_message, default);

    private static ReadOnlyMemory<byte> Find()
    {
        var longest = ReadOnlyMemory<byte>.Empty;
        new CaptureDecoder().Read(
            new MemoryStream(SampleCapture.Bytes),
            connection => connection.Decoded.Messages.Select(item => item.Message)
                .Where(message => message.Body is ClientHello).Select(message => message.Bytes).ToList(),
            hellos => longest = hellos.Append(longest).MaxBy(bytes => bytes.Length));
        return longest;
    }
}
