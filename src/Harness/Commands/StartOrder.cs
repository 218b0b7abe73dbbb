namespace TlsInterop.Harness.Commands;

/// <summary>
/// Puts connections, which come out as they end, into the order in which they began. One that lasts long is waited for
/// only as long as what waits behind it is small.
/// </summary>
/// <param name="write">Takes the text of a connection.</param>
/// <param name="most">Octets that may wait.</param>
internal sealed class StartOrder(Action<byte[]> write, long most)
{
    private readonly Queue<int> _open = new();
    private readonly Dictionary<int, byte[]> _waiting = [];
    private readonly HashSet<int> _late = [];
    private long _held;

    /// <summary>A connection has begun: its number is higher than those before.</summary>
    public void Begin(int number) => _open.Enqueue(number);

    /// <summary>A connection that began has ended.</summary>
    public void End(int number, byte[] text)
    {
        if (_late.Remove(number))
        {
            write(text);
            return;
        }
        _waiting.Add(number, text);
        _held += text.Length;
        while (_open.TryPeek(out var first) && (Take(first) || Skip(first))) _open.Dequeue();
    }

    private bool Take(int number)
    {
        if (!_waiting.Remove(number, out var text)) return false;
        _held -= text.Length;
        write(text);
        return true;
    }

    private bool Skip(int number) => _held > most && _late.Add(number);
}
