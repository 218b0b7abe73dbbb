using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace TlsInterop.Harness.Workers;

/// <summary>
/// The harness' side of one worker process: asks it, many questions at once, and never waits for ever.
/// </summary>
public sealed class WorkerClient : IAsyncDisposable
{
    // A request carries its own deadline; this much later the worker itself is taken to hang.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CapabilitiesDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OrderlyExit = TimeSpan.FromSeconds(2);
    private const int LogLines = 40;

    private readonly Process _process;
    private readonly string _command;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<WorkerAnswer>> _pending = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Queue<string> _log = new();
    private readonly Task _reading;
    private readonly Task _logging;
    private long _lastId;
    private WorkerException? _dead;

    private WorkerClient(Process process, string command)
    {
        _process = process;
        _command = command;
        _logging = ReadLogAsync();
        _reading = ReadAnswersAsync();
    }

    /// <summary>The worker's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts a worker; it may not have come up yet when this returns.</summary>
    /// <exception cref="WorkerException">The executable cannot be started.</exception>
    public static WorkerClient Start(WorkerCommand command)
    {
        var start = new ProcessStartInfo(command.File, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // A worker of a suite or a group lives for few handshakes: what it runs often it would compile a second time,
        // and that took more than half of all its time.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        foreach (var (name, value) in command.Environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        }
        var line = string.Join(' ', [command.File, .. command.Arguments]);
        try
        {
            return new(Process.Start(start)!, line);
        }
        catch (Win32Exception fault)
        {
            throw new WorkerException("A worker could not be started: " + fault.Message, line, null, "", fault);
        }
    }

    /// <summary>What the worker's stack offers, probed.</summary>
    public Task<WorkerAnswer> CapabilitiesAsync(CancellationToken cancellationToken = default) =>
        AskAsync(new WorkerRequest { Op = "capabilities" }, CapabilitiesDeadline, cancellationToken);

    /// <summary>Does one connection. The request's id is set here.</summary>
    /// <exception cref="WorkerException">The worker is dead or does not answer.</exception>
    public Task<WorkerAnswer> ConnectAsync(WorkerRequest request, CancellationToken cancellationToken = default) =>
        AskAsync(request with { Op = "connect" }, TimeSpan.FromMilliseconds(request.DeadlineMilliseconds) + Grace,
            cancellationToken);

    /// <summary>Lets it serve; the answer has the port.</summary>
    /// <exception cref="WorkerException">The worker is dead or does not answer.</exception>
    public Task<WorkerAnswer> ServeAsync(WorkerRequest request, CancellationToken cancellationToken = default) =>
        AskAsync(request with { Op = "serve" }, CapabilitiesDeadline, cancellationToken);

    /// <summary>Lets it stop serving at a port.</summary>
    /// <exception cref="WorkerException">The worker is dead or does not answer.</exception>
    public Task<WorkerAnswer> StopAsync(int port, CancellationToken cancellationToken = default) =>
        AskAsync(new WorkerRequest { Op = "stop", Port = port }, CapabilitiesDeadline, cancellationToken);

    /// <summary>Asks anything.</summary>
    /// <param name="request">The request; its id is set here.</param>
    /// <param name="deadline">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Ends the waiting; the worker goes on with the request until its own
    /// deadline.</param>
    /// <exception cref="WorkerException">The worker is dead or does not answer.</exception>
    public async Task<WorkerAnswer> AskAsync(
        WorkerRequest request, TimeSpan deadline, CancellationToken cancellationToken = default)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<WorkerAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[id] = answer;
        try
        {
            if (_dead is { } dead) throw dead;
            await SendAsync(request with { Id = id }, answer.Task, cancellationToken);
            return await answer.Task.WaitAsync(deadline, cancellationToken);
        }
        catch (TimeoutException fault)
        {
            throw new WorkerException(
                $"A worker did not answer within {deadline.TotalSeconds} s", _command, null, Log(), fault);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Ends the worker: its input first, then, if it stays, its process tree.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is dead already.
        }
        try
        {
            // With requests under way it would finish those first: nobody waits for them any more.
            if (!_pending.IsEmpty) throw new TimeoutException();
            await _process.WaitForExitAsync().WaitAsync(OrderlyExit);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        await Task.WhenAll(_reading, _logging);
        _process.Dispose();
        _gate.Dispose();
    }

    private async Task SendAsync(WorkerRequest request, Task<WorkerAnswer> answer, CancellationToken cancellationToken)
    {
        var line = WorkerJson.Write(request);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Not cancelled halfway: half a line would spoil the next request.
            await _process.StandardInput.BaseStream.WriteAsync(line, CancellationToken.None);
            await _process.StandardInput.BaseStream.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // The pipe is broken: the end of the output tells with which exit status.
            await answer.WaitAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ReadAnswersAsync()
    {
        var fault = "A worker ended";
        try
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                var answer = WorkerJson.Read<WorkerAnswer>(line);
                if (answer is not null && _pending.TryRemove(answer.Id, out var asked)) asked.TrySetResult(answer);
            }
        }
        // Whatever ends the reading, those who wait for answers are told.
        catch (Exception wrong) when (wrong is JsonException or IOException)
        {
            fault = "A worker's answer is not readable: " + wrong.Message;
            _process.Kill(entireProcessTree: true);
        }
        await _process.WaitForExitAsync();
        await _logging;
        _dead = new WorkerException(fault, _command, _process.ExitCode, Log());
        foreach (var asked in _pending.Values) asked.TrySetException(_dead);
    }

    private async Task ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.Enqueue(line);
                if (_log.Count > LogLines) _log.Dequeue();
            }
        }
    }

    private string Log()
    {
        lock (_log) return string.Join('\n', _log);
    }
}
