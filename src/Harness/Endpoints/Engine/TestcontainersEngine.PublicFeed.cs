using System.Collections.Concurrent;
using System.Diagnostics;
using Docker.DotNet;
using Docker.DotNet.Handler.Abstractions;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Clients;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using Microsoft.Extensions.Logging;

namespace TlsInterop.Harness.Endpoints.Engine;

public static partial class ContainerEngine
{
    static partial void Substitute(ref IContainerEngine engine) => engine = new TestcontainersEngine(engine);
}

/// <summary>The container engine by way of Testcontainers, and of its Docker.DotNet where it has no builder.</summary>
/// <remarks>
/// Its reaper, a container that has the engine's socket, notices at once that a process is gone. Where its image can't
/// be had, or <c>TESTCONTAINERS_RYUK_DISABLED</c> says no, the next run clears away by the owner's label, as ever.
/// </remarks>
/// <param name="command">Has what the package lacks: streams of a shell, rights at registries, imports.</param>
public sealed class TestcontainersEngine(IContainerEngine command) : IContainerEngine
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly DockerClient Client = new DockerClientBuilder().Build();
    private static readonly Lazy<Task> Reaper = new(StartReaperAsync);

    public string Description => $"{command.Description} by Testcontainers";

    public async Task<string?> FindImageAsync(string image, CancellationToken cancellationToken) =>
        (await TryAsync(token => Client.Images.InspectImageAsync(image, token), cancellationToken))?.ID;

    public async Task<long?> ImageSizeAsync(string image, CancellationToken cancellationToken) =>
        (await TryAsync(token => Client.Images.InspectImageAsync(image, token), cancellationToken))?.Size;

    public Task<bool> TryPullAsync(string image, CancellationToken cancellationToken) =>
        command.TryPullAsync(image, cancellationToken);
    public Task ImportImageAsync(string image, string archive, CancellationToken cancellationToken) =>
        command.ImportImageAsync(image, archive, cancellationToken);

    public Task BuildImageAsync(
        string image, string folder, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var said = new EngineLog();
        // What is built here is for other runs too: nothing clears it away.
        var builder = new ImageFromDockerfileBuilder().WithDockerEndpoint(EngineEndpoint.Here).WithLogger(said)
            .WithName(image).WithDockerfileDirectory(folder).WithLabel("tlsinterop.image", "true").WithCleanUp(false)
            .WithCreateParameterModifier(parameters => parameters.ForceRemove = true);
        foreach (var (name, value) in arguments) builder = builder.WithBuildArgument(name, value);
        return AskAsync(image, "build", said, TimeSpan.FromMinutes(15), builder.Build().CreateAsync, cancellationToken);
    }

    public async Task<ContainerNetwork> CreateNetworkAsync(
        string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        await Reaper.Value.WaitAsync(cancellationToken);
        var said = new EngineLog();
        var network = new NetworkBuilder().WithDockerEndpoint(EngineEndpoint.Here).WithLogger(said)
            .WithName(name).WithLabel(labels).WithCleanUp(true)
            .WithCreateParameterModifier(parameters => parameters.Internal = true).Build();
        var id = "";
        await AskAsync(name, "network create", said, Soon, async token =>
        {
            await network.CreateAsync(token);
            id = (await Client.Networks.InspectNetworkAsync(name, token)).ID; // refused if another has the name
        }, cancellationToken);
        return new ContainerNetwork(id, $"br-{id[..Math.Min(12, id.Length)]}");
    }

    public Process StartShell(ContainerShell shell) =>
        command.StartShell(shell with { Labels = Reaped(shell.Labels) });
    public Process StartCapture(
        string name, string image, string networkInterface, IReadOnlyDictionary<string, string> labels) =>
        command.StartCapture(name, image, networkInterface, Reaped(labels));

    public async Task RemoveAsync(string label, string value, CancellationToken cancellationToken)
    {
        var (containers, networks) = await FindAsync($"{label}={value}", cancellationToken);
        var remove = new ContainerRemoveParameters { Force = true, RemoveVolumes = true };
        await Task.WhenAll(containers.Select(container => TryAsync(
            token => Client.Containers.RemoveContainerAsync(container.ID, remove, token), cancellationToken)));
        await Task.WhenAll(networks.Select(network => TryAsync(
            token => Client.Networks.DeleteNetworkAsync(network.ID, token), cancellationToken)));
    }

    public void RemoveLater(string label, string value) => command.RemoveLater(label, value);
    public Task RemoveUnusedNetworksAsync(string label, TimeSpan age, CancellationToken cancellationToken) =>
        command.RemoveUnusedNetworksAsync(label, age, cancellationToken);
    public async Task<IReadOnlySet<string>> LabelValuesAsync(string label, CancellationToken cancellationToken)
    {
        var (containers, networks) = await FindAsync(label, cancellationToken);
        return containers.Select(container => container.Labels).Concat(networks.Select(network => network.Labels))
            .Select(labels => labels[label]).ToHashSet();
    }

    private static async Task<(IList<ContainerListResponse> Containers, IList<NetworkResponse> Networks)> FindAsync(
        string label, CancellationToken cancellationToken)
    {
        var filters = new FilterByProperty().Add("label", label);
        var containers = new ContainersListParameters { All = true, Filters = filters };
        var networks = new NetworksListParameters { Filters = filters };
        return (
            await TryAsync(token => Client.Containers.ListContainersAsync(containers, token), cancellationToken) ?? [],
            await TryAsync(token => Client.Networks.ListNetworksAsync(networks, token), cancellationToken) ?? []);
    }

    private static Task<bool> TryAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken) =>
        TryAsync(async token => { await ask(token); return true; }, cancellationToken);

    // What is gone is gone, and what the engine does not tell is not there: the caller sees that.
    private static async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Soon);
        try
        {
            return await ask(late.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    private static async Task AskAsync(
        string what, string verb, EngineLog said, TimeSpan deadline, Func<CancellationToken, Task> ask,
        CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(deadline);
        var failure = "";
        try
        {
            await ask(late.Token);
            // An image that was there before looks to the package like one that was built.
            if (!said.HasError) return;
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            failure = late.IsCancellationRequested ? $"no end within {deadline.TotalSeconds:0} s" : failed.Message;
        }
        throw new EndpointException(
            what, $"docker {verb} failed: {failure}\n{said.Tail}",
            $"mend what the last lines name, then try again; 'docker {verb}' by hand shows all of it");
    }

    private static IReadOnlyDictionary<string, string> Reaped(IReadOnlyDictionary<string, string> labels) =>
        !TestcontainersSettings.ResourceReaperEnabled ? labels : new Dictionary<string, string>(labels)
        {
            [ResourceReaper.ResourceReaperSessionLabel] = ResourceReaper.DefaultSessionId.ToString("D"),
        };

    private static async Task StartReaperAsync()
    {
        if (!TestcontainersSettings.ResourceReaperEnabled) return;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await ResourceReaper.GetAndStartDefaultAsync(EngineEndpoint.Here, new EngineLog(), ct: late.Token);
        }
        catch (Exception)
        {
            TestcontainersSettings.ResourceReaperEnabled = false;
        }
    }

    // The package asks for a version of the API that older engines lack; without one each speaks its own.
    private sealed class EngineEndpoint : IDockerEndpointAuthenticationConfiguration
    {
        public static readonly EngineEndpoint Here = new();

        public System.Version? Version => null;
        public Uri Endpoint => Client.Options.Endpoint;
        public IAuthProvider? AuthProvider => null;
        public DockerClientBuilder GetDockerClientBuilder(Guid sessionId = default) => new();
    }

    // The package tells what the engine says to a log, and nowhere else.
    private sealed class EngineLog : ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();
        public bool HasError { get; private set; }
        public string Tail => string.Join('\n', _lines.TakeLast(12));
        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Debug or LogLevel.Error;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            HasError |= logLevel == LogLevel.Error;
            foreach (var line in formatter(state, exception).Split('\n')) _lines.Enqueue(line);
        }
    }
}
