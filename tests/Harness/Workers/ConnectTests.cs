using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>Real handshakes of each worker with a server of this process, on the loopback interface.</summary>
public sealed partial class ConnectTests
{
    private string _folder = "";
    private TestChain _rsa = null!;
    private TestChain _ecdsa = null!;
    private TestChain _expired = null!;
    private Dictionary<string, WorkerClient> _workers = [];

    [OneTimeSetUp]
    public void StartWorkers()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-workers-").FullName;
        _rsa = new(_folder, "rsa");
        _ecdsa = new(_folder, "ecdsa", ecdsa: true);
        _expired = new(_folder, "expired", expired: true);
        _workers = WorkerHost.Kinds.ToDictionary(
            static kind => kind, kind => WorkerClient.Start(WorkerCommand.ForHarness(kind, _folder)),
            StringComparer.Ordinal);
    }

    [OneTimeTearDown]
    public async Task StopWorkers()
    {
        foreach (var worker in _workers.Values) await worker.DisposeAsync();
        foreach (var chain in (TestChain[])[_rsa, _ecdsa, _expired]) chain.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("sslstream", "tls1.2", "ECDHE_RSA_WITH_AES_128_GCM_SHA256", false)]
    [TestCase("sslstream", "tls1.2", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", true)]
    [TestCase("sslstream", "tls1.2", "RSA_WITH_AES_128_CBC_SHA", false)]
    [TestCase("sslstream", "tls1.2", "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", false)]
    [TestCase("sslstream", "tls1.3", "AES_128_GCM_SHA256", false)]
    [TestCase("sslstream", "tls1.3", "CHACHA20_POLY1305_SHA256", true)]
    [TestCase("bouncycastle", "tls1.2", "ECDHE_RSA_WITH_AES_128_GCM_SHA256", false)]
    [TestCase("bouncycastle", "tls1.2", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", true)]
    [TestCase("bouncycastle", "tls1.2", "RSA_WITH_AES_128_CBC_SHA", false)]
    [TestCase("bouncycastle", "tls1.2", "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", false)]
    [TestCase("scripted", "tls1.2", "ECDHE_RSA_WITH_AES_128_GCM_SHA256", false)]
    [TestCase("scripted", "tls1.2", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", true)]
    [TestCase("scripted", "tls1.2", "RSA_WITH_AES_128_CBC_SHA", false)]
    [TestCase("scripted", "tls1.2", "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", false)]
    [TestCase("scripted", "tls1.3", "AES_128_GCM_SHA256", false)]
    [TestCase("scripted", "tls1.3", "CHACHA20_POLY1305_SHA256", true)]
    public async Task Payloads_of_every_size_come_back_and_the_end_is_orderly(
        string kind, string version, string suite, bool ecdsa)
    {
        var chain = ecdsa ? _ecdsa : _rsa;
        await using var server = Serve(chain);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, chain) with
        {
            Version = version,
            Suite = suite,
            Conversation = [new() { Echo = 1 }, new() { Echo = 16384 }, new() { Echo = 40960 }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        Assert.That(answer.Output, Does.Contain(suite));
        Assert.That(answer.Transcript, Is.EqualTo((string[])
        [
            "> 1 octets", "< 1 octets, equal",
            "> 16384 octets", "< 16384 octets, equal",
            "> 40960 octets", "< 40960 octets, equal",
        ]));
        Assert.That(server.OrderlyEnds, Is.EqualTo(1));
    }

    [Test]
    public async Task Old_versions_are_spoken_where_the_configuration_switches_them_on(
        [Values("sslstream", "bouncycastle", "scripted")] string kind,
        [Values("tls1.0", "tls1.1")] string version,
        [Values("RSA_WITH_AES_128_CBC_SHA", "ECDHE_RSA_WITH_AES_256_CBC_SHA", "DHE_RSA_WITH_AES_128_CBC_SHA")]
        string suite)
    {
        await using var server = new BouncyCastleServer(_rsa, version == "tls1.0"
            ? BouncyCastleTls.ProtocolVersion.TLSv10
            : BouncyCastleTls.ProtocolVersion.TLSv11);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
        {
            Version = version,
            Suite = suite,
            Conversation = [new() { Echo = 1 }, new() { Echo = 16384 }, new() { Echo = 40960 }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
    }

    [TestCase("bouncycastle", "secp384r1")]
    [TestCase("bouncycastle", "secp521r1")]
    [TestCase("scripted", "secp384r1")]
    [TestCase("scripted", "x25519")]
    public async Task Group_that_was_asked_for_carries_the_handshake(string kind, string group)
    {
        await using var server = Serve(_rsa);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
        {
            Suite = "ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            Group = group,
            Conversation = [new() { Echo = 1 }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
    }

    [TestCase("x25519")]
    [TestCase("secp384r1")]
    [TestCase("ffdhe2048")]
    public async Task Sslstream_worker_started_for_one_group_offers_that_one_alone(string group)
    {
        await using var worker = WorkerClient.Start(WorkerCommand.ForHarness("sslstream", _folder, [group]));
        var capabilities = await worker.CapabilitiesAsync();
        Assert.That(capabilities.Groups, Is.EqualTo((string[])[group]));
        await using var server = Serve(_rsa);
        var answer = await worker.ConnectAsync(Request(server.Port, _rsa) with { Version = "tls1.3", Group = group });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        var other = await worker.ConnectAsync(Request(server.Port, _rsa) with
        {
            Version = "tls1.3",
            Group = "secp521r1",
        });
        Assert.That(other.Exit, Is.EqualTo(WorkerExit.Unsupported), other.Output);
    }

    [Test]
    public async Task Expired_certificate_is_refused_and_named([Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(_expired);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _expired) with
        {
            Conversation = [new() { Echo = 1 }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed));
        Assert.That(answer.Output, Does.Contain(kind == "sslstream" ? "NotTimeValid" : "certificate_expired(45)"));
        Assert.That(answer.Transcript, Is.Empty);
    }

    [Test]
    public async Task Chain_of_another_root_is_refused([Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(_rsa);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _ecdsa));
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed));
        Assert.That(answer.Output, Does.Contain(kind == "sslstream" ? "PartialChain" : "unknown_ca(48)"));
    }

    [Test]
    public async Task Another_root_of_the_same_name_is_refused([Values("sslstream", "bouncycastle")] string kind)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, kind)).FullName;
        using var impostor = new TestChain(folder, "rsa");
        await using var server = Serve(_rsa);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, impostor));
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed), answer.Output);
        Assert.That(answer.Output, Does.Contain(kind == "sslstream" ? "chain" : "unknown_ca(48)"));
    }

    [Test]
    public async Task Certificate_for_another_name_is_refused([Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(_rsa);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
        {
            ServerName = "elsewhere.test",
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed));
        Assert.That(answer.Output,
            Does.Contain(kind == "sslstream" ? "RemoteCertificateNameMismatch" : "bad_certificate(42)"));
    }

    [TestCase("sslstream", "tls1.2", "TOTAL_NONSENSE", null, null)]
    [TestCase("sslstream", "tls1.2", "49199", null, null)]
    [TestCase("sslstream", "tls1.2", "AES_128_GCM_SHA256", null, null)]
    [TestCase("sslstream", "tls1.3", "RSA_WITH_AES_128_CBC_SHA", null, null)]
    [TestCase("sslstream", "tls9.9", null, null, null)]
    [TestCase("sslstream", "ssl3", null, null, null)]
    [TestCase("sslstream", "tls1.2", null, "x25519", null)]
    [TestCase("sslstream", "tls1.2", null, null, "gopher")]
    [TestCase("bouncycastle", "tls1.2", "TOTAL_NONSENSE", null, null)]
    [TestCase("bouncycastle", "tls1.0", "RSA_WITH_AES_128_GCM_SHA256", null, null)]
    [TestCase("bouncycastle", "tls1.2", "PSK_WITH_AES_128_GCM_SHA256", null, null)]
    [TestCase("bouncycastle", "tls1.2", null, null, "gopher")]
    public async Task What_the_stack_cannot_do_is_127_before_a_connection(
        string kind, string version, string? suite, string? group, string? startTls)
    {
        await using var server = Serve(_rsa);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
        {
            Version = version,
            Suite = suite,
            Group = group,
            StartTls = startTls,
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Unsupported), answer.Output);
        Assert.That(server.Accepted, Is.Zero);
    }

    [Test]
    public async Task Mail_is_upgraded_with_the_least_that_is_right(
        [Values("sslstream", "bouncycastle")] string kind)
    {
        string[] smtp =
            ["220 mail ESMTP\r\n", "250-mail hello\r\n250-PIPELINING\r\n250 STARTTLS\r\n", "220 go ahead\r\n"];
        await using (var server = Serve(_rsa, smtp))
        {
            var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
            {
                StartTls = "smtp",
                Conversation = [new() { Send = "250 echoed\r\n", Expect = "^250 " }],
            });
            Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
            Assert.That(server.Lines, Is.EqualTo((string[])["EHLO tlsinterop.test", "STARTTLS"]));
            Assert.That(answer.Transcript!.TakeLast(2), Is.EqualTo((string[])["> 250 echoed", "< 250 echoed"]));
        }
        await using (var server = Serve(_rsa, "* OK IMAP4rev1 ready\r\n", "a1 OK begin TLS now\r\n"))
        {
            var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with { StartTls = "imap" });
            Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
            Assert.That(server.Lines, Is.EqualTo((string[])["a1 STARTTLS"]));
        }
        await using (var server = Serve(_rsa, "+OK ready\r\n", "+OK begin TLS now\r\n"))
        {
            var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with { StartTls = "pop3" });
            Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
            Assert.That(server.Lines, Is.EqualTo((string[])["STLS"]));
        }
    }

    [TestCase("sslstream")]
    [TestCase("bouncycastle")]
    public async Task Silence_is_waited_for_and_loses_nothing_of_what_comes_behind_it(string kind)
    {
        await using var server = Serve(_rsa);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
        {
            Conversation = [new() { Silence = 100 }, new() { Send = "hello\r\n", Expect = "^hello$" }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
        {
            Conversation = [new() { Send = "hello\r\n" }, new() { Silence = 5000 }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed));
        Assert.That(answer.Output, Does.Contain("Expected silence"));
    }

    [Test]
    public async Task Line_that_never_comes_ends_at_the_deadline([Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(_rsa);
        var answer = await _workers[kind].ConnectAsync(Request(server.Port, _rsa) with
        {
            DeadlineMilliseconds = 1500,
            Conversation = [new() { Send = "hello\r\n", Expect = "^never" }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.TimedOut));
        Assert.That(answer.Output, Does.Contain("conversation").And.Contain("1500 ms"));
        Assert.That(answer.Transcript, Is.EqualTo((string[])["> hello", "< hello"]));
    }

    [Test]
    public async Task Closed_port_is_a_failure_of_the_TCP_connection([Values("sslstream", "bouncycastle")] string kind)
    {
        int port;
        await using (var server = Serve(_rsa)) port = server.Port;
        var answer = await _workers[kind].ConnectAsync(Request(port, _rsa));
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed));
        Assert.That(answer.Output, Does.StartWith("TCP connect"));
    }

    [Test]
    public async Task Twenty_connections_at_once_get_each_its_own_answer(
        [Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(_rsa);
        var request = Request(server.Port, _rsa);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _workers[kind].ConnectAsync(request with
        {
            Conversation = [new() { Send = $"line {i.ToString(CultureInfo.InvariantCulture)}\n", Expect = "^line " }],
        })));
        Assert.That(answers.Select(static answer => answer.Exit), Is.All.EqualTo(WorkerExit.Done));
        Assert.That(
            answers.Select(static answer => answer.Transcript![^1]),
            Is.EqualTo(Enumerable.Range(0, 20).Select(static i => $"< line {i}")));
        Assert.That(server.OrderlyEnds, Is.EqualTo(20));
    }

    private static TestServer Serve(TestChain chain, params string[] clearText) => new TestServer(
        new SslServerAuthenticationOptions
        {
            ServerCertificate = chain.Leaf,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning disable CA1416 // Windows' own choice cannot be narrowed; these tests run where OpenSSL is underneath.
            CipherSuitesPolicy = new CipherSuitesPolicy(Enum.GetValues<TlsCipherSuite>()),
#pragma warning restore CA1416
        },
        clearText).Start();

    private static WorkerRequest Request(int port, TestChain chain) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        ServerName = "tlsinterop.test",
        Ca = chain.RootPath,
        Version = "tls1.2",
    };
}
