using System.Net;
using System.Net.Sockets;
using System.Text;
using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Tests.Endpoints;

/// <summary>What a shell of this machine answers: <c>containers/base/session.sh</c>.</summary>
[Platform("Linux", Reason = "the session reads /proc")]
public sealed class EndpointShellTests
{
    // A server without a stack: it listens where it is told to, in a process of its own.
    private const string Listen = "exec perl -MIO::Socket::INET -e '"
        + "$s = IO::Socket::INET->new(LocalAddr => q(127.0.0.1), LocalPort => $ARGV[0], Listen => 5, ReuseAddr => 1) "
            + "or die; $s->accept while 1' $PORT";

    private LocalEndpoint _endpoint = null!;

    [SetUp]
    public async Task SetUp() => _endpoint = await LocalEndpoint.OpenAsync();

    [TearDown]
    public async Task TearDown() => await _endpoint.DisposeAsync();

    [Test]
    public void It_tells_its_address() => Assert.That(IPAddress.TryParse(_endpoint.Shell.Address, out var address)
        && IPAddress.IsLoopback(address), Is.True);

    [TestCase("echo said; exit 3", "", 3)]
    [TestCase("echo said; exit 0", "said", 0)]
    [TestCase("echo said; exit 3", "s.id", 127, TestName = "Words that mean it can't are 127")]
    [TestCase("echo said; exit 127", "", 127)]
    public async Task A_command_answers_with_its_exit_code_and_leaves_its_output(string command, string unsupported,
        int exitCode)
    {
        var answer = await _endpoint.AskAsync("run", 10, "job", unsupported, command);

        Assert.That(answer.ExitCode, Is.EqualTo(exitCode));
        Assert.That(File.ReadAllText(_endpoint.At("job/output")), Is.EqualTo("said\n"));
    }

    [Test]
    public async Task A_deadline_that_passes_is_124_and_the_command_has_ended()
    {
        var answer = await _endpoint.AskAsync("run", 1, "job", "", "echo $BASHPID; exec sleep 60");

        Assert.That(answer.ExitCode, Is.EqualTo(124));
        Assert.That(Directory.Exists($"/proc/{File.ReadAllText(_endpoint.At("job/output")).Trim()}"), Is.False);
    }

