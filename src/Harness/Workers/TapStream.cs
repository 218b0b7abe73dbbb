using System.Net;

namespace TlsInterop.Harness.Workers;

/// <summary>Keeps what goes through a transport, up to a limit. One reader and one writer at a time.</summary>
internal sealed class TapStream(Stream transport, EndPoint local, EndPoint remote) : Stream
{
    /// <summary>Most octets that are kept: many times what a handshake has.</summary>
    private const int MostOctets = 1 << 20;

    private bool _isFull;
    private readonly Lock _lock = new();
    private readonly List<TappedPiece> _pieces = [];
    private int _kept;

    /// <summary>What went through by now.</summary>
    public WireTap Tapped
    {
        get
        {
            lock (_lock) return new(local.ToString()!, remote.ToString()!, [.. _pieces]);
        }
    }

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await transport.ReadAsync(buffer, cancellationToken);
        // Nothing for a buffer without room says nothing of the peer.
        if (buffer.Length > 0) Keep(isOfPeer: true, buffer.Span[..read]);
        return read;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Keep(isOfPeer: false, buffer.Span);
        await transport.WriteAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = transport.Read(buffer, offset, count);
        if (count > 0) Keep(isOfPeer: true, buffer.AsSpan(offset, read));
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        Keep(isOfPeer: false, buffer.AsSpan(offset, count));
        transport.Write(buffer, offset, count);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => transport.FlushAsync(cancellationToken);
    public override void Flush() => transport.Flush();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Keep(bool isOfPeer, ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            // What comes behind a gap says nothing.
            _isFull |= _kept + octets.Length > MostOctets;
            if (_isFull) return;
            _kept += octets.Length;
            _pieces.Add(new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), isOfPeer, octets.ToArray()));
        }
    }
}
