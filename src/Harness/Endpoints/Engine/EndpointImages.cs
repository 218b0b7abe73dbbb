using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>An image that is ready.</summary>
/// <param name="Name">Its name with the hash of what it was built from.</param>
/// <param name="Id">The engine's content id.</param>
public sealed record EndpointImage(string Name, string Id);

/// <summary>
/// Builds the images of endpoints from <c>containers/</c>, each named by the hash of its folder and of what it stands
/// on, so that an image is built once and again only when its folder changes.
/// </summary>
/// <param name="engine">Where they are built.</param>
/// <param name="containers">The folder <c>containers</c>.</param>
/// <param name="say">Receives a line for each step that takes time.</param>
public sealed class EndpointImages(IContainerEngine engine, string containers, Action<string> say) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _bases = new();
    private readonly ConcurrentDictionary<string, EndpointException> _refused = new();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _builders = new(Math.Max(2, Environment.ProcessorCount));
    private Task<DebianMirrors>? _mirrors;
    private Task<bool>? _registryAnswers;
    private int _built;
    private int _reused;

    public void Dispose() => _builders.Dispose();

    /// <summary>Images that were built, and that were there, so far.</summary>
    public (int Built, int Reused) Counts => (_built, _reused);

    /// <summary>The image of an endpoint at a version, built if there is none of its content.</summary>
    /// <exception cref="EndpointException">It can't be built.</exception>
    public async Task<EndpointImage> EnsureAsync(
        EndpointDefinition endpoint, string version, CancellationToken cancellationToken)
    {
        if (await FindAsync(endpoint, version, cancellationToken) is { } known)
        {
            Interlocked.Increment(ref _reused);
            return known;
        }

        var name = NameOf(endpoint, version);
        // What failed is not tried again for each cell that needs it.
        if (_refused.TryGetValue(name, out var refused)) throw refused;
        try
        {
            return await BuildAsync(endpoint, version, name, cancellationToken);
        }
        catch (EndpointException broken)
        {
            _refused[name] = broken;
            throw;
        }
    }

    private async Task<EndpointImage> BuildAsync(
        EndpointDefinition endpoint, string version, string name, CancellationToken cancellationToken)
    {
        var own = endpoint.BuildArguments(version);
        var suite = own[EndpointDefinition.SuiteArgument];
        var baseName = BaseName(suite);
        await EnsureBaseAsync(suite, cancellationToken);
        await TimedAsync($"image {endpoint.Name}@{version}", async () =>
        {
            using var context = await BuildContext.OpenAsync(endpoint, own, cancellationToken);
            await engine.BuildImageAsync(
                name, context.Folder, new Dictionary<string, string>(own) { ["BASE"] = baseName }, cancellationToken);
        }, cancellationToken);
        Interlocked.Increment(ref _built);
        return new EndpointImage(name, await engine.FindImageAsync(name, cancellationToken)
            ?? throw new EndpointException(
                name, "the image was built and is gone", "is something else removing images? try again"));
    }

    /// <summary>The image of an endpoint at a version, or null if it is not built yet.</summary>
    public async Task<EndpointImage?> FindAsync(
        EndpointDefinition endpoint, string version, CancellationToken cancellationToken)
    {
        var name = NameOf(endpoint, version);
        return await engine.FindImageAsync(name, cancellationToken) is { } id ? new EndpointImage(name, id) : null;
    }

    /// <summary>The image that all of a suite stand on, built if there is none of its content.</summary>
    /// <exception cref="EndpointException">It can't be built.</exception>
    public async Task<string> EnsureBaseAsync(string suite, CancellationToken cancellationToken)
    {
        try
        {
            return await _bases.GetOrAdd(
                suite, _ =>
                    new Lazy<Task<string>>(() => BuildBaseAsync(BaseName(suite), suite, cancellationToken))).Value;
        }
        catch (OperationCanceledException)
        {
            // A failure is the same for all endpoints of the suite; that somebody stopped waiting is not.
            _bases.TryRemove(suite, out _);
            throw;
        }
    }

    private string NameOf(EndpointDefinition endpoint, string version)
    {
        var own = endpoint.BuildArguments(version);
        var salt = string.Join('\n', own.Where(argument => argument.Key != EndpointDefinition.SuiteArgument)
            .OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => $"{argument.Key}={argument.Value}")
            .Prepend(BaseName(own[EndpointDefinition.SuiteArgument]))
            .Concat(endpoint.Fetch is { } fetch ? [fetch] : []));
        return $"tlsinterop/{endpoint.Name}:{version}-{Hash(endpoint.Folder, Sources(endpoint.Folder), salt)}";
    }

    private string BaseName(string suite)
    {
        var folder = Path.Combine(containers, "base");
        return $"tlsinterop/base:{suite}-{Hash(folder, Sources(folder), suite)}";
    }

    private async Task<string> BuildBaseAsync(string name, string suite, CancellationToken cancellationToken)
    {
        if (await engine.FindImageAsync(name, cancellationToken) is not null) return name;
        Task<DebianMirrors> search;
        // Who asked first may have stopped waiting: that is nobody else's answer.
        lock (_lock) search = _mirrors = _mirrors is { IsCanceled: false } asked
            ? asked
            : DebianMirrors.FindAsync(cancellationToken);
        var mirrors = await search;
        var root = await EnsureRootAsync(suite, mirrors, cancellationToken);
        var arguments = new Dictionary<string, string>
        {
            ["BASE"] = root,
            ["SUITE"] = suite,
            // An image from a registry has sources of its own that work wherever the registry does.
            ["MIRROR"] = root.StartsWith("debian:", StringComparison.Ordinal) ? "" : mirrors.Archive,
            ["SECURITY_MIRROR"] = mirrors.Security,
        };
        await TimedAsync(
            $"image base@{suite}",
            () => engine.BuildImageAsync(name, Path.Combine(containers, "base"), arguments, cancellationToken),
            cancellationToken);
        return name;
    }

    private async Task<string> EnsureRootAsync(string suite, DebianMirrors mirrors, CancellationToken cancellationToken)
    {
        var official = $"debian:{suite}-slim";
        if (await engine.FindImageAsync(official, cancellationToken) is not null) return official;
        var own = $"tlsinterop/debian:{suite}";
        if (await engine.FindImageAsync(own, cancellationToken) is not null) return own;
        // The first suite finds out whether a registry answers; the others don't ask again if none does.
        Task<bool> answers;
        lock (_lock)
            answers = _registryAnswers = _registryAnswers is { IsCanceled: false } asked
                ? asked
                : engine.TryPullAsync(official, cancellationToken);
        if (await answers && (await engine.FindImageAsync(official, cancellationToken) is not null
                              || await engine.TryPullAsync(official, cancellationToken))) return official;
        await TimedAsync(
            $"root  debian {suite} (no registry: made of packages)", () =>
            MakeRootAsync(own, suite, mirrors, cancellationToken), cancellationToken);
        return own;
    }

    private async Task MakeRootAsync(
        string name, string suite, DebianMirrors mirrors, CancellationToken cancellationToken)
    {
        using var folder = OwnedFolder.Create();
        var archive = Path.Combine(folder.Path, $"{suite}.tar");
        string[] source = mirrors.Archive.Length > 0 ? [$"deb {mirrors.Archive} {suite} main"] : [];
        var made = await Command.RunAsync(
            "mmdebstrap",
            ["--variant=minbase", "--aptopt=Acquire::Check-Valid-Until \"false\"", suite, archive, .. source],
            TimeSpan.FromMinutes(10),
            cancellationToken: cancellationToken);
        if (!made.Succeeded)
        {
            throw new EndpointException(
                $"debian {suite}",
                $"no registry answers for debian:{suite}-slim, and mmdebstrap failed with exit code "
                    + $"{made.ExitCode}:\n{made.Tail()}",
                made.ExitCode == 127
                    ? "install mmdebstrap and debian-archive-keyring, or pull the image by hand"
                    : "see that this machine reaches a Debian mirror, or pull the image by hand");
        }
        await engine.ImportImageAsync(name, archive, cancellationToken);
    }

    private async Task TimedAsync(string what, Func<Task> work, CancellationToken cancellationToken)
    {
        await _builders.WaitAsync(cancellationToken);
        try
        {
            say($"{what} ...");
            var started = TimeProvider.System.GetTimestamp();
            await work();
            say($"{what} ready ({TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s)");
        }
        finally
        {
            _builders.Release();
        }
    }

    // What is read at run time is no part of the image.
    private static readonly string[] ReadAtRunTime = [EndpointFile.FileName, "session.sh"];

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Where(file => !ReadAtRunTime.Contains(file))
            .Order(StringComparer.Ordinal);

    private static string Hash(string folder, IEnumerable<string> files, string salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(salt));
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(Path.Combine(folder, file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
