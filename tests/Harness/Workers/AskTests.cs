using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>What scenarios ask of a worker beside version, suite and group.</summary>
public sealed class AskTests
{
    private string _folder = "";
    private TestChain _chain = null!;
    private Dictionary<string, WorkerClient> _workers = [];

    [OneTimeSetUp]
    public void StartWorkers()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-asks-").FullName;
        _chain = new(_folder, "server");
        File.WriteAllText(Path.Combine(_folder, "client.pem"), _chain.Leaf.ExportCertificatePem());
        using var key = _chain.Leaf.GetRSAPrivateKey()!;
        File.WriteAllText(Path.Combine(_folder, "client.key"), key.ExportPkcs8PrivateKeyPem());
        _workers = WorkerHost.Kinds.ToDictionary(
            static kind => kind, kind => WorkerClient.Start(WorkerCommand.ForHarness(kind, _folder)),
            StringComparer.Ordinal);
    }

    [OneTimeTearDown]
    public async Task StopWorkers()
    {
        foreach (var worker in _workers.Values) await worker.DisposeAsync();
        _chain.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Name_that_is_sent_need_not_be_the_one_of_the_certificate(
        [Values("sslstream", "bouncycastle")] string kind, [Values("absent", "unknown.tlsinterop.test")] string name)
    {
        var named = new List<string>();
        await using var server = Serve(new()
        {
            ServerCertificateSelectionCallback = (_, host) =>
            {
                named.Add(host ?? "");
                return _chain.Leaf;
            },
        });
        var answer = await AskAsync(kind, server, new() { ["sni"] = name });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        Assert.That(named, Is.EqualTo((string[])[name == "absent" ? "" : name]));
    }

    [Test]
    public async Task Certificate_is_held_to_its_name_when_another_is_sent(
        [Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(new());
        var answer = await _workers[kind].ConnectAsync(Request(server, new() { ["sni"] = "tlsinterop.test" }) with
        {
            ServerName = "elsewhere.test",
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed), answer.Output);
    }

    [Test]
    public async Task Application_protocol_is_offered([Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(new() { ApplicationProtocols = [new SslApplicationProtocol("other/2")] });
        var answer = await AskAsync(kind, server, new() { ["alpn"] = "tlsinterop/1" });
        // RFC 7301, Section 3.2: a server that has none of those that are offered says so.
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Failed), answer.Output);
        await using var knowing = Serve(new() { ApplicationProtocols = [new SslApplicationProtocol("tlsinterop/1")] });
        answer = await AskAsync(kind, knowing, new() { ["alpn"] = "tlsinterop/1" });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
    }

    [Test]
    public async Task Server_that_asks_gets_the_certificate_of_the_client(
        [Values("sslstream", "bouncycastle")] string kind, [Values] bool has)
    {
        string? sent = null;
        await using var server = Serve(new()
        {
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            {
                sent = certificate?.Subject;
                return true;
            },
        });
        var answer = await AskAsync(
            kind, server, has ? new() { ["client-certificate"] = "client" } : []);
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        Assert.That(sent, Is.EqualTo(has ? _chain.Leaf.Subject : null));
    }

    [Test]
    public async Task Client_that_resumes_comes_again([Values("sslstream", "bouncycastle")] string kind)
    {
        await using var server = Serve(new());
        var answer = await _workers[kind].ConnectAsync(
            Request(server, new() { ["resume"] = kind == "sslstream" ? "ticket" : "id" }) with { Visits = 2 });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        Assert.That(answer.Transcript, Has.Count.EqualTo(4));
        Assert.That(server.Accepted, Is.EqualTo(2));
    }

    [TestCase("sslstream", "resume", "id")]
    [TestCase("sslstream", "early-data", "send")]
    [TestCase("sslstream", "status", "ocsp")]
    [TestCase("bouncycastle", "resume", "psk")]
    [TestCase("bouncycastle", "first-group", "secp521r1")]
    public async Task What_the_stack_can_not_be_asked_is_127(string kind, string name, string value)
    {
        await using var server = Serve(new());
        var answer = await AskAsync(kind, server, new() { [name] = value });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Unsupported), answer.Output);
        Assert.That(answer.Output, Does.Contain(name));
        Assert.That(server.Accepted, Is.Zero);
    }

    [Test]
    public async Task Worker_started_for_one_suite_resumes_in_that_one()
    {
        const string suite = "ECDHE_RSA_WITH_AES_256_GCM_SHA384";
        await using var worker = WorkerClient.Start(
            WorkerCommand.ForHarness("sslstream", _folder, ["secp256r1"], "ECDHE-RSA-AES256-GCM-SHA384"));
        await using var server = Serve(new());
        var answer = await worker.ConnectAsync(
            Request(server, new() { ["resume"] = "ticket" }) with { Suite = suite, Group = "secp256r1", Visits = 2 });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        Assert.That(answer.Output, Does.Contain(suite));
    }

    private Task<WorkerAnswer> AskAsync(string kind, TestServer server, Dictionary<string, string> asks) =>
        _workers[kind].ConnectAsync(Request(server, asks));

    private WorkerRequest Request(TestServer server, Dictionary<string, string> asks) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        ServerName = "tlsinterop.test",
        Ca = _chain.RootPath,
        Version = "tls1.2",
        Asks = asks,
        Certificates = _folder,
        Conversation = [new() { Echo = 1 }],
    };

    private TestServer Serve(SslServerAuthenticationOptions options)
    {
        if (options.ServerCertificateSelectionCallback is null) options.ServerCertificate = _chain.Leaf;
        options.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        return new TestServer(options).Start();
    }
}
