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

    private readonly Dictionary<string, (ILiveCapture Capture, CaptureSplitter Splitter)> _captures = [];
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
    public CaptureLease Lease(string host, int port, int connections)
    {
        var address = IPAddress.Parse(host);
        var source = IPAddress.IsLoopback(address) ? Loopback : _bridge!;
        return _captures[source].Splitter.Open(address, (ushort)port, connections);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (capture, _) in _captures.Values) await capture.DisposeAsync();
    }

    // Gathering frames for a millisecond holds a hundred times as many as a ring with a slot for each.
    private static LibpcapCapture Open(string source) =>
        LibpcapCapture.Open(
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

    private async Task AddAsync(string source, ILiveCapture capture)
    {
        var splitter = new CaptureSplitter(capture);
        _captures[source] = (capture, splitter);
        splitter.Start();
        await capture.Ready.WaitAsync(ReadyDeadline);
    }
}
