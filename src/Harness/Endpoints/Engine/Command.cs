using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>Runs a program to its end, with a deadline.</summary>
public static class Command
{
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(1);

    // Characters of an output that are kept: what a program says last is what matters.
    private const int MostKept = 4 << 20;

    /// <summary>
    /// Starts a program and waits for it; a program that outlives its deadline is killed with all it started. Of one
    /// that says millions of characters the last ones are kept.
    /// </summary>
    /// <param name="file">Program, found by PATH.</param>
    /// <param name="arguments">Arguments, not interpreted by a shell.</param>
    /// <param name="deadline">Time it may take.</param>
    /// <param name="onLine">Called with each line of output or errors as it comes.</param>
    /// <param name="silence">If given: it is killed as well if it says nothing for that long.</param>
    /// <param name="cancellationToken">Kills it too.</param>
    public static async Task<CommandResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        TimeSpan deadline,
        Action<string>? onLine = null,
        TimeSpan? silence = null,
        CancellationToken cancellationToken = default)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        using var quiet = new CancellationTokenSource(silence ?? Timeout.InfiniteTimeSpan);
        using var late = new CancellationTokenSource(deadline);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, late.Token, cancellationToken);
        var output = new StringBuilder();
        var errors = new StringBuilder();

        string Text(StringBuilder text)
        {
            lock (text) return text.ToString();
        }

        void Keep(StringBuilder text, string? line)
        {
            if (line is null) return;
            lock (text)
            {
                text.Append(line).Append('\n');
                // Half of it goes at a time, as each removal moves the rest.
                if (text.Length > MostKept) text.Remove(0, text.Length - (MostKept / 2));
            }
            onLine?.Invoke(line);
            if (silence is { } span && !quiet.IsCancellationRequested) quiet.CancelAfter(span);
        }

        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return new CommandResult(127, "", $"{file}: {missing.Message}");
        }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(any.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await EndAsync(process);
            cancellationToken.ThrowIfCancellationRequested();
            var why = late.IsCancellationRequested
                ? $"no end within {deadline.TotalSeconds:0} s"
                : $"silent for {silence!.Value.TotalSeconds:0} s";
            return new CommandResult(124, Text(output), $"{Text(errors)}{file}: {why}");
        }
        return new CommandResult(process.ExitCode, Text(output), Text(errors));
    }

    // What it said last is on its way yet. A child of its that got away may hold its output open for ever.
    private static async Task EndAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Ending);
        }
        catch (TimeoutException)
        {
            // What has come by then is all.
        }
    }
}
