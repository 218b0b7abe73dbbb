using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Leases;

/// <summary>The right to every connection that is opened to one server port from now until it is closed.</summary>
/// <remarks>Made by <see cref="CaptureSplitter.Open"/>; its state is guarded by the splitter's lock.</remarks>
public sealed class CaptureLease : IDisposable
{
    private readonly CaptureSplitter _splitter;
    private readonly int _expectedConnections;
    private readonly long _maximumBytes;
    private readonly List<CapturedFrame> _frames = [];
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LeaseFrames? _result;
    private int _frameCount;
    private int _connections;
    private int _openConnections;
    private long _bytes;
    private bool _cut;

    internal CaptureLease(
        CaptureSplitter splitter,
        TcpEndPoint server,
        long since,
        int expectedConnections,
        long maximumBytes,
        long? droppedBefore)
    {
        _splitter = splitter;
        _expectedConnections = expectedConnections;
        _maximumBytes = maximumBytes;
        Server = server;
        SinceUnixNanoseconds = since;
        DroppedBefore = droppedBefore;
    }

    /// <summary>The server's address and port.</summary>
    public TcpEndPoint Server { get; }

    /// <summary>Connections that were opened before belong to an earlier lease.</summary>
    public long SinceUnixNanoseconds { get; }

    /// <summary>
    /// Completes when as many connections as expected were seen and all of them have ended (FIN from both sides, or
    /// RST); cancelled if the lease is closed before, faulted if the capture breaks off. The wait needs a deadline of
    /// its own.
    /// </summary>
    public Task Completed => _completed.Task;

    /// <summary>Frames that came so far.</summary>
    public int FrameCount => Volatile.Read(ref _frameCount);

    internal long? DroppedBefore { get; }

    /// <summary>The lease that held the same port before, while it is still open.</summary>
    internal CaptureLease? Earlier { get; set; }

    internal List<TcpEndPointPair> Keys { get; } = [];

    private bool IsComplete => _connections >= _expectedConnections && _openConnections == 0;

    /// <summary>Takes no more frames and hands over those that came. The second call gives the same again.</summary>
    public LeaseFrames Close() => _splitter.Close(this);

    public void Dispose() => Close();

    internal void ConnectionOpened(TcpEndPointPair key)
    {
        Keys.Add(key);
        _connections++;
        _openConnections++;
    }

    internal void ConnectionEnded()
    {
        _openConnections--;
        if (IsComplete) _completed.TrySetResult();
    }

    internal void Add(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        if (_cut || _bytes + frame.Length > _maximumBytes)
        {
            _cut = true;
            return;
        }
        _bytes += frame.Length;
        var numbered = header with { At = header.At with { Number = _frames.Count + 1 } };
        _frames.Add(new(numbered, frame.ToArray()));
        Volatile.Write(ref _frameCount, _frames.Count);
    }

    internal void Fault(Exception exception) => _completed.TrySetException(exception);

    internal LeaseFrames Finish(long? droppedAfter)
    {
        if (_result is not null) return _result;
        _completed.TrySetCanceled();
        _result = new(_frames, _connections, IsComplete, _cut, droppedAfter - DroppedBefore);
        return _result;
    }
}
