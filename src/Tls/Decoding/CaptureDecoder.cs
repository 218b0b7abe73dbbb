using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Decoding;

/// <summary>Decodes captures of any size: memory stays flat, and several threads work on connections.</summary>
/// <param name="options">What is wanted; null for everything.</param>
public sealed class CaptureDecoder(CaptureDecoderOptions? options = null)
{
    /// <summary>A pipe that is silent for so long is slow: what is there is given out meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly CaptureDecoderOptions _options = options ?? new();

    /// <summary>Reads a capture to its end.</summary>
    /// <param name="stream">
    /// The file from its beginning. If it is seekable, secrets inside of it open the frames before them as well;
    /// otherwise those behind them.
    /// </param>
    /// <param name="work">
    /// Makes of a connection what is wanted of it. It runs on several threads, once per connection, when the connection
    /// has ended, was silent for long, or the capture is at its end.
    /// </param>
    /// <param name="emit">Takes the results on the caller's thread, in the order in which connections ended.</param>
    /// <returns>The capture as a whole.</returns>
    public CaptureDecoding Read<T>(Stream stream, Func<CapturedConnection, T> work, Action<T> emit)
    {
        if (stream.CanSeek) ReadSecrets(stream);
        var connections = 0L;
        var queue = new WorkQueue<EndedConnection, Func<T>>(
            _options.Workers,
            ended => Work(ended, work),
            result =>
            {
                connections++;
                emit(result());
            });
        var table = new ConnectionTable(
            _options, ended => queue.Add(ended, ended.Decoder.Held), stream.CanSeek ? null : queue.Drain);
        var file = CaptureFile.Read(stream.CanSeek ? stream : new PatientStream(stream, Patience, queue.Drain), table);
        table.Flush();
        queue.Drain();
        return new(file, table.Counters, _options.KeyLog, connections);
    }

    // The session that a connection resumes may be in another thread's hands. When its result is due, all connections
    // that ended before it have been decoded, so a second try does not depend on how threads run.
    private Func<T> Work<T>(EndedConnection ended, Func<CapturedConnection, T> work)
    {
        var decoded = ended.Decoder.Decode(_options.Secrets);
        if (decoded.LacksSession)
            return () => work(new(ended.Info, ended.Decoder.Decode(_options.Secrets), _options.KeyLog));

        var result = work(new(ended.Info, decoded, _options.KeyLog));
        return () => result;
    }

    // pcapng writers put secrets where they learn them, often behind the frames.
    private void ReadSecrets(Stream stream)
    {
        var start = stream.Position;
        Span<byte> magic = stackalloc byte[4];
        var read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = start;
        if (read < magic.Length || CaptureFile.IsPcap(magic)) return;
        CaptureFile.Read(stream, new SecretsSink(_options.KeyLog));
        stream.Position = start;
    }

    private sealed class SecretsSink(KeyLog keyLog) : ICaptureFileSink
    {
        public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame) { }

        public void Secrets(uint type, ReadOnlySpan<byte> secrets)
        {
            if (type == PcapngFormat.TlsKeyLog) keyLog.AddLines(Encoding.Latin1.GetString(secrets));
        }
    }
}
