using System.Net.NetworkInformation;
using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Capture.Live;

/// <summary>Captures through libpcap.</summary>
public sealed class LibpcapCapture : ILiveCapture
{
    /// <summary>
    /// How often a waiting read looks up, for libraries too old to be woken by <c>pcap_breakloop</c>.
    /// </summary>
    private const int WakeMilliseconds = 100;

    private readonly PcapHandle _handle;
    private readonly TimeSpan _stopDeadline;
    private readonly long _nanosecondsPerFraction;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _countersLock = new();
    private FrameHandler? _handler;
    private CaptureCounters _lastCounters;
    private long _delivered;
    private volatile bool _stopping;
    private bool _closed;

    private LibpcapCapture(LiveCaptureOptions options, PcapHandle handle)
    {
        _handle = handle;
        _stopDeadline = options.StopDeadline;
        _nanosecondsPerFraction = Libpcap.GetPrecision(handle) == Libpcap.PrecisionNano ? 1 : 1000;
        Source = options.Interface;
        LinkType = LinkType.FromDataLink(Libpcap.DataLink(handle));
    }

    public string Source { get; }

    /// <summary>The link type of every frame of this capture.</summary>
    public LinkType LinkType { get; }

    /// <summary>The kernel gathers frames from the moment of opening.</summary>
    public Task Ready => Task.CompletedTask;

    public Task Completion => _completion.Task;

    /// <summary>Opens an interface.</summary>
    /// <exception cref="CaptureException">No library, no permission, no such interface, a wrong filter.</exception>
    public static unsafe LibpcapCapture Open(LiveCaptureOptions options)
    {
        Libpcap.Require();
        var errorBuffer = stackalloc byte[Libpcap.ErrorBufferLength];
        var handle = new PcapHandle(Libpcap.Create(options.Interface, errorBuffer));
        try
        {
            if (handle.IsInvalid)
            {
                throw CaptureException.Other(options.Interface, Marshal.PtrToStringUTF8((nint)errorBuffer) ?? "");
            }
            _ = Libpcap.SetSnapLength(handle, options.SnapLength);
            _ = Libpcap.SetPromiscuous(handle, options.Promiscuous ? 1 : 0);
            _ = Libpcap.SetImmediateMode(handle, options.Immediate ? 1 : 0);
            _ = Libpcap.SetTimeout(handle, options.Immediate ? WakeMilliseconds : 1);
            _ = Libpcap.SetBufferSize(handle, options.BufferBytes);
            _ = Libpcap.SetPrecision(handle, Libpcap.PrecisionNano); // where it is refused, microseconds stay

            var activated = Libpcap.Activate(handle);
            if (activated < 0) throw Explain(options.Interface, activated, handle.LastError);
            if (options.Filter is { Length: > 0 } filter) ApplyFilter(handle, options.Interface, filter);
            return new LibpcapCapture(options, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public void Start(FrameHandler handler)
    {
        if (Interlocked.CompareExchange(ref _handler, handler, null) is not null)
        {
            throw new InvalidOperationException("This capture was started already.");
        }
        new Thread(Run) { IsBackground = true, Name = $"capture {Source}" }.Start();
    }

    public unsafe CaptureCounters ReadCounters()
    {
        lock (_countersLock)
        {
            var delivered = Interlocked.Read(ref _delivered);
            Libpcap.Statistics statistics = default;
            if (!_closed && Libpcap.GetStatistics(_handle, &statistics) == 0)
            {
                _lastCounters = new(delivered, statistics.Received, statistics.Dropped, statistics.DroppedByInterface);
            }
            return _lastCounters with { Delivered = delivered };
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed) return;
        _stopping = true;
        if (_handler is not null)
        {
            Libpcap.BreakLoop(_handle);
            var ended = await Task.WhenAny(_completion.Task, Task.Delay(_stopDeadline));
            // The thread may still be inside the library: its handle stays open rather than being closed under it.
            if (ended != _completion.Task) throw CaptureException.StopTimedOut(Source, _stopDeadline);
        }
        _completion.TrySetResult();
        _ = ReadCounters();
        lock (_countersLock) _closed = true;
        _handle.Dispose();
    }

    private unsafe void Run()
    {
        try
        {
            Libpcap.PacketHeader* header;
            byte* bytes;
            while (!_stopping)
            {
                var result = Libpcap.Next(_handle, &header, &bytes);
                if (result == 0) continue;
                if (result == Libpcap.ErrorBreak) break;
                if (result < 0) throw CaptureException.SourceBroken(Source, _handle.LastError);

                var number = Interlocked.Increment(ref _delivered);
                var fraction = (int)header->Fraction.Value * _nanosecondsPerFraction;
                var time = (header->Seconds.Value * 1_000_000_000L) + fraction;
                var stamp = new FrameHeader(new(number, time), LinkType, (int)header->OriginalLength);
                _handler!(stamp, new ReadOnlySpan<byte>(bytes, (int)header->CapturedLength));
            }
            _completion.TrySetResult();
        }
        // Whatever the handler throws belongs to whoever awaits the capture, not to this thread.
        catch (Exception exception)
        {
            _completion.TrySetException(exception as CaptureException
                ?? CaptureException.SourceBroken(Source, exception.Message, exception));
        }
    }

    private static unsafe void ApplyFilter(PcapHandle handle, string source, string filter)
    {
        Libpcap.Program program = default;
        if (Libpcap.Compile(handle, &program, filter, optimize: 1, Libpcap.NetmaskUnknown) != 0)
        {
            throw CaptureException.BadFilter(source, filter, handle.LastError);
        }
        var applied = Libpcap.SetFilter(handle, &program);
        Libpcap.FreeCode(&program);
        if (applied != 0) throw CaptureException.BadFilter(source, filter, handle.LastError);
    }

    private static CaptureException Explain(string source, int error, string detail) => error switch
    {
        Libpcap.ErrorPermissionDenied or Libpcap.ErrorPromiscuousPermissionDenied =>
            CaptureException.NoPermission(source, detail),
        Libpcap.ErrorNoSuchDevice => CaptureException.NoSuchInterface(
            source, NetworkInterface.GetAllNetworkInterfaces().Select(known => known.Name)),
        Libpcap.ErrorInterfaceNotUp => CaptureException.InterfaceDown(source),
        _ => CaptureException.Other(source, detail),
    };
}
