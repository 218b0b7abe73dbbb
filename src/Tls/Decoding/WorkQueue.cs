namespace TlsInterop.Tls.Decoding;

/// <summary>
/// Work on items in batches by several threads; results come out on the caller's thread, in the order of the items.
/// </summary>
/// <remarks>Bounded: when enough waits, adding an item waits for results.</remarks>
internal sealed class WorkQueue<TItem, TResult>(int workers, Func<TItem, TResult> work, Action<TResult> emit)
{
    /// <summary>A connection is some microseconds of work, handing it over costs one.</summary>
    private const int BatchSize = 64;

    /// <summary>Octets of the items of a batch: what waits is memory.</summary>
    private const int BatchWeight = 1 << 18;

    private readonly Queue<Task<List<TResult>>> _batches = new();
    private List<TItem> _items = [];
    private int _weight;

    /// <summary>Work to be done.</summary>
    /// <param name="item">On what.</param>
    /// <param name="weight">Octets that it holds.</param>
    public void Add(TItem item, int weight)
    {
        _items.Add(item);
        _weight += weight;
        if (_items.Count >= BatchSize || _weight >= BatchWeight) Dispatch();
    }

    /// <summary>Waits until everything has come out.</summary>
    public void Drain()
    {
        Dispatch();
        while (_batches.Count > 0) EmitFirst();
    }

    private void Dispatch()
    {
        if (_items.Count == 0) return;
        var items = _items;
        (_items, _weight) = (new(BatchSize), 0);
        _batches.Enqueue(Task.Run(() => items.ConvertAll(item => work(item))));
        while (_batches.Count > workers + 1 || _batches.TryPeek(out var first) && first.IsCompleted) EmitFirst();
    }

    private void EmitFirst() => _batches.Dequeue().GetAwaiter().GetResult().ForEach(emit);
}
