using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO.Compression;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Tests.Runs;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class CommandTreeTests
{
    private string _folder = "";

    private static IEnumerable<Command> Commands => CommandTree.Create().Subcommands.Where(command => !command.Hidden);

    // With the commands of commands, each as the words that a person types.
    private static IEnumerable<(string[] Words, DocumentedCommand Command)> AllCommands => Commands
        .SelectMany(command => command.Subcommands.Select(inner => (Words: new[] { command.Name, inner.Name }, inner))
            .Prepend((Words: [command.Name], command)))
        .Select(row => (row.Words, (DocumentedCommand)row.Item2));

    private static IEnumerable<string> Examples => AllCommands
        .SelectMany(row => row.Command.Examples).Where(example => !example.NeedsEngine)
        .Select(example => example.Arguments);

    [SetUp]
    public void SetUp()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-commands-").FullName;
        SmallCapture.Write(At("capture.pcapng"));
        File.WriteAllText(At("keys.log"), $"CLIENT_RANDOM {new string('0', 64)} {new string('0', 96)}\n");
        File.Copy(Import.Sample.At("ssldump-1.4-two.txt"), At("ssldump.txt"));
        File.Copy(Import.Sample.At("hello-record.xxd.txt"), At("hello.hex"));
        using var packed = new GZipStream(File.Create(At("trace.pcap.gz")), CompressionLevel.Fastest);
        packed.Write(File.ReadAllBytes(At("capture.pcapng")));
    }

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Help_of_every_command_ends_with_its_examples()
    {
        foreach (var (words, command) in AllCommands)
        {
            var (status, output, _) = await InvokeAsync([.. words, "--help"]);
            Assert.That(status, Is.EqualTo(ExitStatus.Green), command.Name);
            Assert.That(command.Examples, Is.Not.Empty, command.Name);
            foreach (var example in command.Examples)
                Assert.That(output, Does.Contain($"  tlsinterop {example.Arguments}"));
        }
    }

    [Test]
    public async Task Help_of_every_command_is_as_wide_as_the_page_but_for_lines_to_be_copied()
    {
        using var output = new StringWriter();
        foreach (var (words, command) in AllCommands.Append(([], null!)))
        {
            var (_, help, _) = await InvokeAsync([.. words, "--help"]);
            foreach (var line in help.Split('\n').Where(line => !line.StartsWith("  tlsinterop ")))
                Assert.That(line, Has.Length.LessThanOrEqualTo(PageWidth.Of(output)), command?.Name);
        }
    }

    [Test]
    public async Task Help_names_arguments_and_does_not_list_what_they_may_be()
    {
        foreach (var (words, command) in AllCommands)
        {
            var (_, help, _) = await InvokeAsync([.. words, "--help"]);
            var usage = help[help.IndexOf("Usage:", StringComparison.Ordinal)..];
            usage = usage[..usage.IndexOf("\n\n", StringComparison.Ordinal)];
            foreach (var argument in command.Arguments.Where(argument => argument.CompletionSources.Count > 0))
                Assert.That(usage, Does.Match("<[A-Z:@]+>").And.Not.Match(@"<[^>]*(\||latest|smoke)"), command.Name);
        }
    }

    [Test]
    public async Task Quirks_are_as_wide_as_the_page()
    {
        using var page = new StringWriter();
        var (_, output, _) = await InvokeAsync("quirks");

        Assert.That(output.Split('\n'), Has.All.Length.LessThanOrEqualTo(PageWidth.Of(page)));
    }

    [Test]
    public async Task One_quirk_is_told_with_its_sides_its_endings_and_the_cells_that_try_it()
    {
        var (status, output, error) = await InvokeAsync("quirks", "tls13-padding");

        Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
        Assert.That(output, Does.StartWith("tls13-padding\n  does      "));
        Assert.That(output, Does.Contain("  of        the scripted client, or the scripted server\n"));
        Assert.That(output, Does.Contain("  versions  TLS 1.3\n").And.Contain("  may end   the peer takes it"));
        Assert.That(output, Does.Match(@"  tried by  quirks, \d+ cells: tlsinterop run quirks --filter"));
        Assert.That(output, Does.Match(@"            \S+/echo/tls1\.3-AES_128_GCM_SHA256-tls13-padding\n"));
    }

    [Test]
    public async Task Help_of_decode_says_what_its_exit_status_means()
    {
        var (_, output, _) = await InvokeAsync("decode", "--help");

        Assert.That(output, Does.Match(@"Exit status:\n  0  .*\n  2  there was none to show: .* --stream and --port "));
    }

    [TestCaseSource(nameof(Examples))]
    public async Task An_example_that_needs_no_engine_does_what_it_says(string example)
    {
        // Files of an example are those of the test; snapshots are never those of the repository.
        var words = CommandLineParser.SplitCommandLine(example.Replace("'", "\""))
            .Select(word => File.Exists(At(word)) ? At(word) : word);
        if (example.StartsWith("accept", StringComparison.Ordinal)) words = words.Concat(["--snapshots", _folder]);
        if (words.First() is "compare" or "report" or "history" or "bundle")
        {
            words = words.Select(word => word.EndsWith(".zip", StringComparison.Ordinal) ? At(word) : word)
                .Concat(["--runs", RecordedRuns()]);
        }
        if (example.StartsWith("endpoints new", StringComparison.Ordinal)) words = words.Concat(["--into", _folder]);
        if (example.StartsWith("import", StringComparison.Ordinal))
            words = words.Select(word => word.EndsWith(".yaml", StringComparison.Ordinal) ? At(word) : word);
        var (status, _, error) = await InvokeAsync([.. words]);
        Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
    }

    [Test]
    public void Examples_that_need_an_engine_are_good_command_lines()
    {
        var lines = AllCommands.SelectMany(row => row.Command.Examples)
            .Where(example => example.NeedsEngine).ToList();
        Assert.That(lines, Is.Not.Empty);
        foreach (var line in lines)
        {
            Assert.That(
                Mistakes.Of(CommandTree.Create().Parse(line.Arguments.Replace("'", "\""))), Is.Empty, line.Arguments);
        }
    }

    [TestCase("run --fliter x", "unknown option '--fliter', did you mean '--filter'?")]
    [TestCase("list --skiped", "unknown option '--skiped', did you mean '--skipped'?")]
    [TestCase("plan --declared --filter opnssl@*/**", "it has no server 'opnssl', did you mean 'openssl'?")]
    [TestCase("plan --declared --filter zzz", "list' of this matrix shows all ")]
    [TestCase("plan --declared --output /nonesuch/plan.json", "there is no folder /nonesuch\n  remedy: make it")]
    [TestCase("plan --declared --times latset --output /dev/null", "unknown run 'latset', did you mean 'latest'?")]
    [TestCase("run --resume latset", "unknown run 'latset', did you mean 'latest'?")]
    [TestCase("run --changed-only --since latset", "unknown run 'latset', did you mean 'latest'?")]
    [TestCase("ratchet --runs /nonesuch", "--runs /nonesuch: there is no such folder")]
    [TestCase("ratchet --runs /dev", "/dev has no whole run of 'smoke'")]
    [TestCase("compare a b c", "'c' is one too many. Expected: 2 times RUN at most")]
    [TestCase("report a b", "'b' is one too many. Expected: one RUN at most")]
    [TestCase("lst", "unknown command 'lst', did you mean 'list'?")]
    [TestCase("", "Which command? There are: run, list, plan, merge, ratchet, accept, decode")]
    [TestCase("run --filter {a", "'{' of pattern '{a' is not closed")]
    [TestCase("run --workers 0", "--workers 0: Expected: more than 0")]
    [TestCase("run --attempts 0", "--attempts 0: Expected: more than 0")]
    [TestCase("run --deadline -1", "--deadline -1: Expected: more than 0")]
    [TestCase("run --engine dokcer", "'dokcer' not recognized")]
    [TestCase("accept --remove", "--remove belongs to --stale")]
    [TestCase("run nowhere.yaml", "nowhere.yaml")]
    [TestCase("run --local opnssl=/", "unknown endpoint 'opnssl', did you mean 'openssl'?")]
    [TestCase("run --local openssl=/not/there", "there is no file or folder /not/there")]
    [TestCase("run --cell openssl@trixie/gnutls@trixie/echo/tls9", "matches no cell of the matrix 'smoke'")]
    [TestCase("list --filter opnssl@trixie/**", "matches no cell of the matrix 'smoke'")]
    [TestCase("list --filter opnssl@*/**", "it has no server 'opnssl', did you mean 'openssl'?")]
    [TestCase("list --filter openssl@trixi/**",
        "it has no version of the server openssl 'trixi', did you mean 'trixie'?")]
    [TestCase("list --filter */gnutls/**", "it has no client 'gnutls' without a version: write 'gnutls@*'")]
    [TestCase("list --filter */*/ecko/*", "it has no scenario 'ecko', did you mean 'echo'?")]
    [TestCase("list --filter */*/echo/tls12-*", "it has no version 'tls12', did you mean 'tls1.2'?")]
    [TestCase("run --cell openssl@trixie/gnutsl@trixie/echo/tls1.3-AES_128_GCM_SHA256-x25519",
        "it has no client 'gnutsl', did you mean 'gnutls'?")]
    [TestCase("[check] run --fliter x", "unknown option '--fliter', did you mean '--filter'?")]
    [TestCase("[check] run nightyl", "unknown matrix 'nightyl', did you mean 'nightly'?")]
    [TestCase("[check] endpoints check gnutsl", "unknown endpoint 'gnutsl', did you mean 'gnutls'?")]
    [TestCase("test", "'test' is a command of the script ./interop alone")]
    [TestCase("list --count --skipped", "--skipped or --count, not both")]
    [TestCase("list --why x --count", "--why stands alone")]
    [TestCase("list --why nosuch@trixie/curl@trixie/echo/tls1.3-AES_128_GCM_SHA256", "unknown endpoint 'nosuch'")]
    [TestCase("list --why openssl@trixi/curl@trixie/echo/tls1.3-AES_128_GCM_SHA256", "did you mean 'trixie'")]
    [TestCase("list --why openssl@trixie/curl@trixie/ecco/tls1.3-AES_128_GCM_SHA256", "did you mean 'echo'")]
    [TestCase("list --why", "Required argument missing for option: '--why'")]
    [TestCase("list --why exim@trixie", "--why exim@trixie: expected "
        + "'<server>/<client>/<scenario>/<version>-<suite>...'")]
    [TestCase("list smok",
        "unknown matrix 'smok', did you mean 'smoke'? Known: certificates, defaults, nightly, post-quantum, profiles, "
            + "quirks, smoke, cases")]
    [TestCase("run nosuch",
        "unknown matrix 'nosuch'; Known: certificates, defaults, nightly, post-quantum, profiles, quirks, smoke, "
        + "cases")]
    [TestCase("run --target nowhere", "nowhere: Expected: HOST:PORT")]
    [TestCase("run smoke --target a:1", "MATRIX is of matrices, and there is none")]
    [TestCase("run --target a:1 --engine none", "--engine is of matrices, and there is none")]
    [TestCase("run --target a:1 --ca /not/there", "/not/there: there is no such file")]
    [TestCase("run --target a:1 --scenario htps", "unknown scenario 'htps', did you mean 'https'?")]
    [TestCase("run --scenario https", "--scenario: Expected: --target HOST:PORT with it")]
    [TestCase("endpoints chekc openssl", "unknown command 'chekc', did you mean 'check'?")]
    [TestCase("endpoints check", "Required argument 'NAME' missing")]
    [TestCase("endpoints check gnutsl", "unknown endpoint 'gnutsl', did you mean 'gnutls'?")]
    [TestCase("endpoints check gnutls@trixi", "unknown version of gnutls 'trixi', did you mean 'trixie'?")]
    [TestCase("endpoints new OpenSSL", "'OpenSSL' is no name of an endpoint: Expected: lower-case letters")]
    [TestCase("endpoints new openssl", "There is an endpoint 'openssl' already")]
    [TestCase("endpoints new base", "There is an endpoint 'base' already")]
    [TestCase("endpoints new x --sheme openssl", "unknown option '--sheme', did you mean '--scheme'?")]
    [TestCase("endpoints new x --scheme opnssl", "--scheme: Argument 'opnssl' not recognized")]
    [TestCase("decode nowhere.pcap", "nowhere.pcap")]
    [TestCase("minimise", "Option '--cell' is required.")]
    [TestCase("minimise --cell exim@trixie", "--cell exim@trixie: expected '<server>/<client>/<scenario>/")]
    [TestCase("minimise --cell exim@trixi/openssl@trixie/smtps/tls1.3-AES_128_GCM_SHA256", "did you mean 'trixie'")]
    [TestCase("minimise --cell exim@trixie/openssl@trixie/echo/tls1.3-AES_128_GCM_SHA256",
        "exim@trixie does not serve echo")]
    [TestCase("minimise --cell exim@trixie/sslstream/smtps/tls1.3-AES_128_GCM_SHA256 --bisect client",
        "--bisect: sslstream has no versions")]
    [TestCase("minimise --cell x --bisect middle", "'middle' not recognized")]
    [TestCase("minimise --cell x --max-runs 0", "--max-runs 0: Expected: more than 0")]
    [TestCase("import nowhere.pcap", "nowhere.pcap: there is no such file")]
    [TestCase("import", "Required argument 'FILE' missing")]
    [TestCase("import x --name A/b", "--name A/b: Expected: lower-case letters")]
    [TestCase("import x --connection 0", "--connection: Expected: a number from 1. Got: 0")]
    [TestCase("import x --nmae y", "unknown option '--nmae', did you mean '--name'?")]
    [TestCase("quirks tls13-pading", "unknown quirk 'tls13-pading', did you mean 'tls13-padding'?")]
    [TestCase("new-case x --from y --server exim@trixie --reaction foo=close",
        "--reaction foo=close: unknown trigger 'foo'\n  known: expired-certificate, not-yet-valid-certificate")]
    [TestCase("serve --port 4433", "Option '--server' is required.")]
    [TestCase("serve --port 4433 --server gnutsl@trixie", "unknown endpoint 'gnutsl', did you mean 'gnutls'?")]
    [TestCase("serve --port 4433 --server gnutls", "--server gnutls: which version? There are: gnutls@")]
    [TestCase("serve --port 4433 --server exim@trixie --transport starttls-imap",
        "--server exim@trixie: it does not serve starttls-imap")]
    [TestCase("serve --port 70000 --server gnutls@trixie", "--port 70000: Expected: 0 to 65535")]
    [TestCase("serve --port 0 --server gnutls@trixie --versions tls1.9", "unknown version 'tls1.9'")]
    [TestCase("serve --port 0 --server gnutls@trixie --sweep version", "did you mean 'versions'?")]
    [TestCase("serve --port 0 --server gnutls@trixie --listen here", "--listen here: Expected: an address")]
    public async Task A_mistake_is_told_in_a_few_lines_and_nothing_is_started(string line, string message)
    {
        var (status, output, error) = await InvokeAsync([.. CommandLineParser.SplitCommandLine(line)]);

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain(message));
        Assert.That(error.Trim().Split('\n'), Has.Length.LessThan(7));
        Assert.That(output, Is.Empty);
    }

    [Test]
    public async Task A_command_line_that_is_only_checked_and_is_good_does_nothing()
    {
        Assert.That(await InvokeAsync("[check]", "run", "--filter", "exim@*/**"),
            Is.EqualTo((ExitStatus.Green, "", "")));
        Assert.That(await InvokeAsync("[check]", "list"), Is.EqualTo((ExitStatus.Green, "", "")));
    }

    [Test]
    public async Task List_writes_ids_alone_and_counts_beside_them()
    {
        var (status, output, error) = await InvokeAsync("list", "--filter", "exim@trixie/**");

        var ids = output.TrimEnd().Split('\n');
        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(ids, Has.All.StartsWith("exim@trixie/"));
        Assert.That(error, Does.Contain($"{ids.Length} to run"));
    }

    [Test]
    public async Task List_counts_the_cells_and_the_combinations_that_they_meet()
    {
        var (_, output, _) = await InvokeAsync("list", "--count");

        Assert.That(output, Does.Match(@"(?m)^server +exim@trixie +\d+ cells$"));
        Assert.That(
            output, Does.Match(
                @"(?m)^block +echo between the libraries: \d+ cells meet (\d+) of \1 combinations of any 2 values$"));
    }

    [TestCase("exim@bullseye/openssl@bookworm/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256",
        "smoke has planned", "yes  Exim 4.94 and a client that names no ffdhe group: all of its cells are planned")]
    [TestCase("exim@bullseye/openssl@bookworm/smtps/tls1.2-DHE_RSA_WITH_AES_256_GCM_SHA384",
        "smoke has not planned", "no   mail submission to Exim: left out: Exim 4.94 finds no suite")]
    [TestCase("openssl@trixie/gnutls@trixie/echo/tls1.2-AES_256_GCM_SHA384",
        "smoke has not planned", "no   echo between the libraries: AES_256_GCM_SHA384 is no suite of TLS 1.2")]
    [TestCase("exim@trixie/gnutls@trixie/smtps/tls1.3-AES_128_CCM_SHA256",
        "smoke has not planned", "no   mail submission to Exim: it has no suite AES_128_CCM_SHA256")]
    public async Task List_tells_why_a_cell_runs_or_not(string id, string answer, string reason)
    {
        var (status, output, _) = await InvokeAsync("list", "--why", id);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.StartWith($"{answer} {id}\n").And.Contain($"  {reason}"));
    }

    [Test]
    public async Task Accept_moves_what_was_received_and_only_what_was_chosen()
    {
        Received("exim@trixie/sslstream/smtps/one");
        Received("cyrus@trixie/sslstream/imaps/two");

        var (_, output, error) = await InvokeAsync("accept", "--filter", "exim@*/**", "--snapshots", _folder);
        Assert.That(output.TrimEnd(), Is.EqualTo("accepted  exim@trixie/sslstream/smtps/one"));
        Assert.That(error, Does.StartWith("1 accepted, 1 still waiting"));
        Assert.That(At("smoke/exim@trixie/sslstream/smtps/one.verified.txt"), Does.Exist);
        Assert.That(At("smoke/cyrus@trixie/sslstream/imaps/two.verified.txt"), Does.Not.Exist);
    }

    [Test]
    public async Task Accept_says_what_to_do_when_nothing_waits()
    {
        var (status, output, error) = await InvokeAsync("accept", "--snapshots", _folder);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.StartWith("Nothing is waiting").And.Contain("./interop run"));
    }

    [Test]
    public async Task A_snapshot_whose_cell_is_gone_is_stale_until_it_is_removed()
    {
        Received("gone/gone/gone/gone");
        await InvokeAsync("accept", "--snapshots", _folder);

        Assert.That((await InvokeAsync("accept", "--stale", "--snapshots", _folder)).Status,
            Is.EqualTo(ExitStatus.Red));
        Assert.That((await InvokeAsync("accept", "--stale", "--remove", "--snapshots", _folder)).Output,
            Does.StartWith("removed  gone/"));
        Assert.That((await InvokeAsync("accept", "--stale", "--snapshots", _folder)).Status,
            Is.EqualTo(ExitStatus.Green));
    }

    // Two runs that end as they should, with the cell that examples are about.
    private string RecordedRuns()
    {
        var runs = new RunFolders(At("runs"));
        var cell = TestCells.Passed("exim@trixie/gnutls@trixie/smtps/tls1.3-AES_128_GCM_SHA256-x25519");
        runs.Write([cell]);
        runs.Write([cell]);
        return runs.Parent;
    }

    private void Received(string name)
    {
        var path = At($"smoke/{name}.received.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "text\n");
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<(int Status, string Output, string Error)> InvokeAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var status = await CommandTree.InvokeAsync(arguments, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
