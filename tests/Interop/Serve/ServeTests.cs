using System.Net;
using System.Text.Json.Nodes;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Interop.Tests.Serve;

/// <summary>
/// A device that knows nothing of the sweep connects again and again; what it can't do is found out, and why.
/// </summary>
[TestFixture]
[CancelAfter(300_000)]
public sealed class ServeTests
{
    private string _folder = "";

    private static CancellationToken Cancelled => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-serve-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    // Debian bug 390712
    [Test]
    public async Task A_phone_that_takes_the_least_padding_alone_is_told_by_the_server_that_pads_and_by_CBC()
    {
        var port = FreePort();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var device = ConnectAgainAndAgainAsync("legacy-phone", port, stop.Token);

        var (status, answer) = await ServeAsync(port, patience: 60);
        await stop.CancelAsync();
        await device;

        Assert.That(status, Is.EqualTo(ExitStatus.Red));
        var failure = answer["failure"]!;
        Assert.That(failure["clauses"]!.AsArray().Select(clause => (string?)clause), Is.EqualTo((string[])
            ["the server is scripted-server@gnutls-2006", "the mode is CBC"]));
        Assert.That((string?)failure["got"], Does.Contain("bad_record_mac (20) from the client"));
        var lines = await File.ReadAllTextAsync(Path.Combine((string)answer["folder"]!, "serve.txt"), Cancelled);
        Assert.That(lines, Does.Contain("padding-intolerance"));
        // The file of answers has them all: no device is needed to hear them again.
        var (again, same) = await ServeAsync(port, patience: 1);
        Assert.That(again, Is.EqualTo(ExitStatus.Red));
        Assert.That((int)same["connections"]!, Is.Zero);
        Assert.That(same["failure"]!["clauses"]!.ToJsonString(), Is.EqualTo(failure["clauses"]!.ToJsonString()));
    }

    [Test]
    public async Task A_device_that_never_comes_ends_the_search_and_is_told_of()
    {
        var (status, answer) = await ServeAsync(FreePort(), patience: 1);

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That((string?)answer["stoppedBy"], Is.EqualTo("no connection for 1 s (--patience)"));
        Assert.That(answer["failure"], Is.Null);
    }

    private static int FreePort()
    {
        using var port = DevicePort.Take(IPAddress.Loopback, 0);
        return port.Address.Port;
    }

    private async Task<(int Status, JsonNode Answer)> ServeAsync(int port, double patience)
    {
        await using var output = new StringWriter();
        using var interruption = new RunInterruption(TimeSpan.FromSeconds(1), _ => { }, _ => { });
        var status = await new ServeAction(
            new()
            {
                Sweep = new([new("scripted-server", "gnutls-2006"), new("scripted-server", "plain")], null, "rsa2048")
                {
                    Versions = [ProtocolVersion.Tls10],
                },
                Listen = IPAddress.Loopback,
                Port = port,
                Options = new()
                {
                    Repository = InteropSession.Repository, Engine = EngineChoice.None, RunsFolder = _folder,
                },
                Patience = TimeSpan.FromSeconds(patience),
                State = Path.Combine(_folder, "phone.jsonl"),
                Json = true,
            },
            new RunScreen(TestContext.Out, 160, HasColour: false, new NoProgress()), output, interruption)
            .RunAsync();
        return (status, JsonNode.Parse(output.ToString())!);
    }

    private async Task ConnectAgainAndAgainAsync(string profile, int port, CancellationToken stop)
    {
        var scripted = InteropSession.Repository.Catalogue().Definitions["scripted"];
        await using var worker = WorkerClient.Start(WorkerCommand.ForHarness(
            "scripted", _folder, profile: scripted.ProfileFile(new EndpointReference("scripted", profile))));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await worker.ConnectAsync(
                    new() { Host = "127.0.0.1", Port = port, Conversation = [new() { Echo = 16 }] }, stop);
                // A device takes a moment before it tries again; without one it would keep a core busy.
                await Task.Delay(50, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
