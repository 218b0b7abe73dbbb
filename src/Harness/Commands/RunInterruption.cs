using System.Runtime.InteropServices;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// Ctrl-C and SIGTERM: the first ends the run in order (no new cells, containers removed, a report of what is done);
/// the second ends the process, and what removes the containers outlives it.
/// </summary>
/// <param name="grace">Time that cells under way have to finish after the first.</param>
/// <param name="exit">Ends the process with a status.</param>
/// <param name="say">Receives a line about it.</param>
internal sealed class RunInterruption(TimeSpan grace, Action<int> exit, Action<string> say) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _count;

    /// <summary>No more cells are to be taken.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>What is under way is to be given up.</summary>
    public CancellationToken Abort => _abort.Token;

    /// <summary>Does what can't wait when it is to be left at once.</summary>
    public Action? Abandon { get; set; }

    public bool HasCome => _count > 0;

    /// <summary>What interrupted it.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Listens to the signals of this process.</summary>
    public void Listen()
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Signal(context, "Ctrl-C")));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Signal(context, "SIGTERM")));
    }

    /// <summary>A signal has come.</summary>
    public void Come(string name)
    {
        if (Interlocked.Increment(ref _count) > 1)
        {
            Leave();
            return;
        }
        Name = name;
        say($"{name}: no more cells are started; containers are removed and what is done is reported. "
            + "Once more to leave at once.");
        _stop.Cancel();
        _abort.CancelAfter(grace);
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }

    private void Leave()
    {
        try
        {
            Abandon?.Invoke();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            say($"not all could be cleared away: {refused.Message}");
        }
        finally
        {
            exit(ExitStatus.Interrupted);
        }
    }

    private void Signal(PosixSignalContext context, string name)
    {
        context.Cancel = true;
        Come(name);
    }
}
