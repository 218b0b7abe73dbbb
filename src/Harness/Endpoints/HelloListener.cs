using System.Collections.Concurrent;
using System.Net.Sockets;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Harness.Endpoints;

/// <summary>Takes every connection, hears a ClientHello and hangs up.</summary>
public sealed class HelloListener : IDisposable
{
    // Far more than any ClientHello has.
    private const int MostOctets = 1 << 16;

    // One that is silent for so long says nothing any more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener;
    private readonly ConcurrentQueue<ClientHello> _heard = new();

    private HelloListener(TcpListener listener)
    {
        _listener = listener;
        _ = TakeAsync();
    }

    public string Host => DeafListener.HostOf(_listener);
    public int Port => DeafListener.PortOf(_listener);

    /// <summary>What was heard by now.</summary>
    public IReadOnlyCollection<ClientHello> Heard => _heard;

    /// <summary>Listens on the IPv4 address of an interface, on a port that is free.</summary>
    public static HelloListener Start(string networkInterface) => new(DeafListener.ListenOn(networkInterface));

    public void Dispose() => _listener.Dispose();

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                _ = HearAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception over) when (over is ObjectDisposedException or SocketException)
        {
            // Disposed: that is how it ends.
        }
    }

    private async Task HearAsync(Socket socket)
    {
        using var taken = socket;
        using var patience = new CancellationTokenSource(Patience);
        var octets = new byte[MostOctets];
        var length = 0;
        try
        {
            while (length < MostOctets)
            {
                var read = await socket.ReceiveAsync(octets.AsMemory(length), patience.Token);
                if (read == 0) return;
                length += read;
                if (Read(octets.AsSpan(0, length)) is not { } hello) continue;
                _heard.Enqueue(hello);
                return;
            }
        }
        catch (Exception silent) when (silent is OperationCanceledException or SocketException)
        {
            // Nothing was heard of this one.
        }
    }

    private static ClientHello? Read(ReadOnlySpan<byte> octets)
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ClientToServer, octets, default);
        return decoder.Decode().Messages.Select(item => item.Message.Body).OfType<ClientHello>().FirstOrDefault();
    }
}
