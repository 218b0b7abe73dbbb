using System.Diagnostics;
using TlsInterop.Harness.Endpoints.Engine;

namespace TlsInterop.Interop.Tests.Endurance;

/// <summary>What runs of a folder have left on this machine.</summary>
internal static class LeftBehind
{
    /// <summary>
    /// Containers and networks of a run, and processes that name its folder; none if it has tidied up.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(string folder)
    {
        var run = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return
        [
            .. await DockerAsync("ps", "--all", "--format", "container {{.Names}}", "--filter", $"name={run}"),
            .. await DockerAsync("network", "ls", "--format", "network {{.Name}}", "--filter", $"name={run}"),
            .. Processes(folder),
        ];
    }

    /// <summary>The same, once what is ending has had time to.</summary>
    public static async Task<IReadOnlyList<string>> AfterAWhileOfAsync(string folder)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(20); await Task.Delay(200))
        {
            if (await OfAsync(folder) is { Count: 0 } none) return none;
        }
        return await OfAsync(folder);
    }

    /// <summary>Files of a run that have private keys: of its certificates, and what daemons copied of them.</summary>
    public static IReadOnlyList<string> KeysIn(string folder) =>
    [
        .. new[] { "*.key", "key.pem" }
            .SelectMany(name => Directory.GetFiles(folder, name, SearchOption.AllDirectories)),
    ];

    /// <summary>Lines that <c>docker</c> writes; that it fails fails the test.</summary>
    public static async Task<string[]> DockerAsync(params string[] arguments)
    {
        var result = await Command.RunAsync("docker", arguments, TimeSpan.FromSeconds(60));
        Assert.That(result.ExitCode, Is.Zero, $"docker {string.Join(' ', arguments)}: {result.Errors}");
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static IEnumerable<string> Processes(string folder)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), out var id) || id == Environment.ProcessId) continue;
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue;
            }
            if (line.Contains(folder, StringComparison.Ordinal)) yield return $"process {id}: {line}";
        }
    }
}
