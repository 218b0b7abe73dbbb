using System.Diagnostics;
using System.Runtime.Versioning;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Tests.Script;

/// <summary>
/// A checkout with nothing in it but the root script, and programs of this test first on its path: what the script
/// decides is seen in which of them it calls, and nothing is installed, started or built.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ScriptSandbox : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tlsinterop-script-");

    public ScriptSandbox()
    {
        string[] folders = ["programs", "src/Harness", "tests", "containers/openssl", "run/docker/containerd"];
        foreach (var folder in folders)
            Directory.CreateDirectory(PathOf(folder));
        string[] files =
            ["src/Harness/Program.cs", "Directory.Build.props", "global.json", "TlsInterop.sln", ".editorconfig"];
        foreach (var file in files)
            File.WriteAllText(PathOf(file), "");
        File.WriteAllText(PathOf("containers/openssl/endpoint.yaml"), "suites: [bookworm]\n");
        File.Copy(Path.Combine(Repository.Find().Root, "interop"), PathOf("interop"));

        Program("id", "echo 0");
        Program("ldconfig", "echo libpcap.so.0.8");
        Program("apt-get", "exit 100");
        // What is installed here or not is not what these tests are about.
        foreach (var tool in new[] { "tshark", "openssl", "chromium" }) Program(tool, "");
        Program("dotnet", """
            case $1 in
                --version) echo 10.0.100 ;;
                build) ;;
                publish) mkdir -p .tlsinterop/program; touch .tlsinterop/program/tlsinterop.dll ;;
                *tlsinterop.dll) [ "$2" = '[check]' ] || { echo "the command's own words"; exit 3; } ;;
                *) echo "the command's own words"; exit 3 ;;
            esac
            """);
        Program("docker", """
            case "$1 $2" in
                "context show") echo default ;;
                "image ls") echo tlsinterop/base:bookworm-0123456789ab ;;
                *) [ -e engine-is-up ] || { echo "no daemon at the socket" >&2; exit 1; }; echo 28.0.0 ;;
            esac
            """);
        // Both, as it depends on the machine which of them the script uses.
        foreach (var program in new[] { "dockerd", "systemctl" }) Program(program, "touch engine-is-up");
    }

    /// <summary>Each call of a program of this test, as one line.</summary>
    public string[] Calls => File.Exists(PathOf("calls")) ? File.ReadAllLines(PathOf("calls")) : [];

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>
    /// Puts a program on the path, which notes that it was called and then does as told in the checkout.
    /// </summary>
    public void Program(string name, string body)
    {
        var file = PathOf(Path.Combine("programs", name));
        File.WriteAllText(file, $"#!/bin/sh\ncd '{_folder.FullName}'\necho \"{name} $*\" >>calls\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A path with the programs of this test and of this machine, but for some.</summary>
    public string PathWithout(params string[] names)
    {
        var system = Directory.CreateDirectory(PathOf("system")).FullName;
        foreach (var file in new[] { "/usr/bin", "/bin", "/usr/sbin", "/sbin" }.Where(Directory.Exists)
                     .SelectMany(Directory.EnumerateFiles).DistinctBy(Path.GetFileName)
                     .Where(file => !names.Contains(Path.GetFileName(file))))
            File.CreateSymbolicLink(Path.Combine(system, Path.GetFileName(file)), file);
        foreach (var name in names) File.Delete(PathOf(Path.Combine("programs", name)));
        return $"{PathOf("programs")}:{system}";
    }

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(PathOf("interop"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "CI", "DOCKER_HOST", "DOCKER_CONTEXT", "TLSINTEROP_ENGINE" })
            start.Environment.Remove(name);
        start.Environment["PATH"] = $"{PathOf("programs")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["TLSINTEROP_ENGINE_RUN"] = PathOf("run");
        start.Environment["TLSINTEROP_ENGINE_DEADLINE"] = "10";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("no process for the script");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
