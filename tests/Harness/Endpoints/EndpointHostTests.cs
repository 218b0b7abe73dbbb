using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Endpoints;

[Platform("Linux", Reason = "the session reads /proc")]
public sealed class EndpointHostTests
{
    private static readonly EndpointReference Stack = new("stack", LocalBinaries.Version);

    private string _folder = "";
    private EndpointHost _host = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-host-").FullName;
        Define("stack", "echo suite tls1.2 TLS_RSA_WITH_AES_128_CBC_SHA");
        Define("broken", "exit 4");
        var scenarios = new Dictionary<string, Scenario> { ["echo"] = TestRequests.Scenario() };
        _host = new EndpointHost(
            EndpointCatalogue.Load(At("containers"), RepositoryFiles.Find("matrices/scenarios.yaml")),
            new RunEnvironment(_folder, At("endpoints"), RepositoryFiles.Find("containers/base/session.sh")),
            containers: null,
            new LocalBinaries(new Dictionary<string, string> { ["stack"] = "", ["broken"] = "" }),
            new AnswerCache(At("cache"), RepositoryFiles.Find("containers/base/session.sh")));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task An_endpoint_is_started_once_for_all()
    {
        var endpoints = await Task.WhenAll(Enumerable.Range(0, 5).Select(number =>
            _host.GetAsync(Stack, number % 2 == 0
                ? EndpointRole.Client
                : EndpointRole.Server, CancellationToken.None)));

        Assert.That(endpoints, Is.All.SameAs(endpoints[0]));
        Assert.That(_host.Started, Is.EqualTo(1));
        Assert.That(endpoints[0].Capabilities.Suites["tls1.2"], Has.Count.EqualTo(1));
        Assert.That(endpoints[0].Servers, Is.Null);
    }

    [Test]
    public async Task Who_stops_waiting_does_not_stop_the_start_for_the_others()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        Assert.That(async () => await _host.GetAsync(Stack, EndpointRole.Client, stopped.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await _host.GetAsync(Stack, EndpointRole.Client, CancellationToken.None)).Client, Is.Not.Null);
    }

    [Test]
    public void An_endpoint_that_can_not_be_started_says_so_each_time()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.That(
                async () => await _host.GetAsync(new EndpointReference("broken", LocalBinaries.Version),
                    EndpointRole.Client, CancellationToken.None),
                Throws.TypeOf<EndpointException>().With.Message.Contains("names no suite"));
        }
        Assert.That(_host.Started, Is.EqualTo(1));
    }

    [Test]
    public async Task An_endpoint_that_has_ended_is_started_anew_a_few_times_and_not_for_each_cell()
    {
        var shells = new HashSet<ShellEndpoint>();
        for (var i = 0; i < 6; i++)
        {
            var shell = (await _host.GetAsync(Stack, EndpointRole.Client, CancellationToken.None)).Shell!;
            shells.Add(shell);
            Assert.That(_host.Renew(Stack, EndpointRole.Client), Is.False);
            Assert.That((await _host.GetAsync(Stack, EndpointRole.Client, CancellationToken.None)).Shell,
                Is.SameAs(shell), "one that lives stays");
            // What was asked last may still be answered.
            await ((Task)shell.RunAsync("kill -KILL $$", TimeSpan.FromSeconds(5), CancellationToken.None))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.That(() => shell.HasEnded, Is.True.After(10_000, 10));

            Assert.That(_host.Renew(Stack, EndpointRole.Client), Is.EqualTo(shells.Count < 4));
        }

        Assert.That(shells, Has.Count.EqualTo(4));
        Assert.That(_host.Started, Is.EqualTo(4));
    }

    [Test]
    public async Task A_start_that_is_under_way_ends_with_the_host()
    {
        var starting = _host.GetAsync(Stack, EndpointRole.Client, CancellationToken.None);

        await _host.DisposeAsync();

        Assert.That(starting.IsCompleted, Is.True);
    }

    private void Define(string name, string capabilities)
    {
        var folder = At($"containers/{name}");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, EndpointFile.FileName), $$"""
            description: a test's
            capabilities: {{capabilities}}
            words: { version: { "*": "" } }
            client: { scenarios: [echo], talk: exit 127 }
            """);
    }

    private string At(string path) => Path.Combine(_folder, path);
}
