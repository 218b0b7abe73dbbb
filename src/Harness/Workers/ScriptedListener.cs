using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using TlsInterop.Tls.Scripted;

namespace TlsInterop.Harness.Workers;

/// <summary>A scripted server at a port: takes every connection, shakes hands and serves.</summary>
internal sealed class ScriptedListener : IAsyncDisposable
{
    // A connection that nobody ends must not outlive a run by much.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private const int MostAttempts = 20;

    private readonly Func<ServerOptions> _optionsOf;
    private readonly ServedDialogue? _dialogue;
    private readonly bool _startsInClear;
    private readonly Action<string> _say;
    private readonly List<TcpListener> _listeners = [];
    private readonly ConcurrentDictionary<Task, bool> _serving = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Task[] _accepting;

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
        _accepting = [.. _listeners.Select(TakeAsync)];
    }

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _lifetime.CancelAsync();
        Release();
        // All of them end with their lifetime; what went wrong in one was said there.
        await Task.WhenAll([.. _accepting, .. _serving.Keys]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lifetime.Dispose();
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
            catch (SocketException fault)
            {
                // What was bound before has no owner but this.
                Release();
                if (fault.SocketErrorCode != SocketError.AddressAlreadyInUse || attempt == MostAttempts) throw;
            }
        }
    }

    private void Release()
    {
        foreach (var listener in _listeners) listener.Dispose();
        _listeners.Clear();
    }

    private async Task TakeAsync(TcpListener listener)
    {
        while (!_lifetime.IsCancellationRequested)
        {
            try
            {
                Keep(ServeAsync(await listener.AcceptSocketAsync(_lifetime.Token)));
            }
            catch (Exception over) when (over is OperationCanceledException or ObjectDisposedException)
            {
                return; // Disposed: that is how it ends.
            }
            // accept(2): a connection that was reset before it was taken is an error of its own, not of the listener.
            catch (SocketException fault)
            {
                _say(fault.Message);
                if (fault.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionAborted)) return;
            }
        }
    }

    private void Keep(Task serving)
    {
        _serving[serving] = true;
        _ = serving.ContinueWith(
            ended => _serving.TryRemove(ended, out _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
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
        await socket.EndAsync(_lifetime.Token);
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
}
