namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>
/// The folder that an image is built from: the endpoint's own, or, where it has a command <c>fetch</c>, a copy with
/// what that has brought.
/// </summary>
internal sealed class BuildContext : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private readonly OwnedFolder? _copy;

    private BuildContext(string folder, OwnedFolder? copy) => (Folder, _copy) = (folder, copy);

    /// <summary>Its path.</summary>
    public string Folder { get; }

    /// <summary>Makes the folder ready.</summary>
    /// <exception cref="EndpointException">The command failed.</exception>
    public static async Task<BuildContext> OpenAsync(
        EndpointDefinition endpoint, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        if (endpoint.Fetch is not { } fetch) return new BuildContext(endpoint.Folder, null);
        var copy = OwnedFolder.Create();
        var context = new BuildContext(copy.Path, copy);
        try
        {
            context.Copy(endpoint.Folder);
            var variables =
                string.Concat(arguments.Select(argument => $"{argument.Key}={Shell.Quote(argument.Value)}; "));
            var fetched = await Command.RunAsync(
                "bash", ["-c", $"cd {Shell.Quote(context.Folder)} && {{ {variables}{fetch}\n}}"], Deadline,
                cancellationToken: cancellationToken);
            if (fetched.Succeeded) return context;
            throw new EndpointException(
                endpoint.Name,
                $"its command 'fetch' failed with exit code {fetched.ExitCode}:\n{fetched.Tail()}",
                "it runs on this machine, with this machine's package clients: install the one that it names");
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    public void Dispose() => _copy?.Dispose();

    private void Copy(string from)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(Folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }
}
