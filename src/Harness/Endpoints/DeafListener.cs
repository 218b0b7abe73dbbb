using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace TlsInterop.Harness.Endpoints;

/// <summary>Listens on one interface of this machine, takes every connection and closes it without a word.</summary>
public sealed class DeafListener : IDisposable
{
    private readonly TcpListener _listener;

    private DeafListener(TcpListener listener)
    {
        _listener = listener;
        _ = TakeAsync();
    }

    public string Host => HostOf(_listener);
    public int Port => PortOf(_listener);

    /// <summary>Listens on the IPv4 address of an interface, on a port that is free.</summary>
    public static DeafListener Start(string networkInterface) => new(ListenOn(networkInterface));

    public void Dispose() => _listener.Dispose();

    internal static string HostOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Address.ToString();

    internal static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The IPv4 address of an interface; the loopback's if there is no such interface.</summary>
    internal static IPAddress AddressOf(string networkInterface) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(known => known.Name == networkInterface)
            .SelectMany(known => known.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;

    internal static TcpListener ListenOn(string networkInterface)
    {
        var listener = new TcpListener(AddressOf(networkInterface), 0);
        listener.Start();
        return listener;
    }

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
