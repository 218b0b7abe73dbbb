using System.Net.Sockets;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// Carries what two ends say to each other, both ways, and keeps it with its times, ends and resets among it. Owns
/// neither socket.
/// </summary>
/// <param name="device">The end that connected.</param>
/// <param name="server">The end that it gets to talk to.</param>
internal sealed class Relay(Socket device, Socket server)
{
    // Many times what a handshake has; behind it everything is carried, and nothing kept.
    private const int MostOctets = 1 << 20;

    private const int BufferSize = 1 << 15;

    // What is still to come when one end has said that it is done.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<TappedPiece> _pieces = [];
    private int _kept;

    private enum Ending { Closed, Reset }

    /// <summary>Carries until both ends are done, one of them resets, or the time is over.</summary>
    /// <param name="deadline">Most time for all of it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>What was seen, as from the device.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<WireTap> RunAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        var (own, remote) = (device.RemoteEndPoint!.ToString()!, device.LocalEndPoint!.ToString()!);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(deadline);
        Task<Ending>[] ways =
        [
            CarryAsync(device, server, (TapEvent.Sent, TapEvent.Closed, TapEvent.Aborted), time.Token),
            CarryAsync(server, device, (TapEvent.Received, TapEvent.Ended, TapEvent.Reset), time.Token),
        ];
        try
        {
            if (await await Task.WhenAny(ways) == Ending.Reset) await time.CancelAsync();
            else time.CancelAfter(Grace);
            await Task.WhenAll(ways);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time was over, or one end was gone: what was kept by then is what there is.
        }
        finally
        {
            await time.CancelAsync();
            await Task.WhenAll(ways).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        lock (_lock) return new(own, remote, [.. _pieces]);
    }

    private async Task<Ending> CarryAsync(
        Socket from, Socket to, (TapEvent Data, TapEvent End, TapEvent Reset) events,
        CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (true)
        {
            int read;
            try
            {
                read = await from.ReceiveAsync(buffer, cancellationToken);
            }
            // This end was closed here, as the other one was reset.
            catch (Exception closed) when (
                closed is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return Ending.Reset;
            }
            catch (SocketException)
            {
                Keep(events.Reset, []);
                // The other end shall see what this one did.
                to.Close(timeout: 0);
                return Ending.Reset;
            }
            Keep(read == 0 ? events.End : events.Data, buffer.AsSpan(0, read));
            try
            {
                if (read == 0)
                {
                    to.Shutdown(SocketShutdown.Send);
                    return Ending.Closed;
                }
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), cancellationToken);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The other way tells how that end went.
                return Ending.Closed;
            }
        }
    }

    private void Keep(TapEvent what, ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            if (_kept + octets.Length > MostOctets) return;
            _kept += octets.Length;
            _pieces.Add(new(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), what, octets.ToArray()));
        }
    }
}
