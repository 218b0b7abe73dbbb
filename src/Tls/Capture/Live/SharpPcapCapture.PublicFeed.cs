using SharpPcap;
using SharpPcap.LibPcap;

namespace TlsInterop.Tls.Capture.Live;

public static partial class LiveCapture
{
    static partial void Substitute(LiveCaptureOptions options, ref ILiveCapture? capture) =>
        capture = SharpPcapCapture.Open(options);
}

/// <summary>Captures through SharpPcap, which is libpcap as well.</summary>
public sealed class SharpPcapCapture : ILiveCapture
{
    private const int WakeMilliseconds = 100;
    private const decimal NanosecondsPerSecond = 1e9M;

    private readonly LibPcapLiveDevice _device;
    private readonly LinkType _linkType;
    private readonly TimeSpan _stopDeadline;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _countersLock = new();
    private FrameHandler? _handler;
    private CaptureCounters _lastCounters;
    private long _delivered;
    private bool _closed;

    private SharpPcapCapture(LiveCaptureOptions options, LibPcapLiveDevice device)
    {
        _device = device;
        _stopDeadline = options.StopDeadline;
        _linkType = LinkType.FromDataLink((int)device.LinkType);
        Source = options.Interface;
    }

    public string Source { get; }

    /// <summary>The kernel gathers frames from the moment of opening.</summary>
    public Task Ready => Task.CompletedTask;

    public Task Completion => _completion.Task;

    /// <summary>Opens an interface.</summary>
    /// <exception cref="CaptureException">No library, no permission, no such interface, a wrong filter.</exception>
    public static SharpPcapCapture Open(LiveCaptureOptions options)
    {
        var device = Find(options.Interface);
        try
        {
            device.Open(Configuration(options));
        }
        catch (PcapException failed)
        {
            device.Dispose();
            throw Explain(options.Interface, failed);
        }
        try
        {
            if (options.Filter is { Length: > 0 } filter) device.Filter = filter;
            return new SharpPcapCapture(options, device);
        }
        catch (PcapException wrong)
        {
            device.Dispose();
            throw CaptureException.BadFilter(options.Interface, options.Filter!, wrong.Message);
        }
    }

    public void Start(FrameHandler handler)
    {
        if (Interlocked.CompareExchange(ref _handler, handler, null) is not null)
        {
            throw new InvalidOperationException("This capture was started already.");
        }
        _device.OnPacketArrival += Deliver;
        _device.OnCaptureStopped += (_, status) =>
        {
            _ended.TrySetResult();
            if (status == CaptureStoppedEventStatus.CompletedWithoutError) _completion.TrySetResult();
            else _completion.TrySetException(CaptureException.SourceBroken(Source, _device.LastError));
        };
        _device.StartCapture();
    }

    /// <summary>SharpPcap doesn't tell what the interface lost.</summary>
    public CaptureCounters ReadCounters()
    {
        lock (_countersLock)
        {
            if (!_closed && _device.Statistics is { } statistics)
            {
                _lastCounters = new(0, statistics.ReceivedPackets, statistics.DroppedPackets, null);
            }
            return _lastCounters with { Delivered = Interlocked.Read(ref _delivered) };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        if (_handler is not null)
        {
            // It waits itself, in a poll that looks up twice a second.
            _device.StopCaptureTimeout = _stopDeadline;
            await Task.Run(_device.StopCapture);
            // The thread may still be inside the library: its handle stays open rather than being closed under it.
            if (!_ended.Task.IsCompleted) throw CaptureException.StopTimedOut(Source, _stopDeadline);
        }
        _completion.TrySetResult();
        _ = ReadCounters();
        lock (_countersLock) _closed = true;
        _device.Dispose();
    }

    // It is called by the library: an exception must not leave it. What comes behind one is nobody's.
    private void Deliver(object sender, PacketCapture packet)
    {
        if (_completion.Task.IsCompleted) return;
        try
        {
            var header = (PcapHeader)packet.Header;
            var number = Interlocked.Increment(ref _delivered);
            var time = (long)(header.Timeval.Value * NanosecondsPerSecond);
            _handler!(new FrameHeader(new(number, time), _linkType, (int)header.PacketLength), packet.Data);
        }
        catch (Exception exception)
        {
            _completion.TrySetException(CaptureException.SourceBroken(Source, exception.Message, exception));
        }
    }

    private static LibPcapLiveDevice Find(string name)
    {
        try
        {
            // Its own list is of the time at which it was first asked for; bridges come with each run.
            var devices = LibPcapLiveDeviceList.New();
            return devices.FirstOrDefault(device => device.Name == name)
                ?? throw CaptureException.NoSuchInterface(name, devices.Select(device => device.Name));
        }
        catch (Exception missing) when (missing is TypeInitializationException or DllNotFoundException)
        {
            throw CaptureException.LibraryMissing(["libpcap"]);
        }
    }

    private static DeviceConfiguration Configuration(LiveCaptureOptions options)
    {
        var configuration = new DeviceConfiguration
        {
            Mode = options.Promiscuous ? DeviceModes.Promiscuous : DeviceModes.None,
            Snaplen = options.SnapLength,
            ReadTimeout = options.Immediate ? WakeMilliseconds : 1,
            Immediate = options.Immediate,
            BufferSize = options.BufferBytes,
            TimestampResolution = TimestampResolution.Nanosecond,
        };
        configuration.ConfigurationFailed += (_, _) => { }; // where nanoseconds are refused, microseconds stay
        return configuration;
    }

    private static CaptureException Explain(string source, PcapException failed) => failed.Error switch
    {
        PcapError.PermissionDenied or PcapError.PromiscuousPermissionDenied =>
            CaptureException.NoPermission(source, failed.Message),
        PcapError.NoSuchDevice => CaptureException.NoSuchInterface(
            source, LibPcapLiveDeviceList.New().Select(device => device.Name)),
        PcapError.InterfaceNotUp => CaptureException.InterfaceDown(source),
        _ => CaptureException.Other(source, failed.Message),
    };
}
