using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

[Platform("Linux", Reason = "the session reads /proc")]
public sealed class ServerPoolTests
{
    private static readonly Dictionary<string, Dictionary<string, string>> Words =
        new() { ["version"] = new() { ["*"] = "" } };

    // A server of one process, and a daemon of two slots that nobody has to start.
    private static readonly EndpointDefinition Process = TestRequests.Definition() with
    {
        Words = Words,
        Server = new ServerDefinition
        {
            Scenarios = ["echo"],
            KeyLog = "keys.log",
            Process = "exec perl -MIO::Socket::INET -e '"
                + "$s = IO::Socket::INET->new(LocalAddr => q(127.0.0.1), LocalPort => $ARGV[0], Listen => 5) or die; "
                    + "$s->accept while 1' $PORT",
        },
    };

    private static readonly EndpointDefinition Daemon = TestRequests.Definition() with
    {
        Words = Words,
        Server = new ServerDefinition
        {
            Scenarios = ["echo"],
            KeyLog = "keys.log",
            Daemon = "true",
            Configure = "[[ $SUITE != *NONSENSE* ]] || exit 127; printf %s $SUITE >suite; "
                + "base64 -d <<<LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCg== >key.pem; cp key.pem other.pem",
            Slots = new() { ["echo"] = [1001, 1002] },
        },
    };

    private static readonly CellRequest One = TestRequests.Request();
    private static readonly CellRequest Other = TestRequests.Request("RSA_WITH_AES_128_CBC_SHA");

    private LocalEndpoint _local = null!;

    [SetUp]
    public async Task SetUp() => _local = await LocalEndpoint.OpenAsync();

    [TearDown]
    public async Task TearDown() => await _local.DisposeAsync();

    [Test]
    public async Task A_server_that_was_given_back_clean_serves_the_next_cell_of_its_configuration_only()
    {
        var pool = new ServerPool(_local.As(Process));
        var first = await LeaseAsync(pool, One);
        await pool.ReturnAsync(first, clean: true, CancellationToken.None);

        var other = await LeaseAsync(pool, Other);
        var again = await LeaseAsync(pool, One);

        Assert.That(other.Port, Is.Not.EqualTo(first.Port));
        Assert.That(again, Is.EqualTo(first));
        Assert.That((await LeaseAsync(pool, One)).Port, Is.Not.EqualTo(first.Port), "a leased server is nobody else's");
    }

    [Test]
    public async Task A_server_whose_cell_went_wrong_is_ended()
    {
        var pool = new ServerPool(_local.As(Process));
        var server = await LeaseAsync(pool, One);
        Assert.That(IsAlive(server), Is.True);

        await pool.ReturnAsync(server, clean: false, CancellationToken.None);

        Assert.That(() => IsAlive(server), Is.False.After(10_000, 50));
        Assert.That((await LeaseAsync(pool, One)).ProcessId, Is.Not.EqualTo(server.ProcessId));
    }

    [Test]
    public async Task Of_the_idle_servers_the_oldest_ends_when_there_are_too_many()
    {
        var pool = new ServerPool(_local.As(Process), kept: 1);
        var oldest = await LeaseAsync(pool, One);
        var newest = await LeaseAsync(pool, Other);

        await pool.ReturnAsync(oldest, clean: true, CancellationToken.None);
        await pool.ReturnAsync(newest, clean: true, CancellationToken.None);

        Assert.That(() => IsAlive(oldest), Is.False.After(10_000, 50));
        Assert.That(IsAlive(newest), Is.True);
    }

