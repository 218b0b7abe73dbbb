using System.Collections.Concurrent;
using System.Diagnostics;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Harness.Tests.Endpoints;

/// <summary>An engine that has the images it is given and builds without doing anything.</summary>
internal sealed class EngineDouble(params string[] images) : IContainerEngine
{
    private readonly ConcurrentDictionary<string, string> _images =
        new(images.ToDictionary(image => image, image => $"sha256:{image}"));

    public string Description => "double 1.0";
    public bool RegistryAnswers { get; init; }
    public Func<string, string?> Refuses { get; init; } = _ => null;

    /// <summary>Images that were built, with the arguments they were built with.</summary>
    public ConcurrentQueue<(string Image, IReadOnlyDictionary<string, string> Arguments)> Built { get; } = new();

    /// <summary>The folders that images were built from, with the names of the files in them.</summary>
    public ConcurrentQueue<(string Folder, string[] Files)> Contexts { get; } = new();

    /// <summary>Images that the registry was asked for.</summary>
    public ConcurrentQueue<string> Pulled { get; } = new();

    public Task<string?> FindImageAsync(string image, CancellationToken cancellationToken) =>
        Task.FromResult(_images.GetValueOrDefault(image));

    public Task<long?> ImageSizeAsync(string image, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(_images.ContainsKey(image) ? 155_000_000 : null);

    public async Task<bool> TryPullAsync(string image, CancellationToken cancellationToken)
    {
        Pulled.Enqueue(image);
        await Task.Yield();
        if (RegistryAnswers) _images[image] = $"sha256:{image}";
        return RegistryAnswers;
    }

    public Task ImportImageAsync(string image, string archive, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async Task BuildImageAsync(
        string image, string folder, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        Built.Enqueue((image, arguments));
        Contexts.Enqueue(
            (folder,
            [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)]));
        if (Refuses(image) is { } problem) throw new EndpointException(image, problem, "mend it");
        _images[image] = $"sha256:{image}";
    }

    public Task<ContainerNetwork> CreateNetworkAsync(
        string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

    public void RemoveLater(string label, string value) => throw new NotSupportedException();

    public Process StartShell(ContainerShell shell) => throw new NotSupportedException();
    public Process StartCapture(
        string name, string image, string networkInterface, IReadOnlyDictionary<string, string> labels) =>
        throw new NotSupportedException();


    public Task RemoveAsync(string label, string value, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveUnusedNetworksAsync(string label, TimeSpan age, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<IReadOnlySet<string>> LabelValuesAsync(string label, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());
}