    [Test]
    public async Task Requests_run_side_by_side_and_each_gets_its_own_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(code => _endpoint.AskAsync("run", 20, $"job-{code}", "", $"exit {code}")));

        Assert.That(answers.Select(answer => answer.ExitCode), Is.EqualTo(Enumerable.Range(0, 20)));
    }

    [TestCase("say 'a\\r\\nb\\n' && hear '^a$' && hear ^b", "0")]
    [TestCase("say 'a\\n' && hear '^a' && say 'z\\n' && hear ^y", "1",
        TestName = "What is never heard ends the conversation")]
    [TestCase("mirror payload 6 && mirror payload 6", "0")]
    [TestCase("mirror other 6", "1", TestName = "A payload that does not come back ends the conversation")]
    public async Task A_conversation_goes_to_its_end_or_not(string conversation, string talked)
    {
        Directory.CreateDirectory(_endpoint.At("files"));
        File.WriteAllText(_endpoint.At("files/payload"), "hello\n");
        File.WriteAllText(_endpoint.At("files/other"), "a z b\n");
        var line = conversation.Replace("mirror ", $"mirror {_endpoint.At("files")}/");

        // sed is a peer that sends back each line but one, and hangs up behind "z".
        var answer = await _endpoint.AskAsync("talk", 10, "job", "", "exec sed --unbuffered -e '/z/Q'", line);

        Assert.That((answer.ExitCode, answer.Rest), Is.EqualTo((0, talked)));
    }

    [Test]
    public async Task Who_parts_waits_for_the_peer_to_close()
    {
        var answer = await _endpoint.AskAsync("talk", 10, "job", "", "read -r line; echo bye; sleep 0.2; echo late",
            "say 'x\\n' && hear ^bye && part");

        Assert.That((answer.ExitCode, answer.Rest), Is.EqualTo((0, "0")));
        Assert.That(File.ReadAllText(_endpoint.At("job/rest")), Is.EqualTo("late\n"));
    }

    [TestCase("echo early; exec sleep 1", "1", TestName = "Words are no silence")]
    [TestCase("exit", "1", TestName = "An end is no silence")]
    [TestCase("read -r line; echo bye", "0", TestName = "Silence is when nobody says anything")]
    public async Task Silence_is_heard(string peer, string talked)
    {
        var answer = await _endpoint.AskAsync("talk", 10, "job", "", peer, "hush 0.2 && say 'x\\n' && hear ^bye");

        Assert.That(answer.Rest, Is.EqualTo(talked));
    }

    [Test]
    public async Task Who_has_finished_still_hears()
    {
        var answer = await _endpoint.AskAsync("talk", 10, "job", "", "cat >all; echo heard; cat all",
            "say 'x\\n' && finish && hear ^heard && hear ^x");

        Assert.That((answer.ExitCode, answer.Rest), Is.EqualTo((0, "0")));
    }

    [TestCase("smtp", "220 mail|EHLO tlsinterop.test|250 mail|STARTTLS+QUIT|220 go")]
    [TestCase("imap", "* OK ready|a0 STARTTLS+i0 LOGOUT|a0 OK go")]
    [TestCase("pop3", "+OK ready|STLS+QUIT|+OK go")]
    public async Task A_goodbye_too_many_is_sent_together_with_the_request_for_TLS(string protocol, string dialogue)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var dialling = _endpoint.AskAsync(
            "run", 10, "job", "",
            $"HOST=127.0.0.1 PORT={port} STARTTLS={protocol} INJECT=goodbye; dial && head -c 3 <&3");
        using var client = await listener.AcceptTcpClientAsync();
        var octets = new byte[100];
        foreach (var (line, isServers) in dialogue.Split('|').Select((line, number) => (line, number % 2 == 0)))
        {
            if (isServers) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
            else
                Assert.That(Encoding.ASCII.GetString(octets, 0, await client.GetStream().ReadAsync(octets)),
                    Is.EqualTo(line.Replace("+", "\r\n") + "\r\n"));
        }
        await client.GetStream().WriteAsync("TLS"u8.ToArray());

        Assert.That((await dialling).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(_endpoint.At("job/output")), Is.EqualTo("TLS"));
    }

    [Test]
    public async Task What_follows_a_command_is_not_read_together_with_it()
    {
        // A client that is slow at first, and makes a line of whatever one read gives it.
        const string Client =
            "sleep 0.1; while read=$(dd bs=64 count=1 2>/dev/null) && [[ $read ]]; do echo $read; done";

        var bidden = await _endpoint.AskAsync("talk", 10, "bidden", "", Client, "bid K && say x && hear '^K$'");
        var said = await _endpoint.AskAsync("talk", 10, "said", "", Client, "say K && say x && hear '^K$'");

        Assert.That((bidden.Rest, said.Rest), Is.EqualTo(("0", "1")));
    }

    [TestCase(false, 2)]
    [TestCase(true, 1)]
    public async Task A_client_visits_as_often_as_its_scenario_says(bool byItself, int runs)
    {
        var definition = TestRequests.Definition() with
        {
            Client = new ClientDefinition
            {
                Scenarios = ["echo"], Talk = "echo here >>visits; cat", Revisits = byItself,
            },
        };
        var scenario = TestRequests.Scenario() with { Visits = 2 };

        var outcome = await _endpoint.As(definition).ConnectAsync(
            TestRequests.Request() with { Scenario = scenario }, "192.0.2.1", 4433, LocalEndpoint.Soon,
            CancellationToken.None);

        Assert.That((outcome.ExitCode, outcome.Talked), Is.EqualTo((0, true)));
        Assert.That(File.ReadAllLines(_endpoint.At("client-1/visits")), Has.Length.EqualTo(runs));
    }

    [TestCase("echo no such suite >&2; exit 1", "no such", 127)]
    [TestCase("exec sleep 60", "no such", 124)]
    public async Task A_client_that_can_not_or_does_not_end_is_told_apart(string client, string unsupported,
        int exitCode)
    {
        var answer = await _endpoint.AskAsync("talk", 1, "job", unsupported, client, "hear ^220");

        Assert.That((answer.ExitCode, answer.Rest), Is.EqualTo((exitCode, "1")));
    }

    [Test]
    public async Task A_flood_ends_at_the_limit_and_is_answered()
    {
        var run = await _endpoint.AskAsync("run", 20, "run", "", "yes");
        var talk = await _endpoint.AskAsync("talk", 20, "talk", "", "yes", "part");

        Assert.That(run.ExitCode, Is.Not.Zero.And.Not.EqualTo(124));
        Assert.That(talk.ExitCode, Is.Not.Zero.And.Not.EqualTo(124));
        Assert.That(new FileInfo(_endpoint.At("run/output")).Length, Is.EqualTo(16 << 20));
        Assert.That(new FileInfo(_endpoint.At("talk/rest")).Length, Is.EqualTo(16 << 20));
    }

    [Test]
    public async Task A_server_that_floods_ends_at_a_limit_too_and_serves_on()
    {
        var port = FreePort();
        var serving = await _endpoint.AskAsync(
            "serve", 20, "server", "", $"{port}", $"head -c 400M /dev/zero & PORT={port}; {Listen}");

        Assert.That(serving.ExitCode, Is.Zero);
        Assert.That(() => new FileInfo(_endpoint.At("server/output")).Length, Is.EqualTo(256 << 20).After(20_000, 100));
        Assert.That(Directory.Exists($"/proc/{serving.Rest}"), Is.True);
    }

    [Test]
    public async Task Of_a_flood_the_last_words_are_read()
    {
        var endpoint = _endpoint.As(TestRequests.Definition());

        var (exitCode, output) = await endpoint.RunAsync("yes | head -c 1000000; echo; echo the end",
            LocalEndpoint.Soon, CancellationToken.None);

        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Has.Length.EqualTo(64 * 1024).And.EndsWith("\nthe end\n"));
    }

    [Test]
    public async Task A_server_is_ready_when_it_listens_and_ends_when_it_is_stopped()
    {
        var port = FreePort();
        var serving = await _endpoint.AskAsync("serve", 20, "server", "", $"{port}", $"PORT={port}; {Listen}");
        Assert.That(serving.ExitCode, Is.Zero, Output("server"));
        using (var client = new TcpClient()) Assert.That(async () =>
            await client.ConnectAsync(IPAddress.Loopback, port), Throws.Nothing);

        var taken = await _endpoint.AskAsync("serve", 20, "other", "", $"{port}", $"PORT={port}; {Listen}");
        Assert.That(taken.ExitCode, Is.EqualTo(98));

        await _endpoint.Shell.RequestAsync("stop", LocalEndpoint.Soon, [serving.Rest], CancellationToken.None);
        Assert.That(() => Directory.Exists($"/proc/{serving.Rest}"), Is.False.After(10_000, 50));
    }

    [TestCase("echo no cipher match; exit 1", "no cipher", 127)]
    [TestCase("exit 5", "no cipher", 5)]
    [TestCase("exit 0", "no cipher", 1)]
    [TestCase("exec sleep 60", "", 124)]
    public async Task A_server_that_does_not_come_up_says_why(string command, string unsupported, int exitCode)
    {
        var answer = await _endpoint.AskAsync("serve", 1, "server", unsupported, $"{FreePort()}", command);

        Assert.That(answer.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task With_the_shell_all_that_it_started_ends()
    {
        var port = FreePort();
        var serving = await _endpoint.AskAsync("serve", 20, "server", "", $"{port}", $"PORT={port}; {Listen}");
        var running = _endpoint.AskAsync("run", 60, "run", "", "echo $BASHPID; exec sleep 61");
        var talking = _endpoint.AskAsync("talk", 60, "talk", "", "echo $BASHPID >&2; exec sleep 62", "hear ^220");
        string[] files = [_endpoint.At("run/output"), _endpoint.At("talk/messages")];
        Assert.That(() => files.All(file => File.Exists(file) && File.ReadAllText(file).EndsWith('\n')),
            Is.True.After(10_000, 50));
        string[] processes = [serving.Rest, .. files.Select(file => File.ReadAllText(file).Trim())];
        Assert.That(processes.Where(id => Directory.Exists($"/proc/{id}")), Is.EqualTo(processes));

        await _endpoint.Shell.DisposeAsync();

        Assert.That(() => processes.Where(id => Directory.Exists($"/proc/{id}")).ToArray(), Is.Empty.After(10_000, 50));
        foreach (var asked in new[] { running, talking })
            Assert.That(async () => await asked,
                Throws.TypeOf<EndpointException>().With.Message.Contains("its shell was closed"));
    }

    [Test]
    public async Task A_shell_that_dies_says_so_with_its_last_words()
    {
        var asked = _endpoint.Shell.RequestAsync("eval", LocalEndpoint.Soon, ["is no command; exit 7"],
            CancellationToken.None);

        var died = (await Assert.ThrowsAsync<EndpointException>(async () => await asked))!;
        Assert.That(died.Problem, Does.StartWith("its shell ended unexpectedly with exit code 7").And.Contain(
            "command not found"));
        Assert.That(died.Endpoint, Is.EqualTo("stack@local"));
        Assert.That(async () => await _endpoint.AskAsync("run", 5, "job", "", "true"),
            Throws.TypeOf<EndpointException>());
    }

    [Test]
    public void A_program_that_is_no_shell_is_told_within_its_deadline() => Assert.That(
        async () => await EndpointShell.OpenAsync("stack@local", LocalEndpoint.StartShell("true"), "true\n",
            LocalEndpoint.Soon, CancellationToken.None),
        Throws.TypeOf<EndpointException>());

    private string Output(string job) => File.ReadAllText(_endpoint.At($"{job}/output"));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
