using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Records;

/// <summary>
/// The octets of one direction that were not used yet. What was handed out as a slice is never written again, so that
/// nobody has to copy what he wants to keep.
/// </summary>
/// <remarks>It keeps what is unused; what was used stays as long as somebody holds a slice of it.</remarks>
public sealed class OctetStream
{
    private const int LeastCapacity = 512;
    private const int MostIdleCapacity = 1 << 16;

    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private bool _isOwn = true;

    /// <summary>The unused octets. Slices of it stay valid.</summary>
    public ReadOnlyMemory<byte> Window => _bytes.AsMemory(_start, _end - _start);

    /// <summary>How many there are.</summary>
    public int Count => _end - _start;

    /// <summary>Octets that come next; they are copied.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (!_isOwn || bytes.Length > _bytes.Length - _end) Renew(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>
    /// Octets that come next and that nobody will change: copied only if others wait that don't lie just before them.
    /// </summary>
    public void Adopt(ReadOnlyMemory<byte> bytes)
    {
        if (!MemoryMarshal.TryGetArray(bytes, out var segment)) Append(bytes.Span);
        else if (Count == 0) (_bytes, _start, _end, _isOwn) = (segment.Array!, segment.Offset, EndOf(segment), false);
        else if (!_isOwn && segment.Array == _bytes && segment.Offset == _end) _end = EndOf(segment);
        else Append(bytes.Span);
    }

    /// <summary>Octets from the front are used.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Nothing that is there is wanted any more.</summary>
    public void Clear() => _start = _end;

    private static int EndOf(ArraySegment<byte> segment) => segment.Offset + segment.Count;

    // Twice what waits, so that a message of megabytes in small pieces is not copied for each.
    private void Renew(int more)
    {
        var needed = Count + more;
        var capacity = Math.Max(LeastCapacity, Count > 0 ? Math.Max(needed, 2 * Count) : needed);
        if (_isOwn && _bytes.Length > 0) capacity = Math.Max(capacity, Math.Min(2 * _bytes.Length, MostIdleCapacity));
        var renewed = GC.AllocateUninitializedArray<byte>(capacity);
        Window.Span.CopyTo(renewed);
        (_bytes, _start, _end, _isOwn) = (renewed, 0, Count, true);
    }
}
