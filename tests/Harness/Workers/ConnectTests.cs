using System.Net.Security;
using System.Security.Authentication;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>Real handshakes of each worker with an <see cref="SslStream"/> server on the loopback interface.</summary>
public sealed class ConnectTests
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
            static kind => kind, kind => WorkerClient.Start(WorkerCommand.ForHarness(kind, _folder)), StringComparer.Ordinal);
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
    public async Task Payloads_of_every_size_come_back_and_the_end_is_orderly(string kind, string version, string suite, bool ecdsa)
    {
        var chain = ecdsa ? _ecdsa : _rsa;
        await using var server = Serve(chain);
        var answer = await _workers[kind].ConnectAsync(Request(server, chain) with
        {
            Version = version,
            Suite = suite,
            Conversation = [new() { Echo = 1 }, new() { Echo = 16384 }, new() { Echo = 40960 }],
        });
        Assert.That(answer.Exit, Is.EqualTo(WorkerExit.Done), answer.Output);
        Assert.That(answer.Output, Does.Contain(suite));
        Assert.That(answer.Transcript, Has.Count.EqualTo(6));
        Assert.That(server.SawOrderlyEnd, Is.True);
    }

    private static TestServer Serve(TestChain chain, params string[] clearText) => new TestServer(
        new SslServerAuthenticationOptions
        {
            ServerCertificate = chain.Leaf,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning disable CA1416 // The tests of a chosen suite run where suites can be chosen.
            CipherSuitesPolicy = new CipherSuitesPolicy(Enum.GetValues<TlsCipherSuite>()),
#pragma warning restore CA1416
        },
        clearText).Start();

    private static WorkerRequest Request(TestServer server, TestChain chain) => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        ServerName = "tlsinterop.test",
        Ca = chain.RootPath,
        Version = "tls1.2",
        DeadlineMilliseconds = 10_000,
    };
}
