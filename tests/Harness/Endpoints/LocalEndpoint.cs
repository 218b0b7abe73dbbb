using System.Diagnostics;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Endpoints;

/// <summary>A bash of this machine with the session of <c>containers/base</c>, and a folder for its requests.</summary>
internal sealed class LocalEndpoint : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private LocalEndpoint(string folder, Process process, EndpointShell shell)
    {
        Folder = folder;
        Process = process;
        Shell = shell;
    }

    public string Folder { get; }
    public Process Process { get; }
    public EndpointShell Shell { get; }

    public static async Task<LocalEndpoint> OpenAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tlsinterop-shell-").FullName;
        var process = StartShell();
        var session = await File.ReadAllTextAsync(RepositoryFiles.Find("containers/base/session.sh"));
        return new LocalEndpoint(folder, process,
            await EndpointShell.OpenAsync("stack@local", process, session, Soon, CancellationToken.None));
    }

    public static Process StartShell(string program = "bash")
    {
        var start = new ProcessStartInfo("setsid", ["--wait", program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOSTNAME"] = "localhost";
        return Process.Start(start)!;
    }

    /// <summary>The endpoint as a definition has it, on this shell.</summary>
    public ShellEndpoint As(EndpointDefinition definition) =>
        new(definition, new EndpointReference("stack", "local"), Shell, Folder, Folder, Folder, new ServerPorts());

    /// <summary>Asks with a folder of the request's own.</summary>
    public Task<ShellAnswer> AskAsync(string verb, int seconds, string job, string unsupported,
        params string[] arguments) =>
        Shell.RequestAsync(verb, TimeSpan.FromSeconds(seconds), [At(job), unsupported, .. arguments],
            CancellationToken.None);

    public string At(string path) => Path.Combine(Folder, path);

    public async ValueTask DisposeAsync()
    {
        await Shell.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
