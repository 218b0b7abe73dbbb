using System.Buffers;
using System.Diagnostics;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>Decodes a capture some times, and tells what it took.</summary>
internal static class BenchDecode
{
    private const double Million = 1e6;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public static int Run(DecodeArguments arguments, int rounds, TextWriter output)
    {
        Round(arguments);
        for (var round = 1; round <= rounds; round++)
        {
            var collections = Collections();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            var (octets, connections, handshakes) = Round(arguments);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            var collected = Collections().Zip(collections, (after, before) => after - before);
            output.WriteLine(
                $"round {round}: {octets / Million / seconds:0.0} MB/s, {handshakes / seconds:0} handshakes/s, "
                + $"{seconds:0.000} s, {octets / Million:0.0} MB, {connections} connections, "
                + $"{handshakes} handshakes complete, "
                + $"{allocated / Million:0} MB allocated, collections {string.Join('/', collected)}");
        }
        using var process = Process.GetCurrentProcess();
        output.WriteLine($"peak memory: {process.PeakWorkingSet64 / Million:0} MB");
        return ExitStatus.Green;
    }

    private static (long Octets, long Connections, long Handshakes) Round(DecodeArguments arguments)
    {
        using var stream = CaptureInput.Open(arguments);
        if (!stream.CanSeek)
            throw new UsageException(
                $"{arguments.FileName}: Expected a file, to be read several times. Got: a pipe or device.");
        var way = ConnectionOutput.SummaryJsonLine(arguments.Verifies);
        var decoder = new CaptureDecoder(
            new() { KeyLog = KeyLogInput.Read(arguments.Keys).KeyLog, Limits = DecodeAction.Limits(arguments) });
        var handshakes = 0L;
        var decoding = decoder.Read(
            stream,
            connection =>
            {
                var buffer = _buffer ??= new(1 << 14);
                buffer.ResetWrittenCount();
                way.Write(connection, buffer);
                return connection.Decoded.Facts.IsComplete;
            },
            isComplete => handshakes += isComplete ? 1 : 0);
        if (decoding.File.Frames == 0 && decoding.File.Faults.Count > 0)
            throw CaptureInput.Unreadable(arguments, stream, decoding.File);
        return (stream.Length, decoding.Connections, handshakes);
    }

    private static int[] Collections() =>
        Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount).ToArray();
}
