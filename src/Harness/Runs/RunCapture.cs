using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Harness.Runs;

/// <summary>The live captures of a run: the containers' network, and the loopback for stacks of this machine.</summary>
public sealed class RunCapture : IAsyncDisposable
{
    public const string Loopback = "lo";

    // The largest IP packet, as segmentation offload makes them, and its link header.
    private const int SnapLength = 65_600;

    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, (ILiveCapture Capture, CaptureSplitter Splitter)> _captures =
        new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _opening = new(1);
    private readonly string? _bridge;

    private RunCapture(string? bridge) => _bridge = bridge;

    /// <summary>Opens the captures.</summary>
    /// <param name="bridge">The bridge of the containers' network, or null.</param>
    /// <param name="startInContainer">Starts a capture of it in a container, for who may not or can't see it from
    /// here.</param>
    /// <param name="loopback">True if a server of this machine will be talked to.</param>
    /// <exception cref="CaptureException">
    /// The library is missing, the permission, or the interface; the message names the remedy.
    /// </exception>
    public static async Task<RunCapture> OpenAsync(string? bridge, Func<Task<Process>> startInContainer, bool loopback)
    {
        var run = new RunCapture(bridge);
        try
        {
            if (bridge is not null) await run.AddAsync(bridge, await OpenBridgeAsync(bridge, startInContainer));
            if (loopback) await run.AddAsync(Loopback, Open(Loopback));
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

    /// <summary>Opens the lease of a cell on its server's port, for so many connections.</summary>
    /// <exception cref="CaptureException">The loopback is needed for the first time, and can't be captured.</exception>
    public async Task<CaptureLease> LeaseAsync(string host, int port, int connections)
    {
        var address = IPAddress.Parse(host);
        var source = IPAddress.IsLoopback(address) ? Loopback : _bridge!;
        return (await OfAsync(source)).Splitter.Open(address, (ushort)port, connections);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (capture, _) in _captures.Values) await capture.DisposeAsync();
        _opening.Dispose();
    }

    // Gathering frames for a millisecond holds a hundred times as many as a ring with a slot for each.
    private static ILiveCapture Open(string source) =>
        LiveCapture.Open(
            new LiveCaptureOptions { Interface = source, Filter = "tcp", SnapLength = SnapLength, Immediate = false });

    // A member of the group docker may do all with the engine and nothing with its bridge; a rootless engine's bridge
    // is in another network namespace.
    private static async Task<ILiveCapture> OpenBridgeAsync(string bridge, Func<Task<Process>> startInContainer)
    {
        try
        {
            return Open(bridge);
        }
        catch (CaptureException denied) when (
            denied.Failure is CaptureFailure.NoPermission or CaptureFailure.NoSuchInterface
            or CaptureFailure.LibraryMissing)
        {
            var process = await startInContainer();
            process.BeginErrorReadLine();
            return new PcapStreamCapture(process.StandardOutput.BaseStream, $"{bridge} (in a container)", async () =>
            {
                process.StandardInput.Close();
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10))
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                process.Dispose();
            });
        }
    }

    // Two ends of this machine meet on its loopback, which hardly any run needs.
    private async Task<(ILiveCapture Capture, CaptureSplitter Splitter)> OfAsync(string source)
    {
        if (_captures.TryGetValue(source, out var open)) return open;
        await _opening.WaitAsync();
        try
        {
            if (!_captures.ContainsKey(source)) await AddAsync(source, Open(source));
            return _captures[source];
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task AddAsync(string source, ILiveCapture capture)
    {
        var splitter = new CaptureSplitter(capture);
        splitter.Start();
        try
        {
            await capture.Ready.WaitAsync(ReadyDeadline);
        }
        catch
        {
            await capture.DisposeAsync();
            throw;
        }
        _captures[source] = (capture, splitter);
    }
}
