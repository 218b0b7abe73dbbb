using System.Diagnostics;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// The containers and the network of one run. They carry its owner's label, and go with it, at the latest at the next
/// start.
/// </summary>
public sealed class ContainerRun : IAsyncDisposable
{
    private const string OwnerLabel = "tlsinterop.owner";
    private const string CaptureSuite = "bookworm";
    private const string RunLabel = "tlsinterop.run";

    // Of an owner before a machine's last start, or on another machine, nobody knows whether it is gone. Containers of
    // such a run are, and engines have addresses for a few dozen networks.
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    private readonly IContainerEngine _engine;
    private readonly string _runId;

    private ContainerRun(IContainerEngine engine, EndpointImages images, string runId, ContainerNetwork network)
    {
        _engine = engine;
        _runId = runId;
        Images = images;
        Network = network;
    }

    public EndpointImages Images { get; }
    public ContainerNetwork Network { get; }

    private static Dictionary<string, string> Labels(string runId) =>
        new() { [OwnerLabel] = Owner.Own, [RunLabel] = runId };

    /// <summary>Makes sure that containers can be given what is in a folder.</summary>
    /// <exception cref="EndpointException">Its name is none for them.</exception>
    public static void CheckFolder(string folder)
    {
        // docker-run(1): --volume HOST:CONTAINER:OPTIONS, and nothing escapes a colon.
        if (folder.Contains(':') && !OperatingSystem.IsWindows())
            throw new EndpointException(
                "docker", $"containers can't have a folder with a ':' in its name: {folder}",
                "move or rename it, choose another one with --output, or run with --engine none");
    }

    /// <summary>Removes what runs left behind whose process is gone, and makes the network of this one.</summary>
    /// <exception cref="EndpointException">The engine refused.</exception>
    public static async Task<ContainerRun> OpenAsync(
        IContainerEngine engine, EndpointImages images, string runId, CancellationToken cancellationToken)
    {
        OwnedFolder.RemoveLeft();
        foreach (var owner in await engine.LabelValuesAsync(OwnerLabel, cancellationToken))
        {
            if (Owner.IsGone(owner)) await engine.RemoveAsync(OwnerLabel, owner, cancellationToken);
        }
        await engine.RemoveUnusedNetworksAsync(OwnerLabel, Forgotten, cancellationToken);
        try
        {
            var network = await engine.CreateNetworkAsync($"tlsinterop-{runId}", Labels(runId), cancellationToken);
            return new ContainerRun(engine, images, runId, network);
        }
        catch
        {
            // The engine may have made it before it was told to stop.
            await engine.RemoveAsync(RunLabel, runId, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Starts an endpoint's container with a shell in it.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="name">Its name in this run.</param>
    /// <param name="image">Its image.</param>
    /// <param name="mounts">As of <see cref="ContainerShell"/>.</param>
    public Process StartShell(
        EndpointDefinition definition, string name, EndpointImage image, IReadOnlyDictionary<string, string> mounts) =>
        _engine.StartShell(new ContainerShell(
            $"tlsinterop-{_runId}-{name.Replace('@', '-')}", image.Name, Network.Id, mounts, Labels(_runId),
            definition.Privileges, definition.Writes));

    /// <summary>
    /// Starts a container that captures the run's network, where this process may not or can't see it.
    /// </summary>
    /// <exception cref="EndpointException">Its image can't be built.</exception>
    public async Task<Process> StartCaptureAsync(CancellationToken cancellationToken) => _engine.StartCapture(
        $"tlsinterop-{_runId}-capture", await Images.EnsureBaseAsync(CaptureSuite, cancellationToken),
        Network.Interface, Labels(_runId));

    /// <summary>Has what a run has by now removed by somebody who outlives this process.</summary>
    public static void Abandon(IContainerEngine engine, string runId) => engine.RemoveLater(RunLabel, runId);

    public async ValueTask DisposeAsync() => await _engine.RemoveAsync(RunLabel, _runId, CancellationToken.None);
}
