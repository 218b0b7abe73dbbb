using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Tls.Tests.Capture.Leases;

/// <summary>A capture whose frames, clock and losses the test decides.</summary>
internal sealed class SyntheticCapture : TimeProvider, ILiveCapture
{
    private readonly TaskCompletionSource _completion = new();
    private FrameHandler? _handler;
    private long _number;

    public long Nanoseconds { get; set; } = 1_000_000_000_000;

    public long? Dropped { get; set; } = 0;

    public string Source => "synthetic";

    public Task Ready => Task.CompletedTask;

    public Task Completion => _completion.Task;

    public void Start(FrameHandler handler) => _handler = handler;

    public CaptureCounters ReadCounters() => new(_number, _number, Dropped, null);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(Nanoseconds / 100);

    /// <summary>Passes frames, each a microsecond after the one before.</summary>
    public void Pass(params byte[][] frames)
    {
        foreach (var frame in frames)
        {
            Nanoseconds += 1000;
            PassAt(Nanoseconds, frame);
        }
    }

    public void PassAt(long nanoseconds, byte[] frame) =>
        _handler!(new FrameHeader(new(++_number, nanoseconds), LinkType.Ethernet, frame.Length), frame);

    public void Break(Exception exception) => _completion.SetException(exception);

    public ValueTask DisposeAsync()
    {
        _completion.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
