using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Workers;

public sealed class ScriptedListenerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private string _folder = "";
    private TestChain _chain = null!;

    [OneTimeSetUp]
    public void MakeCertificate()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-listener-").FullName;
        _chain = new(_folder, "chain", ecdsa: true);
    }

    [OneTimeTearDown]
    public void RemoveCertificate()
    {
        _chain.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Server_that_echoes_answers_one_connection_after_the_other_whatever_the_first_said()
    {
        var said = new List<string>();
        await using var listener = Listen(said);
        using var deadline = new CancellationTokenSource(Deadline);
        using (var odd = await ConnectAsync(listener.Port, deadline.Token))
        {
            await odd.SendAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), deadline.Token);
            Assert.That(await HearAsync(odd, deadline.Token), Has.Length.EqualTo(7), "an alert");
        }
        using var socket = await ConnectAsync(listener.Port, deadline.Token);
        await using var transport = new NetworkStream(socket);
        var client = new ScriptedClient(transport, new()
        {
            Profile = PlainProfile.Of(
                ProtocolVersion.Tls12, [new(CipherSuites.Find("ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")!.Code)]),
        });
        await client.HandshakeAsync(deadline.Token);
        await client.SendAsync("word"u8.ToArray(), deadline.Token);
        Assert.That((await client.ReceiveAsync(deadline.Token)).ToArray(), Is.EqualTo("word"u8.ToArray()));
        lock (said) Assert.That(said, Has.Some.Contains("Expected a record"));
    }

    [Test]
    public async Task Listener_that_is_disposed_ends_the_connections_that_it_serves_and_its_port()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var listener = Listen([]);
        using var silent = await ConnectAsync(listener.Port, deadline.Token);

        await listener.DisposeAsync();

        Assert.That(await HearAsync(silent, deadline.Token), Is.Empty);
        Assert.That(
            async () => await ConnectAsync(listener.Port, deadline.Token), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public void Address_of_another_machine_is_told()
    {
        // RFC 5737, Section 3: nobody's
        var nobodys = IPAddress.Parse("203.0.113.1");
        Assert.That(
            () => new ScriptedListener(
                [IPAddress.Loopback, nobodys], Options, dialogue: null, startsInClear: false, _ => { }),
            Throws.InstanceOf<SocketException>());
    }

    [TestCase("echo")]
    [TestCase(null)]
    public async Task STARTTLS_without_a_protocol_that_has_it_is_refused(string? dialogue)
    {
        using var service = new ServeService(ServerProfile.Plain);
        var answer = await service.AnswerAsync(
            JsonSerializer.Serialize(new { op = "serve", folder = _folder, startTls = "smtp", dialogue }), default);
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Unsupported));
        Assert.That(answer.Output, Does.Contain("STARTTLS").And.Contain("smtp, imap, pop3"));
    }

    private ScriptedListener Listen(List<string> said) => new(
        [IPAddress.Loopback], Options, dialogue: null, startsInClear: false, line =>
        {
            lock (said) said.Add(line);
        });

    private ServerOptions Options() => new()
    {
        Chain = [_chain.Leaf.RawData],
        PrivateKey = _chain.Leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey(),
    };

    private static async Task<Socket> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // All that comes until the peer closes, or resets.
    private static async Task<byte[]> HearAsync(Socket socket, CancellationToken cancellationToken)
    {
        var heard = new List<byte>();
        var octets = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(octets, cancellationToken) is var read and > 0)
                heard.AddRange(octets.AsSpan(0, read));
        }
        catch (SocketException)
        {
            // A reset is an end as well.
        }
        return [.. heard];
    }
}
