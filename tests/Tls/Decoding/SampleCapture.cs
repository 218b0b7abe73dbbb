using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Tests.Capture.Packets;
using TlsInterop.Tls.Tests.Captures;

namespace TlsInterop.Tls.Tests.Decoding;

/// <summary>Sample connections as a capture file, one after the other.</summary>
internal static class SampleCapture
{
    private const int LargestSegment = 1400;

    /// <summary>A pcapng file with the frames of connections.</summary>
    public static byte[] File(IEnumerable<SampleConnection> samples, ReadOnlySpan<byte> keyLog = default) =>
        Written([.. samples.SelectMany((sample, index) => Frames(sample, (ushort)(20_000 + index)))], keyLog);

    /// <summary>A pcapng file with secrets alone.</summary>
    public static byte[] Secrets(ReadOnlySpan<byte> keyLog) => Written([], keyLog);

    public static IEnumerable<byte[]> Frames(SampleConnection sample, ushort port)
    {
        var conversation = new TestConversation($"10.0.0.2:{port}");
        yield return conversation.Syn();
        yield return conversation.SynAck();
        var sent = new Dictionary<Direction, int> { [Direction.ClientToServer] = 0, [Direction.ServerToClient] = 0 };
        foreach (var step in sample.Steps)
        {
            var offset = sent[step.Direction];
            var seen = sent[step.Direction == Direction.ClientToServer
                ? Direction.ServerToClient
                : Direction.ClientToServer];
            if (step.End == ConnectionEnd.Fin) yield return conversation.Fin(step.Direction, offset, seen);
            else if (step.End == ConnectionEnd.Reset) yield return conversation.Rst(step.Direction, offset, seen);
            foreach (var chunk in step.Bytes.Chunk(LargestSegment))
            {
                yield return conversation.Send(step.Direction, sent[step.Direction], chunk, seen);
                sent[step.Direction] += chunk.Length;
            }
        }
    }

    /// <summary>A pcapng file with these frames, a millisecond apart.</summary>
    public static byte[] File(IEnumerable<byte[]> frames) => Written([.. frames], []);

    private static byte[] Written(byte[][] frames, ReadOnlySpan<byte> keyLog)
    {
        using var stream = new MemoryStream();
        PcapngWriter.Write(
            stream,
            frames.Select((frame, index) =>
                new CapturedFrame(new(new(index + 1, index * 1_000_000L), LinkType.Ethernet, frame.Length), frame)),
            keyLog,
            comment: null);
        return stream.ToArray();
    }
}
