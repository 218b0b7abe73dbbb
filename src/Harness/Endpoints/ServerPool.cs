namespace TlsInterop.Harness.Endpoints;

/// <summary>A server that belongs to one cell until it is given back.</summary>
/// <param name="Server">The server, or null.</param>
/// <param name="ExitCode">0, or why there is none: 127 if the stack can't do what is asked.</param>
/// <param name="Output">What it said, if there is none.</param>
public sealed record ServerLease(RunningServer? Server, int ExitCode, string Output);

/// <summary>
/// The configured servers of one endpoint. A cell has one for itself, so that a connection to its port is the cell's;
/// given back, it is kept for the next cell of the same configuration.
/// </summary>
public sealed class ServerPool
{
    private readonly IServerEndpoint _endpoint;
    private readonly Func<CellRequest, Task> _prepare;
    private readonly int _kept;
    private readonly Lock _lock = new();
    private readonly LinkedList<RunningServer> _idle = new();
    private readonly Dictionary<string, SemaphoreSlim> _freeSlots;
    private readonly Dictionary<string, Queue<int>> _blankSlots;

    /// <summary>The servers of an endpoint.</summary>
    /// <param name="endpoint">Where they run.</param>
    /// <param name="prepare">Makes what a server of a request needs; without it, nothing is made.</param>
    /// <param name="kept">How many idle server processes are kept.</param>
    public ServerPool(IServerEndpoint endpoint, Func<CellRequest, Task>? prepare = null, int kept = 6)
    {
        _endpoint = endpoint;
        _prepare = prepare ?? (_ => Task.CompletedTask);
        _kept = kept;
        var slots = endpoint.Definition.Server?.Slots ?? [];
        _freeSlots = slots.ToDictionary(entry => entry.Key, entry => new SemaphoreSlim(entry.Value.Count));
        _blankSlots = slots.ToDictionary(entry => entry.Key, entry => new Queue<int>(entry.Value));
    }

    /// <summary>A server with this configuration: an idle one, or a new one.</summary>
    /// <exception cref="EndpointException">The endpoint broke.</exception>
    public async Task<ServerLease> LeaseAsync(
        CellRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        CheckAlive();
        await _prepare(request);
        var slots = _freeSlots.GetValueOrDefault(request.Scenario.Name);
        if (slots is not null) await slots.WaitAsync(cancellationToken);
        if (TakeIdle(request) is { } idle) return new ServerLease(idle, 0, "");
        var slot = slots is null ? 0 : TakeSlot(request.Scenario.Name);
        try
        {
            var (server, code, output) = slots is null
                ? await _endpoint.StartServerAsync(request, deadline, cancellationToken)
                : await _endpoint.ConfigureSlotAsync(request, slot, deadline, cancellationToken);
            if (server is null) GiveBackBlank(request, slot);
            return new ServerLease(server, code, output);
        }
        catch
        {
            GiveBackBlank(request, slot);
            throw;
        }
    }

    /// <inheritdoc cref="IServerEndpoint.CheckAlive"/>
    public void CheckAlive() => _endpoint.CheckAlive();

    /// <summary>Gives a server back.</summary>
    /// <param name="server">The server.</param>
    /// <param name="clean">False if the cell did not end as it should: then nobody else gets it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ReturnAsync(RunningServer server, bool clean, CancellationToken cancellationToken)
    {
        if (server.ProcessId is null && !clean)
        {
            GiveBackBlank(server.Request, server.Port);
            return;
        }
        var surplus = clean ? null : server;
        lock (_lock)
        {
            if (clean) _idle.AddLast(server);
            if (server.ProcessId is not null && _idle.Count > _kept)
            {
                surplus = _idle.First!.Value;
                _idle.RemoveFirst();
            }
        }
        if (server.ProcessId is null) _freeSlots[server.Request.Scenario.Name].Release();
        else if (surplus is not null) await _endpoint.StopServerAsync(surplus, cancellationToken);
    }

    private RunningServer? TakeIdle(CellRequest request)
    {
        lock (_lock)
        {
            var found = _idle.FirstOrDefault(server => server.Request == request);
            if (found is not null) _idle.Remove(found);
            return found;
        }
    }

    // A slot that was never written, or the one that has been idle longest.
    private int TakeSlot(string scenario)
    {
        lock (_lock)
        {
            if (_blankSlots[scenario].TryDequeue(out var blank)) return blank;
            var oldest = _idle.First(server => server.Request.Scenario.Name == scenario);
            _idle.Remove(oldest);
            return oldest.Port;
        }
    }

    private void GiveBackBlank(CellRequest request, int slot)
    {
        if (slot == 0 || !_freeSlots.TryGetValue(request.Scenario.Name, out var free)) return;
        lock (_lock) _blankSlots[request.Scenario.Name].Enqueue(slot);
        free.Release();
    }
}
