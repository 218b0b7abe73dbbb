using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TlsInterop.Harness.Pki;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Leases;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>A handshake that happens now: OpenSSL's server and .NET's client on the loopback interface.</summary>
internal static class LiveHandshake
{
    private const string Server = "openssl";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Captures one connection.</summary>
    /// <param name="folder">Where certificates, key log and capture go.</param>
    /// <param name="version">The one version that the client offers.</param>
    /// <returns>Paths of the capture and of its key log.</returns>
    public static async Task<(string Capture, string Keys)> CaptureAsync(string folder, SslProtocols version)
    {
        using var cancellation = new CancellationTokenSource(Deadline);
        await using var pki = await TestPki.CreateAsync(folder, DateTimeOffset.UtcNow);
        var keys = Path.Combine(folder, "live.keys");
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        using var server = await StartAsync(folder, keys, address, cancellation.Token);
        try
        {
            var options = new LiveCaptureOptions { Interface = "lo", Filter = $"tcp port {address.Port}" };
            await using var capture = LiveCapture.Open(options);
            var splitter = new CaptureSplitter(capture);
            splitter.Start();
            using var lease = splitter.Open(address.Address, (ushort)address.Port);
            await ConverseAsync(address, version, cancellation.Token);
            await server.WaitForExitAsync(cancellation.Token);
            await lease.Completed.WaitAsync(cancellation.Token);

            var path = Path.Combine(folder, "live.pcapng");
            CaptureFile.Write(path, lease.Close().Frames);
            return (path, keys);
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }
    }

    // It says ACCEPT when it listens, sends each line back reversed, and ends after one connection.
    private static async Task<Process> StartAsync(
        string folder, string keys, IPEndPoint address, CancellationToken cancellationToken)
    {
        var chain = Path.Combine(folder, "rsa2048.pem");
        var start = new ProcessStartInfo(Server,
        [
            "s_server", "-accept", address.ToString(), "-naccept", "1", "-rev", "-keylogfile", keys,
            "-cert", chain, "-cert_chain", chain, "-key", Path.Combine(folder, "rsa2048.key"),
        ])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"no process for {Server}");
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("ACCEPT", StringComparison.Ordinal)) return process;
        }
        throw new InvalidOperationException($"{Server} s_server ended before it listened");
    }

    private static async Task ConverseAsync(
        IPEndPoint address, SslProtocols version, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address, cancellationToken);
        // The certificate is judged by nobody here: it is the decoders that are compared.
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "tlsinterop.test", EnabledSslProtocols = version },
            cancellationToken);
        await stream.WriteAsync("two decoders\n"u8.ToArray(), cancellationToken);
        await stream.ReadExactlyAsync(new byte["two decoders\n".Length], cancellationToken);
        await stream.ShutdownAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
