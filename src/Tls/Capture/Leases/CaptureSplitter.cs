using System.Net;
using TlsInterop.Tls.Capture.Live;
using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Leases;

/// <summary>Frames that went to no lease, by reason.</summary>
/// <param name="OfNobody">TCP segments of connections that no lease asked for, or whose lease is closed.</param>
/// <param name="NotTcp">Other protocols.</param>
/// <param name="Fragments">IP fragments. A connection that needs them is not complete.</param>
/// <param name="Malformed">Frames with contradicting or cut headers.</param>
public readonly record struct UnleasedFrames(long OfNobody, long NotTcp, long Fragments, long Malformed);

/// <summary>
/// Splits one live capture among leases: each gets the frames of the connections to its port, and nothing else.
/// </summary>
/// <remarks>All members may be called from any thread. A frame costs one look-up by its end points.</remarks>
public sealed class CaptureSplitter
{
    /// <summary>What one lease keeps at most, unless it asks for more or less.</summary>
    public const long DefaultMaximumBytes = 64L << 20;

    private readonly ILiveCapture _capture;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<TcpEndPoint, CaptureLease> _leases = [];
    private readonly Dictionary<TcpEndPointPair, LeasedConnection> _connections = [];
    private UnleasedFrames _unleased;
    private Exception? _failure;

    /// <summary>Takes over the frames of a capture; <see cref="Start"/> begins.</summary>
    /// <param name="capture">An open capture that was not started; who opened it disposes it.</param>
    /// <param name="clock">The clock that stamps the frames, the machine's own by default.</param>
    public CaptureSplitter(ILiveCapture capture, TimeProvider? clock = null)
    {
        _capture = capture;
        _clock = clock ?? TimeProvider.System;
    }

    public UnleasedFrames Unleased
    {
        get { lock (_lock) return _unleased; }
    }

    /// <summary>Starts the capture.</summary>
    public void Start()
    {
        _capture.Start(OnFrame);
        _ = _capture.Completion.ContinueWith(
            ended => FaultLeases(ended.Exception!.InnerException!),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <summary>Opens a lease on a server port. It sees connections whose SYN is captured from now on.</summary>
    /// <param name="address">Address of the server on the captured network.</param>
    /// <param name="port">Port of the server.</param>
    /// <param name="expectedConnections">
    /// Connections that must be seen and end before the lease is complete; at least 1.
    /// </param>
    /// <param name="maximumBytes">
    /// Octets of frames that the lease keeps; later ones are thrown away and the lease is marked.
    /// </param>
    public CaptureLease Open(
        IPAddress address, ushort port, int expectedConnections = 1, long maximumBytes = DefaultMaximumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedConnections, 1);
        var dropped = _capture.ReadCounters().DroppedByKernel;
        lock (_lock)
        {
            var since = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
            var lease = new CaptureLease(
                this, TcpEndPoint.From(address, port), since, expectedConnections, maximumBytes, dropped)
            {
                Earlier = _leases.GetValueOrDefault(TcpEndPoint.From(address, port)),
            };
            _leases[lease.Server] = lease;
            if (_failure is not null) lease.Fault(_failure);
            return lease;
        }
    }

    internal LeaseFrames Close(CaptureLease lease)
    {
        var dropped = _capture.ReadCounters().DroppedByKernel;
        lock (_lock)
        {
            Unlink(lease);
            foreach (var key in lease.Keys)
            {
                if (_connections.GetValueOrDefault(key)?.Lease == lease) _connections.Remove(key);
            }
            lease.Keys.Clear();
            return lease.Finish(dropped);
        }
    }

    private void OnFrame(in FrameHeader header, ReadOnlySpan<byte> frame)
    {
        var content = TcpSegment.Read(header, frame, out var segment);
        lock (_lock)
        {
            if (content != FrameContent.Tcp) Count(content);
            else if (FindConnection(header, segment) is not { } connection) Count(FrameContent.Tcp);
            else
            {
                connection.Lease.Add(header, frame);
                if (connection.Ends(segment)) connection.Lease.ConnectionEnded();
            }
        }
    }

    private LeasedConnection? FindConnection(in FrameHeader header, in TcpSegment segment)
    {
        var key = new TcpEndPointPair(segment.Source, segment.Destination);
        var known = _connections.GetValueOrDefault(key);
        if (!segment.IsOpening || known?.IsRepeatedOpening(segment) == true) return known;

        // A SYN of its own is a new connection, also where an old one had the same end points.
        if (known is { IsEnded: false }) known.Lease.ConnectionEnded();
        _connections.Remove(key);
        var lease = _leases.GetValueOrDefault(segment.Destination);
        while (lease is not null && lease.SinceUnixNanoseconds > header.At.UnixNanoseconds) lease = lease.Earlier;
        if (lease is null) return null;

        var connection = new LeasedConnection(lease, segment.Source, segment.SequenceNumber);
        _connections.Add(key, connection);
        lease.ConnectionOpened(key);
        return connection;
    }

    private void Unlink(CaptureLease lease)
    {
        if (!_leases.TryGetValue(lease.Server, out var newest)) return;
        if (newest == lease)
        {
            if (lease.Earlier is null) _leases.Remove(lease.Server);
            else _leases[lease.Server] = lease.Earlier;
            return;
        }
        for (var later = newest; later is not null; later = later.Earlier)
        {
            if (later.Earlier == lease) later.Earlier = lease.Earlier;
        }
    }

    private void Count(FrameContent content) => _unleased = content switch
    {
        FrameContent.Tcp => _unleased with { OfNobody = _unleased.OfNobody + 1 },
        FrameContent.Fragment => _unleased with { Fragments = _unleased.Fragments + 1 },
        FrameContent.Malformed => _unleased with { Malformed = _unleased.Malformed + 1 },
        _ => _unleased with { NotTcp = _unleased.NotTcp + 1 },
    };

    private void FaultLeases(Exception exception)
    {
        lock (_lock)
        {
            _failure = exception;
            foreach (var newest in _leases.Values)
            {
                for (var lease = newest; lease is not null; lease = lease.Earlier) lease.Fault(exception);
            }
        }
    }
}
