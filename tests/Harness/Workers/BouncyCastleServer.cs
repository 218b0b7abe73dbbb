using System.Net;
using System.Net.Sockets;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>
/// An echo server of one version for one connection, old versions too: this process' OpenSSL has those switched off.
/// </summary>
internal sealed partial class BouncyCastleServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _serving;

    public BouncyCastleServer(TestChain chain, BouncyCastleTls.ProtocolVersion version)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _serving = Task.Run(() => Serve(chain, version));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    // Shakes hands as a server of one version.
    private static partial BouncyCastleTls.TlsServerProtocol Accept(
        Stream transport, TestChain chain, BouncyCastleTls.ProtocolVersion version);

    private void Serve(TestChain chain, BouncyCastleTls.ProtocolVersion version)
    {
        try
        {
            using var transport = new NetworkStream(_listener.Accept(), ownsSocket: true);
            var protocol = Accept(transport, chain, version);
            var buffer = new byte[4096];
            int read;
            while ((read = protocol.Stream.Read(buffer, 0, buffer.Length)) > 0) protocol.Stream.Write(buffer, 0, read);
            protocol.Close();
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // The client's answer tells that it failed, and how.
        }
    }
}
