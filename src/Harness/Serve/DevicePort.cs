using System.Net;
using System.Net.Sockets;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// The port that a device connects to. It is taken at once, so that one in use is told before anything is started, and
/// answers from <see cref="Open"/> on. Who comes while another is served waits.
/// </summary>
internal sealed class DevicePort : IDisposable
{
    private const int Waiting = 16;

    private readonly Socket _socket;

    private DevicePort(Socket socket) => _socket = socket;

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>True if others than this machine can reach it.</summary>
    public bool IsOpenToOthers => !IPAddress.IsLoopback(Address.Address);

    /// <summary>Takes a port.</summary>
    /// <param name="address">Where; of this machine.</param>
    /// <param name="port">0 for any.</param>
    /// <exception cref="UsageException">It can't be had.</exception>
    public static DevicePort Take(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return new(socket);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new UsageException(refused.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"--port {port}: something else listens there at {address}. "
                    + $"End it ('ss -ltnp sport = :{port}' tells what it is), or name another port; 0 takes a free one",
                SocketError.AccessDenied => $"--port {port}: this user may not listen there. "
                    + "Ports from 1024 on are everybody's: let the device, or a rule of its router, use one of those",
                SocketError.AddressNotAvailable => $"--listen {address}: no address of this machine. "
                    + "'ip addr' lists them; 0.0.0.0 and :: stand for all of them",
                _ => $"--listen {address} --port {port}: {refused.Message}",
            });
        }
    }

    /// <summary>Lets devices in.</summary>
    /// <exception cref="UsageException">Another listens there by now.</exception>
    public void Open()
    {
        try
        {
            _socket.Listen(Waiting);
        }
        catch (SocketException refused)
        {
            throw new UsageException($"--port {Address.Port}: {refused.Message}. "
                + "End what listens there, or name another port; 0 takes a free one");
        }
    }

    /// <summary>The next connection.</summary>
    /// <exception cref="OperationCanceledException">Nobody is waited for any more.</exception>
    public ValueTask<Socket> NextAsync(CancellationToken cancellationToken) => _socket.AcceptAsync(cancellationToken);

    public void Dispose() => _socket.Dispose();
}
