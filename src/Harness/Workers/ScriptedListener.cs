using System.Net;
using System.Net.Sockets;
using TlsInterop.Tls.Scripted;

namespace TlsInterop.Harness.Workers;

/// <summary>A scripted server at a port: takes every connection, shakes hands and serves.</summary>
internal sealed class ScriptedListener : IAsyncDisposable
{
    // A connection that nobody ends must not outlive a run by much.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly Func<ServerOptions> _optionsOf;
    private readonly ServedDialogue? _dialogue;
    private readonly bool _startsInClear;
    private readonly Action<string> _say;
    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _lifetime = new();

    /// <summary>Listens.</summary>
    /// <param name="addresses">The addresses; all have the same port.</param>
    /// <param name="optionsOf">What the server of one connection is told.</param>
    /// <param name="dialogue">The protocol under TLS; null for an echo.</param>
    /// <param name="startsInClear">True if the client has to ask for TLS first.</param>
    /// <param name="say">Takes a line about each connection that went wrong.</param>
    /// <exception cref="SocketException">An address is not of this machine.</exception>
    public ScriptedListener(
        IReadOnlyList<IPAddress> addresses, Func<ServerOptions> optionsOf, ServedDialogue? dialogue,
        bool startsInClear, Action<string> say)
    {
        (_optionsOf, _dialogue, _startsInClear, _say) = (optionsOf, dialogue, startsInClear, say);
        Port = Listen(addresses);
        foreach (var listener in _listeners) _ = TakeAsync(listener);
    }

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync();
        foreach (var listener in _listeners) listener.Dispose();
    }

    // The port is free at the first address; another process may have it at the second.
    private int Listen(IReadOnlyList<IPAddress> addresses)
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = 0;
            try
            {
                foreach (var address in addresses)
                {
                    var listener = new TcpListener(address, port);
                    _listeners.Add(listener);
                    listener.Start();
                    port = ((IPEndPoint)listener.LocalEndpoint).Port;
                }
                return port;
            }
            catch (SocketException taken) when (
                taken.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < 20)
            {
                foreach (var listener in _listeners) listener.Dispose();
                _listeners.Clear();
            }
        }
    }

    private async Task TakeAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptSocketAsync(_lifetime.Token));
        }
        catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Disposed: that is how it ends.
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        using var socket = accepted;
        socket.NoDelay = true;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.Token);
        deadline.CancelAfter(Patience);
        try
        {
            await using var transport = new NetworkStream(socket, ownsSocket: false);
            await TalkAsync(transport, deadline.Token);
        }
        // What a peer sends must not end the server of the others.
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _say(fault.Message);
        }
        await CloseAsync(socket);
    }

    private async Task TalkAsync(Stream transport, CancellationToken cancellationToken)
    {
        if (_startsInClear && !await _dialogue!.TurnToTlsAsync(transport, cancellationToken)) return;
        var server = new ScriptedServer(transport, _optionsOf());
        await server.HandshakeAsync(cancellationToken);
        await using var stream = new ScriptedStream(server, transport);
        if (_dialogue is not null) await _dialogue.ServeAsync(stream, !_startsInClear, cancellationToken);
        else await EchoAsync(server, cancellationToken);
        await server.CloseNotifyAsync(cancellationToken);
        _say($"{server.Description}: served");
    }

    private static async Task EchoAsync(ScriptedServer server, CancellationToken cancellationToken)
    {
        while (await server.ReceiveAsync(cancellationToken) is { IsEmpty: false } heard)
            await server.SendAsync(heard, cancellationToken);
    }

    // FIN first, so that an alert just written is not lost in a reset.
    private static async Task CloseAsync(Socket socket)
    {
        using var linger = new CancellationTokenSource(Linger);
        var unread = new byte[4096];
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            while (await socket.ReceiveAsync(unread, linger.Token) > 0)
            {
                // What the peer still says is in the capture.
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A reset or a silent peer: closing is all that is left either way.
        }
    }
}
