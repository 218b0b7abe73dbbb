namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// Stacks of this machine that stand in for containers: <c>--local NAME=PATH</c>, and all that is found with
/// <c>--engine none</c>.
/// </summary>
/// <param name="paths">Folder to search first, by endpoint; empty for what PATH finds.</param>
public sealed class LocalBinaries(IReadOnlyDictionary<string, string> paths)
{
    /// <summary>The version that a local stack has in cell ids.</summary>
    public const string Version = "local";

    /// <summary>True if an endpoint runs with binaries of this machine.</summary>
    public bool Has(string endpoint) => paths.ContainsKey(endpoint);

    /// <summary>
    /// Variables for an endpoint's shell: its folder first in PATH, and its libraries if they lie beside.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment(string endpoint)
    {
        var folder = paths[endpoint];
        if (folder.Length == 0) return new Dictionary<string, string>();
        // A tree that was just built has its libraries beside or above its programs.
        string[] near = ["", "..", Path.Combine("..", "lib"), Path.Combine("..", "lib64")];
        var libraries = near.Select(place => Path.Combine(folder, place))
            .Where(place => Directory.Exists(place) && Directory.EnumerateFiles(place, "lib*.so*").Any())
            .Select(Path.GetFullPath);
        var known = System.Environment.GetEnvironmentVariable("LD_LIBRARY_PATH");
        return new Dictionary<string, string>
        {
            ["PATH"] = $"{folder}{Path.PathSeparator}{System.Environment.GetEnvironmentVariable("PATH")}",
            ["LD_LIBRARY_PATH"] = string.Join(Path.PathSeparator, known is null ? libraries : libraries.Append(known)),
        };
    }

    /// <summary>Reads <c>NAME=PATH</c>: the path of a program, or of a folder with programs.</summary>
    /// <exception cref="EndpointException">It is not of that form, or there is nothing.</exception>
    public static KeyValuePair<string, string> Parse(string argument)
    {
        var parts = argument.Split('=', 2);
        if (parts.Length != 2 || parts[0].Length == 0)
            throw new EndpointException(
                $"--local {argument}", "Expected: NAME=PATH", "for instance --local openssl=./apps/openssl");
        var path = Path.GetFullPath(parts[1]);
        if (Directory.Exists(path)) return new(parts[0], path);
        if (File.Exists(path)) return new(parts[0], Path.GetDirectoryName(path)!);
        throw new EndpointException(
            $"--local {argument}", $"there is no file or folder {path}",
            "give the path of the program, or of the folder that holds it");
    }

    /// <summary>True if the programs that an endpoint's capabilities are asked from are on this machine.</summary>
    public static bool IsInstalled(EndpointDefinition definition) =>
        definition.Programs.Count > 0 && definition.Programs.All(program =>
            (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, program))));
}
