namespace TlsInterop.Harness.Workers;

/// <summary>How a worker process is started.</summary>
/// <param name="File">The executable.</param>
/// <param name="Arguments">Its arguments, each as it is.</param>
/// <param name="Environment">Variables set on top of this process' own; null removes one.</param>
public sealed record WorkerCommand(
    string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string?>? Environment = null)
{
    // The groups that an OpenSSL knows by another name than IANA's.
    private static readonly Dictionary<string, string> OpenSslGroups = new(StringComparer.Ordinal)
    {
        ["x25519"] = "X25519",
        ["x448"] = "X448",
        ["secp256r1"] = "P-256",
        ["secp384r1"] = "P-384",
        ["secp521r1"] = "P-521",
    };

    /// <summary>The same with the system's own configuration of OpenSSL.</summary>
    public WorkerCommand Unconfigured => this with
    {
        Environment = Environment?.Where(entry => entry.Key != OpenSslConfiguration.Variable)
            .ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>Name of the key log that an <c>sslstream</c> worker writes into its folder, where .NET can.</summary>
    public const string KeyLogFile = "keys.log";

    /// <summary>The variable that names the key log of a process, as NSS has it.</summary>
    public const string KeyLogVariable = "SSLKEYLOGFILE";

    /// <summary>This harness' own executable as a worker.</summary>
    /// <param name="kind">One of <see cref="WorkerHost.Kinds"/>.</param>
    /// <param name="folder">Where the worker's OpenSSL configuration is written.</param>
    /// <param name="groups">The groups that an <c>sslstream</c> worker offers, by their IANA names; null for OpenSSL's
    /// choice.</param>
    /// <param name="suite">The one suite that it offers without being told, by OpenSSL's name; null for all.</param>
    /// <param name="profile">Path of the profile of a scripted end; null for none.</param>
    public static WorkerCommand ForHarness(
        string kind, string folder, IReadOnlyList<string>? groups = null, string? suite = null,
        string? profile = null)
    {
        var assembly = typeof(WorkerCommand).Assembly.Location;
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (kind is "sslstream" or ScriptedStack.Kind)
            environment[KeyLogVariable] = Path.Combine(folder, KeyLogFile);
        if (kind == "sslstream")
        {
            environment[OpenSslConfiguration.Variable] = OpenSslConfiguration.Write(
                folder,
                groups is { Count: > 0 }
                    ? string.Join(':', groups.Select(group => OpenSslGroups.GetValueOrDefault(group, group)))
                    : null,
                suite);
        }
        string[] arguments = profile is null ? [] : [profile];
        // This process is the harness' own executable, or dotnet with its assembly, or a test host.
        var host = System.Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(host) == Path.GetFileNameWithoutExtension(assembly)
            ? new(host!, ["worker", kind, .. arguments], environment)
            : new(
                Path.GetFileNameWithoutExtension(host) == "dotnet" ? host! : "dotnet",
                [assembly, "worker", kind, .. arguments],
                environment);
    }
}
