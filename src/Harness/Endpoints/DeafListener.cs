using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace TlsInterop.Harness.Endpoints;

/// <summary>Listens on one interface of this machine, takes every connection and closes it without a word.</summary>
public sealed class DeafListener : IDisposable
{
    private readonly TcpListener _listener;

    private DeafListener(IPAddress address)
    {
        _listener = new TcpListener(address, 0);
        _listener.Start();
        _ = TakeAsync();
    }

    public string Host => ((IPEndPoint)_listener.LocalEndpoint).Address.ToString();
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Listens on the IPv4 address of an interface, on a port that is free.</summary>
    public static DeafListener Start(string networkInterface) => new(NetworkInterface.GetAllNetworkInterfaces()
        .Where(known => known.Name == networkInterface)
        .SelectMany(known => known.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback);

    public void Dispose() => _listener.Dispose();

    private async Task TakeAsync()
    {
        try
        {
            while (true) (await _listener.AcceptSocketAsync()).Dispose();
        }
        catch (Exception over) when (over is ObjectDisposedException or SocketException)
        {
            // Disposed: that is how it ends.
        }
    }
}
