namespace TlsInterop.Tls.Secrets;

/// <summary>
/// A bounded memory of things by client random, session id or ticket: beyond its capacity the one that was not asked
/// for longest is forgotten. For any thread.
/// </summary>
/// <param name="capacity">The most things to keep.</param>
internal sealed class RecentById<T>(int capacity)
    where T : class
{
    private readonly int _capacity = capacity > 0 ? capacity
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "Expected room for one thing at least.");

    private readonly Lock _lock = new();
    private readonly Dictionary<SecretId, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>Keeps a thing in the place of an older one of the same id. What has no id is not kept.</summary>
    public void Keep(ReadOnlySpan<byte> octets, T value)
    {
        if (!TryId(octets, out var id)) return;
        lock (_lock)
        {
            if (_entries.Remove(id, out var known)) _byUse.Remove(known);
            else if (_entries.Count == _capacity) Forget();
            _entries[id] = _byUse.AddFirst(new Entry(id, value));
        }
    }

    /// <summary>The thing, or null.</summary>
    public T? Find(ReadOnlySpan<byte> octets)
    {
        if (!TryId(octets, out var id)) return null;
        lock (_lock)
        {
            if (!_entries.TryGetValue(id, out var entry)) return null;
            _byUse.Remove(entry);
            _byUse.AddFirst(entry);
            return entry.Value.Value;
        }
    }

    private void Forget()
    {
        _entries.Remove(_byUse.Last!.Value.Id);
        _byUse.RemoveLast();
    }

    // A ticket is longer than any id: its hash stands for it.
    private static bool TryId(ReadOnlySpan<byte> octets, out SecretId id) =>
        SecretId.TryOf(octets.Length > KeyLogLine.LongestId ? Digests.Hash("SHA256", octets) : octets, out id);

    private readonly record struct Entry(SecretId Id, T Value);
}
