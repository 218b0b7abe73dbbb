using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Targets;
using TlsInterop.Harness.Tests.Workers;

namespace TlsInterop.Harness.Tests.Targets;

/// <summary>The TLS of this machine against a server of this process, on the loopback interface.</summary>
public sealed class TargetActionTests
{
    private string _folder = "";
    private string _runs = "";
    private TestChain _chain = null!;

    [OneTimeSetUp]
    public void MakeChain()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-target-").FullName;
        _chain = new(_folder, "server");
    }

    [OneTimeTearDown]
    public void Remove()
    {
        _chain.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [SetUp]
    public void NameRuns() => _runs = Path.Combine(_folder, TestContext.CurrentContext.Test.ID);

    [Test]
    public async Task Versions_that_the_server_speaks_pass_and_the_others_are_refused()
    {
        await using var server = Serve(SslProtocols.Tls12 | SslProtocols.Tls13);
        var (status, text) = await RunAsync(new("127.0.0.1", server.Port), "echo", _chain.RootPath);
        Assert.That(status, Is.EqualTo(ExitStatus.Green), text);
        Assert.That(text, Does.Match(@"(?m)^default +pass +TLS 1\.3"));
        Assert.That(text, Does.Match(@"(?m)^tls1\.1 +refused +"));
        Assert.That(text, Does.Match(@"(?m)^tls1\.2 +pass +TLS 1\.2 · .*RSA"));
        var evidence = Directory.GetFiles(_runs, "handshake.txt", SearchOption.AllDirectories)
            .Single(file => file.Contains("tls1.2", StringComparison.Ordinal));
        Assert.That(File.ReadAllText(evidence), Does.Contain("ClientHello").And.Contain("ServerHello"));
        Assert.That(File.Exists(Path.Combine(Path.GetDirectoryName(evidence)!, "capture.pcapng")), Is.True);
    }

    [Test]
    public async Task Certificate_that_nobody_trusts_is_red()
    {
        await using var server = Serve(SslProtocols.Tls12);
        var (status, text) = await RunAsync(new("127.0.0.1", server.Port), null, null);
        Assert.That(status, Is.EqualTo(ExitStatus.Red), text);
        Assert.That(text, Does.Match(@"(?m)^tls1\.2 +FAIL +handshake: .*certificate"));
        Assert.That(text, Does.Contain("--ca FILE names others"));
    }

    [Test]
    public async Task Another_protocol_before_TLS_is_told_once_and_is_no_verdict()
    {
        await using var server = new TestServer(
            new SslServerAuthenticationOptions { ServerCertificate = _chain.Leaf }, "* OK an IMAP server").Start();
        var (status, text) = await RunAsync(new("127.0.0.1", server.Port), "starttls-pop3", _chain.RootPath);
        Assert.That(status, Is.EqualTo(ExitStatus.Unusable), text);
        Assert.That(text, Does.Match(@"(?m)^default +ERROR +STARTTLS: ").And.Contain("is 'starttls-pop3' what 127.0"));
        Assert.That(text, Does.Not.Contain("tls1.2").And.Contain("evidence"));
    }

    [Test]
    public async Task Port_where_nobody_listens_is_told_once_and_is_no_verdict()
    {
        int port;
        await using (var server = Serve(SslProtocols.Tls12)) port = server.Port;
        var (status, text) = await RunAsync(new("127.0.0.1", port), null, null);
        Assert.That(status, Is.EqualTo(ExitStatus.Unusable), text);
        Assert.That(text, Does.Contain("TCP connect").And.Contain($"listening at 127.0.0.1:{port}"));
        Assert.That(text, Does.Not.Contain("tls1.2"));
    }

    [Test]
    public async Task Server_that_resets_the_connection_refuses()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var end = new CancellationTokenSource();
        var serving = ResetAllAsync(listener, end.Token);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (status, text) = await RunAsync(new("127.0.0.1", port), null, null);
        await end.CancelAsync();
        await serving;
        Assert.That(status, Is.EqualTo(ExitStatus.Red), text);
        Assert.That(text, Does.Match(@"(?m)^tls1\.2 +refused +the server reset the connection without an alert"));
    }

    [TestCase("ehco", "did you mean 'echo'")]
    [TestCase("client-certificate", "unknown scenario")]
    public void Scenario_that_asks_something_of_the_server_is_refused(string scenario, string told) => Assert.That(
        () => RunAsync(new("127.0.0.1", 1), scenario, null),
        Throws.TypeOf<UsageException>().With.Message.Contains(told));

    [TestCase(TargetVerdict.Pass, TargetVerdict.Refused, ExitStatus.Green)]
    [TestCase(TargetVerdict.Pass, TargetVerdict.NotOffered, ExitStatus.Green)]
    [TestCase(TargetVerdict.Pass, TargetVerdict.Fail, ExitStatus.Red)]
    [TestCase(TargetVerdict.Refused, TargetVerdict.NotOffered, ExitStatus.Red)]
    [TestCase(TargetVerdict.Fail, TargetVerdict.Error, ExitStatus.Unusable)]
    public void One_that_is_wrong_or_none_that_passes_is_red(TargetVerdict first, TargetVerdict second, int status) =>
        Assert.That(
            TargetAction.StatusOf([new("tls1.2", first, ""), new("tls1.3", second, "")]), Is.EqualTo(status));

    private async Task<(int Status, string Text)> RunAsync(Target target, string? scenario, string? ca)
    {
        using var output = new StringWriter();
        var screen = new RunScreen(output, 160, false, new NoProgress());
        var options = new RunOptions
        {
            Repository = Repository.Find(), RunsFolder = _runs,
            Deadline = TimeSpan.FromSeconds(20),
        };
        var status = await new TargetAction(new(target, scenario, ca, options), screen).RunAsync(default);
        return (status, output.ToString());
    }

    private static async Task ResetAllAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var socket = await listener.AcceptSocketAsync(cancellationToken);
                await socket.ReceiveAsync(new byte[16384], cancellationToken);
                socket.LingerState = new(enable: true, seconds: 0);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private TestServer Serve(SslProtocols versions) => new TestServer(
        new SslServerAuthenticationOptions { ServerCertificate = _chain.Leaf, EnabledSslProtocols = versions }).Start();
}
