using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Predictions;

namespace TlsInterop.Harness.Tests.Predictions;

/// <summary>Asks a real server: .NET's, with this machine's library under it.</summary>
public sealed class PolicyProbeTests
{
    [Test]
    [CancelAfter(60_000)]
    public async Task What_a_server_takes_is_found_out_by_asking_it(CancellationToken cancellationToken)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var certificate = Certificate();
        var serving = ServeAsync(server, certificate, cancellationToken);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        var policy = await PolicyProbe.AskAsync(
            new ServerProbe("127.0.0.1", port, null, null), "localhost", cancellationToken);
        server.Stop();
        await serving;

        Assert.That(policy.Versions.Keys, Is.EqualTo((string[])["tls1.2"]));
        var version = policy.Versions["tls1.2"];
        Assert.That(version.Suites.All, Does.Contain(0xc02b), "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        Assert.That(version.Suites.All, Has.None.EqualTo(0xc02f), "it has no RSA key");
        Assert.That(version.Groups.All, Does.Contain(0x0017), "secp256r1");
        Assert.That(version.Schemes.All, Does.Contain(0x0403), "ecdsa_secp256r1_sha256");
        Assert.That(version.Schemes.All, Has.None.EqualTo(0x0804), "rsa_pss_rsae_sha256");
        Assert.That(version.ExtendedMasterSecret, Is.True);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Who_hangs_up_at_every_hello_takes_nothing(CancellationToken cancellationToken)
    {
        using var deaf = DeafListener.Start("lo");

        var policy = await PolicyProbe.AskAsync(
            new ServerProbe(deaf.Host, deaf.Port, null, null), "localhost", cancellationToken);

        Assert.That(policy.Versions, Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_is_no_TLS_is_told_as_it_came(CancellationToken cancellationToken)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var greeting = GreetAsync(server, "220 mail \u0001ESMTP\r\nmore"u8.ToArray(), cancellationToken);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        using var error = new StringWriter();

        var status = await CommandTree.InvokeAsync(
            ["probe", $"127.0.0.1:{port}", "--format", "json"], TextWriter.Null, error);
        server.Stop();
        await greeting;

        Assert.That(status, Is.EqualTo(ExitStatus.Red));
        Assert.That(error.ToString(), Does.Contain("It says what is no TLS: \"220 mail .ESMTP\"."));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_program_gets_one_document(CancellationToken cancellationToken)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var certificate = Certificate();
        var serving = ServeAsync(server, certificate, cancellationToken);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        using var output = new StringWriter();

        var status = await CommandTree.InvokeAsync(
            ["probe", $"127.0.0.1:{port}", "--format", "json"], output, TextWriter.Null);
        server.Stop();
        await serving;

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        using var document = JsonDocument.Parse(output.ToString());
        Assert.That(
            document.RootElement.GetProperty("versions").EnumerateObject().Select(version => version.Name),
            Is.EqualTo((string[])["tls1.2"]));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Where_nothing_listens_that_is_said(CancellationToken cancellationToken)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        Assert.That(
            async () => await PolicyProbe.AskAsync(
                new ServerProbe("127.0.0.1", port, null, null), "localhost", cancellationToken),
            Throws.TypeOf<EndpointException>().With.Message.Contains($"127.0.0.1:{port}"));
    }

    private static async Task GreetAsync(
        TcpListener listener, byte[] greeting, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                await client.GetStream().WriteAsync(greeting, cancellationToken);
                // Until the other end has had enough: an earlier end may take the greeting with it.
                await client.GetStream().CopyToAsync(Stream.Null, cancellationToken);
            }
            catch (IOException)
            {
                // It has.
            }
            catch (Exception over)
                when (over is SocketException or InvalidOperationException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task ServeAsync(
        TcpListener listener, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(
                    certificate, clientCertificateRequired: false, SslProtocols.Tls12,
                    checkCertificateRevocation: false);
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
                // A hello that was not to its taste, or a client that has heard enough.
            }
            catch (Exception over) when (over is SocketException or InvalidOperationException)
            {
                return; // stopped, before or while it waited
            }
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
