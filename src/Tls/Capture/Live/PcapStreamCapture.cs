using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Tls.Capture.Live;

/// <summary>
/// Captures through another program that writes a capture to a stream, where this machine can't see the network itself:
/// <c>tcpdump -i any -U --immediate-mode -w -</c> in a container.
/// </summary>
/// <remarks>
/// The stream can't tell of lost frames: those counters are null. tcpdump prints them on its standard error at its end.
/// </remarks>
public sealed class PcapStreamCapture : ILiveCapture
{
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(5);

    private readonly Stream _stream;
    private readonly Func<ValueTask>? _endProgram;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FrameHandler? _handler;
    private long _delivered;
    private volatile bool _stopping;

    /// <summary>Takes over a stream, and closes it when the capture is disposed of.</summary>
    /// <param name="stream">Standard output of the program.</param>
    /// <param name="source">What the stream stands for, for messages.</param>
    /// <param name="endProgram">Ends the program that writes: a read that waits on a pipe returns only then.</param>
    public PcapStreamCapture(Stream stream, string source, Func<ValueTask>? endProgram = null)
    {
        _stream = stream;
        _endProgram = endProgram;
        Source = source;
    }

    public string Source { get; }

    /// <summary>The program writes the file header once it captures.</summary>
    public Task Ready => _ready.Task;

    public Task Completion => _completion.Task;

    public void Start(FrameHandler handler)
    {
        if (Interlocked.CompareExchange(ref _handler, handler, null) is not null)
        {
            throw new InvalidOperationException("This capture was started already.");
        }
        new Thread(Run) { IsBackground = true, Name = $"capture {Source}" }.Start();
    }

    public CaptureCounters ReadCounters() => new(Interlocked.Read(ref _delivered), null, null, null);

    public async ValueTask DisposeAsync()
    {
        if (_stopping) return;
        _stopping = true;
        if (_endProgram is not null) await _endProgram();
        else await _stream.DisposeAsync();
        if (_handler is null) End(null);
        var ended = await Task.WhenAny(_completion.Task, Task.Delay(StopDeadline));
        if (ended != _completion.Task) throw CaptureException.StopTimedOut(Source, StopDeadline);
        await _stream.DisposeAsync();
    }

    private void Run()
    {
        try
        {
            var summary = CaptureFile.Read(_stream, new Sink(this), () => _ready.TrySetResult());
            End(_stopping || summary.Faults is not [var fault, ..]
                ? null
                : CaptureException.SourceBroken(Source, $"{fault.What} at octet {fault.Offset}"));
        }
        // Closing the stream is the way to stop; every other exception belongs to whoever awaits the capture.
        catch (Exception exception)
        {
            End(_stopping ? null : CaptureException.SourceBroken(Source, exception.Message, exception));
        }
    }

    private void End(CaptureException? failure)
    {
        if (failure is null) _completion.TrySetResult();
        else _completion.TrySetException(failure);
        _ready.TrySetException(failure ?? CaptureException.SourceBroken(Source, "it ended before it began"));
        _ = _ready.Task.Exception; // seen: nobody needs to await it
    }

    private sealed class Sink(PcapStreamCapture capture) : ICaptureFileSink
    {
        public void Frame(in FrameHeader header, ReadOnlySpan<byte> frame)
        {
            Interlocked.Increment(ref capture._delivered);
            capture._handler!(header, frame);
        }
    }
}
