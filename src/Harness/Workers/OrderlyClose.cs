using System.Net.Sockets;

namespace TlsInterop.Harness.Workers;

/// <summary>Ends a connection so that what was written last still arrives.</summary>
internal static class OrderlyClose
{
    // How long a peer may take to answer our close_notify or alert. RFC 8446, Section 6.1: it need not be waited for.
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    /// <summary>FIN first, then what the peer still says: an alert just written is not lost in a reset.</summary>
    public static async Task EndAsync(this Socket socket, CancellationToken cancellationToken)
    {
        if (!socket.Connected) return;
        using var linger = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        linger.CancelAfter(Linger);
        var unread = new byte[4096];
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(unread, linger.Token) > 0)
            {
                // What a peer still says is in the capture; nobody here waits for it.
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A reset or a silent peer: closing is all that is left either way.
        }
    }
}
