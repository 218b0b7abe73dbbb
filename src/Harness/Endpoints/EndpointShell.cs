using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TlsInterop.Harness.Endpoints;

/// <summary>What a shell answered to a request.</summary>
/// <param name="ExitCode">Exit code; see <c>containers/base/session.sh</c> for 98, 124, 126 and 127.</param>
/// <param name="Rest">What came behind it.</param>
public readonly record struct ShellAnswer(int ExitCode, string Rest);

/// <summary>
/// One long-lived bash in an endpoint: requests go in by its standard input, each runs by itself there and answers with
/// one line. Costs 0.4 ms a request where a <c>docker exec</c> costs 100.
/// </summary>
public sealed class EndpointShell : IAsyncDisposable
{
    // Who is asked to end has so long to do it.
    private static readonly TimeSpan LastSecond = TimeSpan.FromSeconds(1);

    // An answer may be late by a busy machine.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly string _endpoint;
    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<ShellAnswer>> _waiting = new();
    private readonly ConcurrentQueue<string> _tail = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _reading;
    private int _lastId;
    private volatile bool _closing, _ended;

    private EndpointShell(string endpoint, Process process)
    {
        _endpoint = endpoint;
        _process = process;
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
        _reading = Task.Run(ReadAnswersAsync);
    }

    // 128 and SIGKILL.
    private const int Killed = 137;

    /// <summary>The address of this shell in the network of the run.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Feeds the session's functions to a bash that was just started, and waits until it answers.</summary>
    /// <exception cref="EndpointException">It died or did not answer in time.</exception>
    public static async Task<EndpointShell> OpenAsync(
        string endpoint, Process process, string session, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var shell = new EndpointShell(endpoint, process);
        try
        {
            await shell.WriteAsync(session, cancellationToken);
            shell.Address = (await shell.RequestAsync("hello", deadline, [], cancellationToken)).Rest;
            return shell;
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="verb">A function of the session.</param>
    /// <param name="deadline">The time that the verb has; then it is ended, and its exit code is 124.</param>
    /// <param name="arguments">What it gets behind the id; quoted here.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EndpointException">The shell died, or the answer did not come.</exception>
    public async Task<ShellAnswer> RequestAsync(
        string verb, TimeSpan deadline, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<ShellAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        try
        {
            CheckAlive();
            // A container that stands still takes no request, when its pipe is full.
            var answering = AnswerAsync();
            foreach (var wait in (TimeSpan[])[deadline, LastSecond])
            {
                if (await HasEndedAsync(answering, wait, cancellationToken)) return await answering;
                Hurry(id);
            }
            return await answering.WaitAsync(Grace, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new EndpointException(
                _endpoint,
                $"its shell did not answer '{verb}' within {(deadline + LastSecond + Grace).TotalSeconds:0} s{Said()}",
                "is the machine out of memory, or the container paused? run again with --workers 1");
        }
        catch (OperationCanceledException)
        {
            Hurry(id);
            throw;
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }

        async Task<ShellAnswer> AnswerAsync()
        {
            await WriteAsync($"{verb} {id} {string.Join(' ', arguments.Select(Shell.Quote))}\n", cancellationToken);
            return await answer.Task;
        }
    }

    private static async Task<bool> HasEndedAsync(Task answering, TimeSpan wait, CancellationToken cancellationToken)
    {
        await answering.WaitAsync(wait, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellationToken.ThrowIfCancellationRequested();
        return answering.IsCompleted;
    }

    // Nobody waits for it: whoever is late may not even read.
    private void Hurry(int id) => _ = WriteAsync($"late {id}\n", CancellationToken.None)
        .ContinueWith(written => written.Exception, TaskScheduler.Default);

    /// <summary>It answers no more, ever.</summary>
    public bool HasEnded => _ended;

    /// <inheritdoc cref="IServerEndpoint.CheckAlive"/>
    public void CheckAlive()
    {
        if (HasEnded) throw Died();
    }

    public async ValueTask DisposeAsync()
    {
        if (_closing) return;
        _closing = true;
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception closed) when (closed is IOException or InvalidOperationException)
        {
            // It is dead already, or takes nothing any more.
        }
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }
        // Whatever has kept its standard output open is not waited for.
        await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(2)));
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await _process.StandardInput.WriteAsync(text.AsMemory(), CancellationToken.None);
            await _process.StandardInput.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            await EndAsync();
            _ended = true;
            throw Died();
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAnswersAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ', 3);
            if (words.Length >= 2
                && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                && _waiting.TryGetValue(id, out var answer))
                answer.TrySetResult(new ShellAnswer(code, words.Length > 2 ? words[2] : ""));
            else
                Remember(line);
        }
        await EndAsync();
        // Whoever hears of the end sees it, too; whoever asks from now on is not among those who wait.
        _ended = true;
        foreach (var answer in _waiting.Values) answer.TrySetException(Died());
    }

    // The exit code and the last words of standard error come a moment after the end of standard output.
    private async Task EndAsync() =>
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(1))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Remember(string? line)
    {
        if (line is null) return;
        _tail.Enqueue(line);
        if (_tail.Count > 20) _tail.TryDequeue(out _);
    }

    private string Said() => _tail.IsEmpty ? "" : ":\n    " + string.Join("\n    ", _tail);

    private EndpointException Died() => new(
        _endpoint,
        (_closing ? "its shell was closed" : "its shell ended unexpectedly" + (_process.HasExited ? " with exit "
            + $"code {_process.ExitCode}" : "")) + Said(),
        !_closing && _process is { HasExited: true, ExitCode: Killed }
            ? "it was killed: out of memory, or by hand? run again; the engine's log and the kernel's tell more"
            : "was the container or the engine stopped? run again; 'docker ps --all' and the engine's log tell more")
    {
        HasEnded = true,
    };
}
