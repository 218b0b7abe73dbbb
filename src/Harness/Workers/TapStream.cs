using System.Net;
using System.Net.Sockets;

namespace TlsInterop.Harness.Workers;

/// <summary>Keeps what goes through a transport, up to a limit. One reader and one writer at a time.</summary>
internal sealed class TapStream(Stream transport, EndPoint local, EndPoint remote) : DuplexStream(transport)
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await Transport.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException broken) when (IsReset(broken))
        {
            Keep(TapEvent.Reset, []);
            throw;
        }
        // Nothing for a buffer without room says nothing of the peer.
        if (buffer.Length > 0) Keep(read == 0 ? TapEvent.Ended : TapEvent.Received, buffer.Span[..read]);
        return read;
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Keep(TapEvent.Sent, buffer.Span);
        try
        {
            await Transport.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException broken) when (IsReset(broken))
        {
            Keep(TapEvent.Reset, []);
            throw;
        }
    }

    private static bool IsReset(IOException broken) =>
        broken.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset };

    private void Keep(TapEvent what, ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            // What comes behind a gap says nothing.
            _isFull |= _kept + octets.Length > MostOctets;
            if (_isFull) return;
            _kept += octets.Length;
            _pieces.Add(new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), what, octets.ToArray()));
        }
    }
}