    [Test]
    public async Task A_daemon_has_as_many_cells_as_slots_and_each_slot_its_configuration()
    {
        var pool = new ServerPool(_local.As(Daemon));
        var first = await LeaseAsync(pool, One);
        var second = await LeaseAsync(pool, Other);
        Assert.That(new[] { first.Port, second.Port }, Is.EqualTo((int[])[1001, 1002]));
        Assert.That(File.ReadAllText(_local.At("slots/1002/suite")), Is.EqualTo("TLS_RSA_WITH_AES_128_CBC_SHA"));

        var waiting = LeaseAsync(pool, One);
        Assert.That(waiting.IsCompleted, Is.False);
        await pool.ReturnAsync(first, clean: true, CancellationToken.None);

        Assert.That(await waiting, Is.EqualTo(first));
    }

    [Test]
    public async Task What_a_slot_was_configured_with_outlives_the_next_configuration_and_is_kept_once_without_keys()
    {
        var pool = new ServerPool(_local.As(Daemon));
        var names = new List<string?>();
        foreach (var request in new[] { One, Other, TestRequests.Request("RSA_WITH_AES_256_CBC_SHA"), One })
        {
            var server = await LeaseAsync(pool, request);
            names.Add(server.Configuration);
            await pool.ReturnAsync(server, clean: true, CancellationToken.None);
        }

        Assert.That(names[3], Is.EqualTo(names[0]).And.Not.Null);
        Assert.That(names.Distinct().Count(), Is.EqualTo(3));
        var kept = _local.At($"configurations/{names[1]}");
        Assert.That(Directory.GetFiles(kept).Select(Path.GetFileName).Order(),
            Is.EqualTo((string[])["commands", "suite"]));
        Assert.That(File.ReadAllText(Path.Combine(kept, "suite")), Is.EqualTo("TLS_RSA_WITH_AES_128_CBC_SHA"));
        Assert.That(File.ReadAllText(Path.Combine(kept, "commands")),
            Does.Contain("+ printf %s TLS_RSA_WITH_AES_128_CBC_SHA\n"));
        Assert.That(Directory.GetDirectories(_local.At("configurations")), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task An_idle_slot_is_written_anew_for_another_configuration()
    {
        var pool = new ServerPool(_local.As(Daemon));
        foreach (var request in new[] { One, Other })
            await pool.ReturnAsync(await LeaseAsync(pool, request), clean: true, CancellationToken.None);

        var third = await LeaseAsync(pool, TestRequests.Request("RSA_WITH_AES_256_CBC_SHA"));

        Assert.That(File.ReadAllText(_local.At($"slots/{third.Port}/suite")),
            Is.EqualTo("TLS_RSA_WITH_AES_256_CBC_SHA"));
    }

    [Test]
    public async Task A_slot_is_not_lost_by_what_the_stack_can_not_do()
    {
        var pool = new ServerPool(_local.As(Daemon));
        for (var i = 0; i < 5; i++)
        {
            var refused = await pool.LeaseAsync(TestRequests.Request(CapabilityProbe.Nonsense), LocalEndpoint.Soon,
                CancellationToken.None);
            Assert.That((refused.Server, refused.ExitCode), Is.EqualTo(((RunningServer?)null, 127)));
        }

        Assert.That((await LeaseAsync(pool, One)).Port, Is.EqualTo(1001).Or.EqualTo(1002));
    }

    [Test]
    public async Task A_slot_is_not_lost_by_an_endpoint_that_breaks()
    {
        var pool = new ServerPool(_local.As(Daemon));
        await _local.Shell.DisposeAsync();

        for (var i = 0; i < 5; i++)
        {
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            Assert.That(async () => await pool.LeaseAsync(One, LocalEndpoint.Soon, late.Token),
                Throws.TypeOf<EndpointException>());
        }
    }

    private static bool IsAlive(RunningServer server) => Directory.Exists($"/proc/{server.ProcessId}");

    private static async Task<RunningServer> LeaseAsync(ServerPool pool, CellRequest request)
    {
        var lease = await pool.LeaseAsync(request, LocalEndpoint.Soon, CancellationToken.None);
        Assert.That(lease.Server, Is.Not.Null, $"exit code {lease.ExitCode}: {lease.Output}");
        return lease.Server!;
    }
}
