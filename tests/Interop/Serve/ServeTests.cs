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
        var device = ConnectAgainAndAgainAsync("scripted", "legacy-phone", port, startTls: null, stop.Token);

        var (status, answer) = await ServeAsync(port, patience: 60);
        await stop.CancelAsync();
        await device;

        Assert.That(status, Is.EqualTo(ExitStatus.Red));
        var failure = answer["failures"]!.AsArray().Single()!;
        Assert.That(failure["clauses"]!.AsArray().Select(clause => (string?)clause), Is.EqualTo((string[])
            ["the server is scripted-server@gnutls-2006", "the mode is CBC"]));
        Assert.That((string?)failure["got"], Does.Contain("bad_record_mac (20) from the client"));
        var lines = await File.ReadAllTextAsync(Path.Combine((string)answer["folder"]!, "serve.txt"), Cancelled);
        Assert.That(lines, Does.Contain("padding-intolerance"));
        // The file of answers has them all: no device is needed to hear them again.
        var (again, same) = await ServeAsync(port, patience: 1);
        Assert.That(again, Is.EqualTo(ExitStatus.Red));
        Assert.That((int)same["connections"]!, Is.Zero);
        Assert.That(same["failures"]![0]!["clauses"]!.ToJsonString(), Is.EqualTo(failure["clauses"]!.ToJsonString()));
    }

    [Test]
    public async Task A_device_that_never_comes_ends_the_search_and_is_told_of()
    {
        var (status, answer) = await ServeAsync(FreePort(), patience: 1);

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That((string?)answer["stoppedBy"], Is.EqualTo("no connection for 1 s (--patience)"));
        Assert.That(answer["failures"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_page_tells_while_the_device_comes_what_failed_and_is_kept_in_the_end()
    {
        var (port, page) = (FreePort(), FreePort());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var device = ConnectAgainAndAgainAsync("scripted", "legacy-phone", port, startTls: null, stop.Token);
        var seen = SeeAsync(page, "alert bad_record_mac (20) from the client", stop.Token);

        var (_, answer) = await ServeAsync(port, patience: 60, page: page);
        var shown = await seen;
        await stop.CancelAsync();
        await device;

        Assert.That(shown, Does.Contain("more connection").And.Contain("Remedy, server"));
        var kept = await File.ReadAllTextAsync(Path.Combine((string)answer["folder"]!, "serve.html"), Cancelled);
        Assert.That(kept, Does.Contain("the server is scripted-server@gnutls-2006"));
        Assert.That(kept, Does.Not.Contain("<script"));
    }

    [Test]
    public async Task A_search_that_Ctrl_C_stopped_goes_on_where_it_was()
    {
        var port = FreePort();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var device = ConnectAgainAndAgainAsync("scripted", "legacy-phone", port, startTls: null, stop.Token);

        var (interrupted, first) = await ServeAsync(port, patience: 60, stopAfter: 4);
        var (status, second) = await ServeAsync(port, patience: 60);
        await stop.CancelAsync();
        await device;

        Assert.That(interrupted, Is.EqualTo(ExitStatus.Interrupted));
        Assert.That((string?)first["stoppedBy"], Is.EqualTo("Ctrl-C"));
        Assert.That((int)first["connections"]!, Is.GreaterThanOrEqualTo(4));
        Assert.That(status, Is.EqualTo(ExitStatus.Red));
        Assert.That(second["failures"]![0]!["clauses"]!.AsArray(), Has.Count.EqualTo(2));
        var answers = await File.ReadAllLinesAsync(State, Cancelled);
        Assert.That((int)first["connections"]! + (int)second["connections"]!, Is.EqualTo(answers.Length));
    }

    // Exim 4.94 with GnuTLS has no DHE for who names no group of RFC 7919. Java trusts no authority of a test.
    [Test]
    public async Task A_device_that_fails_twice_is_told_of_the_server_that_has_no_DHE_beside_the_authority()
    {
        await InteropSession.RequireEngineAsync();
        var port = FreePort();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var device = ConnectAgainAndAgainAsync("scripted", "java8", port, "smtp", stop.Token);

        var (status, answer) = await ServeAsync(port, patience: 60, engine: EngineChoice.Docker, sweep:
            new([new("exim", "bullseye"), new("exim", "trixie")], "smtp")
            {
                Versions = [ProtocolVersion.Tls12],
                Suites = Suites("DHE_RSA_WITH_AES_128_GCM_SHA256", "DHE_RSA_WITH_AES_128_CBC_SHA",
                    "ECDHE_RSA_WITH_AES_128_GCM_SHA256", "RSA_WITH_AES_128_CBC_SHA"),
            });
        await stop.CancelAsync();
        await device;

        Assert.That(status, Is.EqualTo(ExitStatus.Red));
        var clauses = answer["failures"]!.AsArray().ToDictionary(
            failure => (string)failure!["got"]!,
            failure => failure!["clauses"]!.AsArray().Select(clause => (string?)clause));
        Assert.That(clauses, Has.Count.EqualTo(2));
        Assert.That(clauses["alert handshake_failure (40) from the server after ClientHello"],
            Is.EqualTo((string[])["the server is exim@bullseye", "the key exchange is DHE"]));
        Assert.That(clauses["alert certificate_unknown (46) from the client after ServerHelloDone"], Is.Empty);
    }

    [Test]
    public async Task A_device_that_reads_mail_and_trusts_nobody_fails_with_every_server()
    {
        await InteropSession.RequireEngineAsync();
        var port = FreePort();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var device = ConnectAgainAndAgainAsync("sslstream", profile: null, port, "imap", stop.Token);

        var (status, answer) = await ServeAsync(port, patience: 60, engine: EngineChoice.Docker, sweep:
            new([new("cyrus", "bullseye"), new("cyrus", "trixie")], "imap")
            {
                Versions = [ProtocolVersion.Tls12],
                Suites = Suites("ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            });
        await stop.CancelAsync();
        await device;

        Assert.That(status, Is.EqualTo(ExitStatus.Red));
        var failure = answer["failures"]!.AsArray().Single()!;
        Assert.That(failure["clauses"]!.AsArray(), Is.Empty);
        Assert.That((string?)failure["ending"], Is.EqualTo("answered"));
    }

    private string State => Path.Combine(_folder, "device.jsonl");

    private static CipherSuite[] Suites(params string[] names) =>
        [.. names.Select(name => new CipherSuite(CipherSuites.Find(name)!.Code))];

    private static int FreePort()
    {
        using var port = DevicePort.Take(IPAddress.Loopback, 0);
        return port.Address.Port;
    }

    private async Task<(int Status, JsonNode Answer)> ServeAsync(
        int port, double patience, int page = 0, int? stopAfter = null, EngineChoice engine = EngineChoice.None,
        DeviceSweep? sweep = null)
    {
        await using var output = new StringWriter();
        using var interruption = new RunInterruption(TimeSpan.FromSeconds(1), _ => { }, _ => { });
        using var answered = new AnswersSeen(State, () => interruption.Come("Ctrl-C"), stopAfter ?? int.MaxValue);
        var status = await new ServeAction(
            new()
            {
                Sweep = sweep ?? new([new("scripted-server", "gnutls-2006"), new("scripted-server", "plain")], null)
                {
                    Versions = [ProtocolVersion.Tls10],
                },
                Listen = IPAddress.Loopback,
                Port = port,
                PagePort = page,
                Options = new()
                {
                    Repository = InteropSession.Repository, Engine = engine, RunsFolder = _folder,
                },
                Patience = TimeSpan.FromSeconds(patience),
                State = State,
                Json = true,
            },
            new RunScreen(TestContext.Out, 160, HasColour: false, new NoProgress()), output, interruption)
            .RunAsync();
        return (status, JsonNode.Parse(output.ToString())!);
    }

    // Asks for the page until it says something; what it says then.
    private static async Task<string> SeeAsync(int port, string words, CancellationToken stop)
    {
        using var browser = new HttpClient();
        while (true)
        {
            try
            {
                var page = await browser.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"), stop);
                if (page.Contains(words, StringComparison.Ordinal)) return page;
            }
            catch (HttpRequestException)
            {
                // It is not up yet.
            }
            await Task.Delay(50, stop);
        }
    }

    private async Task ConnectAgainAndAgainAsync(
        string kind, string? profile, int port, string? startTls, CancellationToken stop)
    {
        var scripted = InteropSession.Repository.Catalogue().Definitions["scripted"];
        await using var worker = WorkerClient.Start(WorkerCommand.ForHarness(
            kind, _folder,
            profile: profile is null ? null : scripted.ProfileFile(new EndpointReference("scripted", profile))));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await worker.ConnectAsync(
                    new()
                    {
                        Host = "127.0.0.1", Port = port, StartTls = startTls,
                        Conversation = startTls is null ? [new() { Echo = 16 }] : [],
                    }, stop);
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
