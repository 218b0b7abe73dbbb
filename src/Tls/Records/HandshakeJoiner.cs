using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Records;

/// <summary>Joins the content of handshake records of one direction into messages, however they were split.</summary>
/// <remarks>
/// RFC 8446, Section 5.1: several messages in a record, a message over several records. It keeps one message at most.
/// </remarks>
public sealed class HandshakeJoiner
{
    private byte[] _pending = [];
    private int _count;

    /// <summary>True if a message has begun and is not complete.</summary>
    public bool IsInside => _count > 0;

    /// <summary>The plain content of the next handshake record.</summary>
    public void Add(ReadOnlySpan<byte> content)
    {
        if (_count + content.Length > _pending.Length)
            Array.Resize(ref _pending, Math.Max(_count + content.Length, Math.Min(_pending.Length * 2, 1 << 25)));
        content.CopyTo(_pending.AsSpan(_count));
        _count += content.Length;
    }

    /// <summary>The bytes of the next complete message with its header, or null.</summary>
    public byte[]? Next()
    {
        var reader = new WireReader(new ReadOnlyMemory<byte>(_pending, 0, _count));
        _ = reader.U8("msg_type");
        var length = reader.U24("length");
        _ = reader.Take(length, "body");
        if (reader.Fault is not null) return null;

        var message = _pending.AsSpan(0, reader.Offset).ToArray();
        Remove(message.Length);
        return message;
    }

    /// <summary>What there is of a message that can't be completed; null if there is none.</summary>
    public byte[]? TakeRest()
    {
        if (_count == 0) return null;
        var rest = _pending.AsSpan(0, _count).ToArray();
        Remove(_count);
        return rest;
    }

    private void Remove(int length)
    {
        _pending.AsSpan(length, _count - length).CopyTo(_pending);
        _count -= length;
        if (_count == 0) _pending = [];
    }
}
