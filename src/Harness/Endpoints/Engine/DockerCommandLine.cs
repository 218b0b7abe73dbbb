using System.Diagnostics;
using System.Globalization;

namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>
/// The container engine by way of Docker's own command line: it knows contexts, rootless engines and podman's socket,
/// so whatever answers <c>docker info</c> is good.
/// </summary>
public sealed class DockerCommandLine : IContainerEngine
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // Java takes the most, a fraction of it; a fork bomb or a leak is to end in its own container.
    private const string MostMemory = "1g";
    private const string MostProcesses = "1024";

    private DockerCommandLine(string version) => Description = $"docker {version}";

    public string Description { get; }

    /// <summary>Finds the engine; null if none answers, with the reason.</summary>
    public static async Task<(DockerCommandLine? Engine, string Reason)> FindAsync(CancellationToken cancellationToken)
    {
        var version = await Command.RunAsync(
            "docker", ["version", "--format", "{{.Server.Version}}"], TimeSpan.FromSeconds(10),
            cancellationToken: cancellationToken);
        return version.Succeeded
            ? (new DockerCommandLine(version.Output.Trim()), "")
            : (null, version.ExitCode == 127
                ? "there is no docker command"
                : $"no container engine answers ({version.Tail(1)})");
    }

    public async Task<string?> FindImageAsync(string image, CancellationToken cancellationToken)
    {
        var found = await DockerAsync(["image", "inspect", "--format", "{{.Id}}", image], Soon, cancellationToken);
        return found.Succeeded ? found.Output.Trim() : null;
    }

    public async Task<long?> ImageSizeAsync(string image, CancellationToken cancellationToken)
    {
        var found = await DockerAsync(["image", "inspect", "--format", "{{.Size}}", image], Soon, cancellationToken);
        return found.Succeeded && long.TryParse(found.Output.Trim(), CultureInfo.InvariantCulture, out var size)
            ? size
            : null;
    }

    public async Task<bool> TryPullAsync(string image, CancellationToken cancellationToken)
    {
        // A registry that doesn't answer says nothing for long; one that does names each layer as it comes.
        var pulled = await Command.RunAsync(
            "docker", ["pull", image], TimeSpan.FromMinutes(10), silence: TimeSpan.FromSeconds(15),
            cancellationToken: cancellationToken);
        return pulled.Succeeded;
    }

    public async Task ImportImageAsync(string image, string archive, CancellationToken cancellationToken)
    {
        var imported = await DockerAsync(["import", archive, image], TimeSpan.FromMinutes(5), cancellationToken);
        if (!imported.Succeeded) throw Refused(image, "import", imported);
    }

    public async Task BuildImageAsync(
        string image, string folder, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var built = await DockerAsync(
            [
                "build", "--quiet", "--force-rm", "--tag", image, "--label", "tlsinterop.image=true",
                .. arguments.SelectMany(argument => new[] { "--build-arg", $"{argument.Key}={argument.Value}" }),
                folder,
            ],
            TimeSpan.FromMinutes(15),
            cancellationToken);
        if (!built.Succeeded) throw Refused(image, "build", built);
    }

    public async Task<ContainerNetwork> CreateNetworkAsync(
        string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        var created = await DockerAsync(
            ["network", "create", "--internal", .. LabelArguments(labels), name], Soon, cancellationToken);
        if (!created.Succeeded) throw Refused(name, "network create", created);
        var id = created.Output.Trim();
        return new ContainerNetwork(id, $"br-{id[..Math.Min(12, id.Length)]}");
    }

    // What runs in a container is old, odd, or fed with what crashes it: it has nothing that it does not need, and the
    // machine survives whatever it does. Anonymous volumes begin with what the image has there and go with it.
    private static IEnumerable<string> Confined(IEnumerable<string> privileges, IEnumerable<string> writes) =>
    [
        "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
        .. privileges.SelectMany(privilege => new[] { "--cap-add", privilege }),
        "--tmpfs", "/tmp:rw,nosuid,nodev,exec,mode=1777,size=64m",
        .. writes.Prepend("/run").SelectMany(folder => new[] { "--volume", folder }),
        "--memory", MostMemory, "--memory-swap", MostMemory, "--pids-limit", MostProcesses,
    ];

    public Process StartShell(ContainerShell shell) => Start(
        [
            "--name", shell.Name, "--network", shell.Network, .. LabelArguments(shell.Labels),
            .. Confined(shell.Privileges, shell.Writes),
            .. shell.Mounts.SelectMany(mount => new[] { "--volume", $"{mount.Value}:{mount.Key}" }),
            shell.Image, "bash",
        ]);

    public Process StartCapture(
        string name, string image, string networkInterface, IReadOnlyDictionary<string, string> labels) => Start(
        [
            "--name", name, "--network", "host", .. Confined(["NET_RAW", "NET_ADMIN"], []),
            .. LabelArguments(labels), image,
            "bash", "-c",
            // It has no right to become anybody else.
            "tcpdump -Z root -i \"$1\" -U --immediate-mode -s 65600 -B 16384 -w - tcp </dev/null & "
                + "cat >/dev/null; kill $!; wait",
            "capture", networkInterface,
        ]);

    // setsid: a Ctrl-C in the terminal is for the harness alone, which ends its containers in its own order. They live
    // as long as their standard input is open, so they end with the harness however that ends.
    private static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("setsid", ["--wait", "docker", "run", "--interactive", "--rm",
            // The engine would write down all that passes, captures too, for as long as the run lasts.
            "--log-driver", "none", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("no process for setsid docker run");
    }

    public async Task RemoveAsync(string label, string value, CancellationToken cancellationToken)
    {
        var filter = $"label={label}={value}";
        var containers = await IdsAsync(["ps", "--all", "--quiet", "--filter", filter], cancellationToken);
        if (containers.Length > 0)
            await DockerAsync(["rm", "--force", "--volumes", .. containers], Soon, cancellationToken);
        var networks = await IdsAsync(["network", "ls", "--quiet", "--filter", filter], cancellationToken);
        if (networks.Length > 0) await DockerAsync(["network", "rm", .. networks], Soon, cancellationToken);
    }

    // In a session of its own: a terminal that goes does not take it along.
    public void RemoveLater(string label, string value) => Process.Start(new ProcessStartInfo("setsid",
    [
        "sh", "-c",
        // What it says has no reader any more.
        "exec >/dev/null 2>&1; docker ps --all --quiet --filter \"$1\" | xargs -r docker rm --force --volumes; "
            + "docker network ls --quiet --filter \"$1\" | xargs -r docker network rm",
        "remove", $"label={label}={value}",
    ])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })?.Dispose();

    public Task RemoveUnusedNetworksAsync(string label, TimeSpan age, CancellationToken cancellationToken) =>
        DockerAsync(
            ["network", "prune", "--force", "--filter", $"label={label}", "--filter", $"until={age.TotalSeconds:0}s"],
            Soon, cancellationToken);

    public async Task<IReadOnlySet<string>> LabelValuesAsync(string label, CancellationToken cancellationToken)
    {
        var format = $"{{{{.Label \"{label}\"}}}}";
        var containers = await IdsAsync(
            ["ps", "--all", "--filter", $"label={label}", "--format", format], cancellationToken);
        var networks = await IdsAsync(
            ["network", "ls", "--filter", $"label={label}", "--format", format], cancellationToken);
        return containers.Concat(networks).ToHashSet();
    }

    private static IEnumerable<string> LabelArguments(IReadOnlyDictionary<string, string> labels) =>
        labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" });

    private static async Task<string[]> IdsAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        (await DockerAsync(arguments, Soon, cancellationToken)).Output.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<CommandResult> DockerAsync(
        IEnumerable<string> arguments, TimeSpan deadline, CancellationToken cancellationToken) =>
        Command.RunAsync("docker", arguments, deadline, cancellationToken: cancellationToken);

    private static EndpointException Refused(string what, string verb, CommandResult result) => new(
        what,
        $"docker {verb} failed with exit code {result.ExitCode}:\n{result.Tail(12)}",
        $"mend what the last lines name, then try again; 'docker {verb}' by hand shows all of it");
}
