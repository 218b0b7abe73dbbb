using System.Diagnostics;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Interop.Tests;

/// <summary>The harness as a process of its own, as each machine of a night has one.</summary>
internal sealed class HarnessProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output, _error;

    private HarnessProcess(Process process)
    {
        _process = process;
        (_output, _error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts it.</summary>
    public static HarnessProcess Start(params string[] arguments)
    {
        var command = Command(arguments);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = new HarnessProcess(Process.Start(start)!);
        process._process.StandardInput.Close();
        return process;
    }

    /// <summary>The command that it is.</summary>
    public static IReadOnlyList<string> Command(params string[] arguments) =>
    [
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
        typeof(RecordedRun).Assembly.Location, .. arguments,
    ];

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit status and what it wrote.</returns>
    public static async Task<(int Status, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int Status, string Output)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, await _output + await _error);
    }

    /// <summary>As the kernel ends what takes too much memory: nothing of it can be tidied up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As Ctrl-C in its terminal does.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
