using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TlsInterop.Harness.Workers;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>What a worker makes of bad input, and the harness of a bad worker.</summary>
public sealed class WorkerProcessTests
{
    // A request up to the name of the file of roots, where $CA stands for one that is there.
    private const string Connect =
        "{\"id\":7,\"op\":\"connect\",\"host\":\"::1\",\"port\":1,\"version\":\"tls1.2\",\"ca\":\"";

    private string _folder = "";

    [OneTimeSetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("tlsinterop-workers-").FullName;

    [OneTimeTearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("rubbish", 0)]
    [TestCase("null", 0)]
    [TestCase("[]", 0)]
    [TestCase("{\"id\":\"seven\"}", 0)]
    [TestCase("{\"id\":7,\"op\":\"connect\",\"sweet\":\"AES\"}", 0)]
    [TestCase("{\"id\":7}", 7)]
    [TestCase("{\"id\":7,\"op\":\"dance\"}", 7)]
    [TestCase("{\"id\":7,\"op\":\"connect\"}", 7)]
    [TestCase("{\"id\":7,\"op\":\"connect\",\"host\":\"::1\",\"port\":70000}", 7)]
    [TestCase(Connect + "/no/such/file\"}", 7)]
    [TestCase(Connect + "$CA\",\"conversation\":[{}]}", 7)]
    [TestCase(Connect + "$CA\",\"conversation\":[null]}", 7)]
    [TestCase(Connect + "$CA\",\"conversation\":null}", 7)]
    [TestCase(Connect + "$CA\",\"conversation\":[{\"echo\":0}]}", 7)]
    [TestCase(Connect + "$CA\",\"conversation\":[{\"expect\":\"(\"}]}", 7)]
    public async Task Bad_line_is_answered_with_its_fault_and_the_next_one_is_served(string line, long id)
    {
        var anyFile = OpenSslConfiguration.Write(_folder);
        var answers = await ServeAsync(line.Replace("$CA", anyFile, StringComparison.Ordinal));
        Assert.That(answers, Has.Count.EqualTo(2));
        var bad = answers.Single(static answer => answer.Id != 99);
        Assert.That((bad.Id, bad.Exit), Is.EqualTo((id, WorkerExit.BadRequest)), bad.Output);
        Assert.That(bad.Output, Is.Not.Empty);
    }

    [Test]
    public async Task Unknown_kind_of_worker_exits_with_127()
    {
        await using var worker = WorkerClient.Start(WorkerCommand.ForHarness("schannel98", _folder));
        var fault = await Assert.ThrowsAsync<WorkerException>(() => worker.CapabilitiesAsync());
        Assert.That(fault!.ExitCode, Is.EqualTo(127));
        Assert.That(fault.Log, Does.Contain("schannel98").And.Contain("sslstream, bouncycastle"));
    }

    [Test]
    public async Task Worker_that_is_killed_is_reported_to_everybody_who_waits()
    {
        using var chain = new TestChain(_folder, "killed");
        await using var server = new TestServer(new() { ServerCertificate = chain.Leaf }).Start();
        await using var worker = WorkerClient.Start(WorkerCommand.ForHarness("bouncycastle", _folder));
        var request = new WorkerRequest
        {
            Host = "127.0.0.1",
            Port = server.Port,
            ServerName = "tlsinterop.test",
            Ca = chain.RootPath,
            Version = "tls1.2",
            Conversation = [new() { Expect = "^never" }],
        };
        var waiting = worker.ConnectAsync(request);
        await server.Secured.WaitAsync(TimeSpan.FromSeconds(20));
        Process.GetProcessById(worker.ProcessId).Kill();
        var fault = await Assert.ThrowsAsync<WorkerException>(() => waiting);
        Assert.That(fault!.ExitCode, Is.Not.Zero);
        Assert.That(fault.Message, Does.Contain("worker bouncycastle"));
        await Assert.ThatAsync(() => worker.ConnectAsync(request), Throws.TypeOf<WorkerException>());
    }

    [Test]
    public void Executable_that_does_not_exist_is_reported_with_its_command() => Assert.That(
        () => WorkerClient.Start(new("/no/such/executable", ["worker"])),
        Throws.TypeOf<WorkerException>().With.Message.Contains("/no/such/executable worker"));

    [Test]
    public async Task Silent_worker_is_reported_at_the_deadline_and_ended()
    {
        using var chain = new TestChain(_folder, "silent");
        // It takes the connection and says nothing, so the worker has nothing to answer.
        await using var server = new TestServer(new() { ServerCertificate = chain.Leaf });
        var request = new WorkerRequest
        {
            Op = "connect",
            Host = "127.0.0.1",
            Port = server.Port,
            Ca = chain.RootPath,
            Version = "tls1.2",
            DeadlineMilliseconds = 60_000,
        };
        int id;
        await using (var worker = WorkerClient.Start(WorkerCommand.ForHarness("bouncycastle", _folder)))
        {
            id = worker.ProcessId;
            await Assert.ThatAsync(
                () => worker.AskAsync(request, TimeSpan.FromMilliseconds(200)),
                Throws.TypeOf<WorkerException>().With.Message.Contains("0.2 s"));
        }
        Assert.That(() => Process.GetProcessById(id), Throws.ArgumentException);
    }

    [Test]
    public async Task Bouncy_Castle_says_what_it_can_do()
    {
        await using var worker = WorkerClient.Start(WorkerCommand.ForHarness("bouncycastle", _folder));
        var capabilities = await worker.CapabilitiesAsync();
        Assert.That(capabilities.Version, Does.Match("^Bouncy Castle [12]\\.[0-9]+\\.[0-9]+$"));
        Assert.That(capabilities.Suites,
            Does.Contain(new OfferedSuite("tls1.0", "0x002f")).And.Contain(new OfferedSuite("tls1.2", "0xcca8")));
        Assert.That(capabilities.Suites, Does.Not.Contain(new OfferedSuite("tls1.0", "0xc02f")));
        Assert.That(capabilities.Groups, Does.Contain("secp256r1"));
    }

    [Test]
    public async Task Sslstream_says_what_its_configuration_leaves_it()
    {
        await using var worker = WorkerClient.Start(WorkerCommand.ForHarness("sslstream", _folder));
        var capabilities = await worker.CapabilitiesAsync();
        Assert.That(capabilities.Version, Does.Contain("SslStream of .NET"));
        Assert.That(capabilities.Suites,
            Does.Contain(new OfferedSuite("tls1.0", "0x002f")).And.Contain(new OfferedSuite("tls1.3", "0x1301")));
        Assert.That(capabilities.Suites, Does.Not.Contain(new OfferedSuite("tls1.3", "0xc02f")));
        Assert.That(capabilities.Groups, Is.Empty);
    }

    // In this process: what a bad line does needs no other one.
    private static async Task<List<WorkerAnswer>> ServeAsync(string line)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(line + "\n{\"id\":99,\"op\":\"another\"}\n"));
        using var output = new MemoryStream();
        Assert.That(await WorkerHost.RunAsync("sslstream", null, input, output), Is.Zero);
        return
        [
            .. Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static text => JsonSerializer.Deserialize<WorkerAnswer>(text, JsonSerializerOptions.Web)!),
        ];
    }
}
