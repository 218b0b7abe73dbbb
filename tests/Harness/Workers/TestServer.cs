using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>An echo server on the loopback interface, with the clear-text part of a mail protocol if asked.</summary>
/// <param name="authentication">How it shakes hands.</param>
/// <param name="clearText">What it says before TLS: answers in turn, each after a line of the client but the
/// first.</param>
internal sealed class TestServer(SslServerAuthenticationOptions authentication, params string[] clearText)
    : IAsyncDisposable
{
    private readonly Socket _listener = Listen();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _secured = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _accepting;
    private int _orderlyEnds;

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>The lines that clients said in clear text.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Completes with the first handshake.</summary>
    public Task Secured => _secured.Task;

    /// <summary>How many clients have closed with close_notify: the stream ended and was not cut.</summary>
    public int OrderlyEnds => _orderlyEnds;

    public int Accepted { get; private set; }

    public TestServer Start()
    {
        _accepting = AcceptAsync();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        if (_accepting is not null) await _accepting;
        _stop.Dispose();
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        return listener;
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                Accepted++;
                served.Add(ServeAsync(socket));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using var transport = new NetworkStream(socket, ownsSocket: true);
            for (var i = 0; i < clearText.Length; i++)
            {
                if (i > 0) Lines.Add(await ReadLineAsync(transport));
                await transport.WriteAsync(Encoding.ASCII.GetBytes(clearText[i]), _stop.Token);
            }
            await using var stream = new SslStream(transport);
            await stream.AuthenticateAsServerAsync(authentication, _stop.Token);
            _secured.TrySetResult();
            var buffer = new byte[8192];
            int read;
            while ((read = await stream.ReadAsync(buffer, _stop.Token)) > 0)
                await stream.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            Interlocked.Increment(ref _orderlyEnds);
            await stream.ShutdownAsync();
        }
        catch (Exception fault) when (fault is IOException or AuthenticationException or OperationCanceledException)
        {
            // The client's answer tells that it failed, and how.
        }
    }

    private async Task<string> ReadLineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1 && one[0] != '\n') line.Append((char)one[0]);
        return line.ToString().TrimEnd('\r');
    }
}
