using System.Net;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Harness.Runs;

/// <summary>The live captures of a run: the containers' network, and the loopback for stacks of this machine.</summary>
public sealed class RunCapture : IAsyncDisposable
{
    public const string Loopback = "lo";

    // Gathering frames for a millisecond holds a hundred times as many as a ring with a slot for each.
    private const int SnapLength = 65_536;

    private readonly Dictionary<string, (ILiveCapture Capture, CaptureSplitter Splitter)> _captures = [];
    private readonly string? _bridge;

    private RunCapture(string? bridge) => _bridge = bridge;

    /// <summary>Opens the captures.</summary>
    /// <param name="bridge">The bridge of the containers' network, or null.</param>
    /// <param name="loopback">True if a server of this machine will be talked to.</param>
    /// <exception cref="CaptureException">
    /// The library is missing, the permission, or the interface; the message names the remedy.
    /// </exception>
    public static async Task<RunCapture> OpenAsync(string? bridge, bool loopback)
    {
        var run = new RunCapture(bridge);
        try
        {
            if (bridge is not null) await run.AddAsync(bridge);
            if (loopback) await run.AddAsync(Loopback);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Frames that the kernel dropped so far, over all interfaces.</summary>
    public long Dropped => _captures.Values.Sum(capture => capture.Capture.ReadCounters().DroppedByKernel ?? 0);

    /// <summary>Opens the lease of a cell on its server's port.</summary>
    public CaptureLease Lease(string host, int port)
    {
        var address = IPAddress.Parse(host);
        var source = IPAddress.IsLoopback(address) ? Loopback : _bridge!;
        return _captures[source].Splitter.Open(address, (ushort)port);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (capture, _) in _captures.Values) await capture.DisposeAsync();
    }

    private async Task AddAsync(string source)
    {
        var capture = LibpcapCapture.Open(new LiveCaptureOptions { Interface = source, Filter = "tcp", SnapLength = SnapLength, Immediate = false });
        var splitter = new CaptureSplitter(capture);
        _captures[source] = (capture, splitter);
        splitter.Start();
        await capture.Ready.WaitAsync(TimeSpan.FromSeconds(10));
    }
}
