namespace TlsInterop.Harness.Workers;

/// <summary>
/// Application data of a Bouncy Castle end over an asynchronous transport. One reader and one writer at a time.
/// </summary>
/// <param name="transport">Carries records.</param>
/// <param name="protocol">The end, which makes and takes records without a transport of its own.</param>
/// <param name="offerOutput">Gives it octets to protect: a method with another name in each Bouncy Castle.</param>
internal sealed class BouncyCastleStream(
    Stream transport, BouncyCastleTls.TlsProtocol protocol, Action<byte[], int, int> offerOutput)
    : DuplexStream(transport)
{
    private readonly byte[] _received = new byte[16384 + 2048 + 5]; // RFC 5246, Section 6.2.3: the largest record
    private readonly Lock _protocolLock = new();
    private readonly SemaphoreSlim _sending = new(1);

    /// <summary>Shakes hands.</summary>
    /// <param name="start">Begins it.</param>
    /// <param name="isComplete">True once both Finished messages are through.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">It failed; the alert, if one was due, has been sent.</exception>
    public async Task HandshakeAsync(Action start, Func<bool> isComplete, CancellationToken cancellationToken)
    {
        lock (_protocolLock) start();
        await SendAsync(cancellationToken);
        while (!isComplete())
        {
            if (await ReceiveAsync(cancellationToken) == 0)
                throw new EndOfStreamException("the peer closed without an alert");
            if (protocol.IsClosed) throw new EndOfStreamException("the peer closed with close_notify");
        }
    }

    /// <summary>Sends close_notify, once.</summary>
    public async Task CloseNotifyAsync(CancellationToken cancellationToken)
    {
        lock (_protocolLock) protocol.Close();
        await SendAsync(cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            lock (_protocolLock)
            {
                var length = Math.Min(protocol.GetAvailableInputBytes(), buffer.Length);
                if (length > 0)
                {
                    var data = new byte[length];
                    var read = protocol.ReadInput(data, 0, length);
                    data.AsSpan(0, read).CopyTo(buffer.Span);
                    return read;
                }
                if (protocol.IsClosed) return 0;
            }
            if (await ReceiveAsync(cancellationToken) == 0)
                throw new EndOfStreamException("the peer closed without close_notify");
        }
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (_protocolLock) offerOutput(buffer.ToArray(), 0, buffer.Length);
        await SendAsync(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _sending.Dispose();
        base.Dispose(disposing);
    }

    // Whatever comes in may call for an answer: a flight, an alert, close_notify.
    // It is sent even if the input was refused.
    private async Task<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        var read = await Transport.ReadAsync(_received, cancellationToken);
        if (read == 0) return 0;
        try
        {
            lock (_protocolLock) protocol.OfferInput(_received, 0, read);
        }
        finally
        {
            await SendAsync(cancellationToken);
        }
        return read;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        // Records are taken and written by one sender at a time, so that they keep their order.
        await _sending.WaitAsync(cancellationToken);
        try
        {
            byte[] records;
            lock (_protocolLock)
            {
                records = new byte[protocol.GetAvailableOutputBytes()];
                if (records.Length > 0) protocol.ReadOutput(records, 0, records.Length);
            }
            if (records.Length > 0) await Transport.WriteAsync(records, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }
}
