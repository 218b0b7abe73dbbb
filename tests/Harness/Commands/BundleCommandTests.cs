using System.IO.Compression;
using System.Text;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Reports.Bundle;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Endpoints;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class BundleCommandTests : RunCommandsFixture
{
    private const string Secret = "TLSINTEROP_TEST_TOKEN";
    private const string Key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n";

    private string _run = "";

    [SetUp]
    public void MakeRun()
    {
        _run = Runs.Write([Red(TestCells.First) with { Why = ["the server said: no shared cipher"] }]);
        var cell = Directory.CreateDirectory(Path.Combine(_run, "cells", TestCells.First)).FullName;
        SmallCapture.Write(Path.Combine(cell, "capture.pcapng"));
        File.WriteAllText(Path.Combine(cell, "handshake.txt"), "verdict fail\n");
        File.WriteAllText(Path.Combine(cell, "client.log"),
            $"reading {_run}/shared/root.pem on {Environment.MachineName} for /home/somebody/x ```\n");
        var server = Directory.CreateDirectory(Path.Combine(_run, "endpoints", "openssl@trixie", "server-3")).FullName;
        File.WriteAllText(Path.Combine(server, "output"), "no shared cipher\n");
        File.WriteAllText(Path.Combine(server, "openssl.cnf"), "CipherString = ALL\n");
        File.WriteAllText(Path.Combine(server, "keys.log"), "CLIENT_RANDOM 00 of another cell\n");
        File.WriteAllText(Path.Combine(server, "stunnel.pem"), Key);
        var shared = Directory.CreateDirectory(Path.Combine(_run, "shared")).FullName;
        File.WriteAllText(Path.Combine(shared, "rsa2048.pem"), "-----BEGIN CERTIFICATE-----\nAA==\n");
        File.WriteAllText(Path.Combine(shared, "rsa2048.key"), Key);
    }

    [TearDown]
    public void ForgetSecret() => Environment.SetEnvironmentVariable(Secret, null);

    [Test]
    public async Task All_that_is_known_of_a_cell_is_in_it()
    {
        var files = await BundleAsync();

        Assert.That(files.Keys, Is.EquivalentTo((string[])
        [
            "ISSUE.md", "capture.pcapng", "ladder.txt", "handshake.txt", "client.log", "server.log",
            "server/openssl.cnf", "certificates/rsa2048.pem", "versions.txt", "command.txt",
        ]));
        Assert.That(files["capture.pcapng"], Is.EqualTo(await File.ReadAllBytesAsync(
            Path.Combine(_run, "cells", TestCells.First, "capture.pcapng"))));
        Assert.That(Text(files["command.txt"]), Is.EqualTo($"./interop run --cell '{TestCells.First}'\n"));
        Assert.That(Text(files["versions.txt"]),
            Does.Contain("server  openssl@trixie  OpenSSL 3.5.4  image aaaaaaaaaaaaaaaa\n"));
    }

    [Test]
    public async Task What_a_flaky_cell_did_when_it_ran_again_is_in_it_too()
    {
        var again = Directory.CreateDirectory(Path.Combine(_run, "cells", TestCells.First, "attempt-2")).FullName;
        SmallCapture.Write(Path.Combine(again, "capture.pcapng"));
        File.WriteAllText(Path.Combine(again, "handshake.txt"), "verdict pass\n");
        File.WriteAllText(Path.Combine(again, "client.log"), "exit code 0\n");

        var files = await BundleAsync();

        Assert.That(Text(files["attempt-2/handshake.txt"]), Is.EqualTo("verdict pass\n"));
        Assert.That(files.Keys, Is.SupersetOf((string[])["attempt-2/capture.pcapng", "attempt-2/client.log"]));
    }

    [Test]
    public async Task Its_text_says_what_was_expected_what_came_why_and_how_to_see_it()
    {
        var text = Text((await BundleAsync())["ISSUE.md"]);

        Assert.That(text, Does.StartWith(
            "# `openssl@trixie` as server, `gnutls@bookworm` as client: `no-common-suite`\n"));
        foreach (var part in new[]
                 {
                     "## What was expected\n\n`TLS 1.2 with RSA_WITH_AES_128_GCM_SHA256`\n",
                     "## What came\n\n`alert handshake_failure (40) from the server", "no shared cipher",
                     "GnuTLS 3.7.9", $"./interop run --cell '{TestCells.First}'",
                     "## The connection\n\n```\n#1 192.0.2.",
                     "* `server/openssl.cnf`: ", "there is none in it, not even the test's own",
                 })
            Assert.That(text, Does.Contain(part));
    }

    [Test]
    public async Task No_private_key_is_in_it_and_what_had_one_is_named()
    {
        var files = await BundleAsync();

        foreach (var (name, bytes) in files) Assert.That(Text(bytes), Does.Not.Contain("BEGIN RSA PRIVATE"), name);
        Assert.That(Text(files["ISSUE.md"]),
            Does.Contain("not in it: `server/stunnel.pem: there is a private key in it`"));
    }

    [TestCase("-----BEGIN PRIVATE KEY-----", true)]
    [TestCase("x-----BEGIN CERTIFICATE-----\n-----BEGIN EC PRIVATE KEY-----", true)]
    [TestCase("-----BEGIN ENCRYPTED PRIVATE KEY-----", true)]
    [TestCase("-----BEGIN OPENSSH PRIVATE KEY-----", true)]
    [TestCase("MIIE\n-----END RSA PRIVATE KEY-----\n", true)]
    [TestCase("-----BEGIN PUBLIC KEY-----", false)]
    [TestCase("-----BEGIN ", false)]
    public void A_private_key_is_known_by_its_label(string text, bool isOne) =>
        Assert.That(BundleEntry.OfText("x", "x", text).HoldsPrivateKey, Is.EqualTo(isOne));

    [Test]
    public async Task A_key_that_an_end_printed_or_a_journal_has_is_not_quoted_either()
    {
        await File.WriteAllTextAsync(Path.Combine(_run, "cells", TestCells.First, "client.log"), $"debug\n{Key}");
        foreach (var (name, bytes) in await BundleAsync()) Assert.That(Text(bytes), Does.Not.Contain("MIIE"), name);
        await File.WriteAllTextAsync(Path.Combine(_run, "results.jsonl"), "");
        using (var journal = new Journal(Path.Combine(_run, "results.jsonl")))
            journal.Append(Red(TestCells.First) with { Why = [Key] });

        Assert.That((await BundleAsync()).Keys, Has.None.EqualTo("ISSUE.md").And.One.EqualTo("capture.pcapng"));
    }

    [Test]
    [CancelAfter(60_000)]
    [Platform(Exclude = "Win", Reason = "it has no pipes that are files")]
    public async Task A_pipe_that_a_stack_left_holds_up_nobody(CancellationToken cancelled)
    {
        var cell = Path.Combine(_run, "cells", TestCells.First);
        var server = Path.Combine(_run, "endpoints", "openssl@trixie", "server-3");
        foreach (var name in new[] { Path.Combine(cell, "capture.pcapng"), Path.Combine(server, "output") })
            File.Delete(name);
        foreach (var path in new[]
                 {
                     Path.Combine(cell, "capture.pcapng"), Path.Combine(cell, "snapshot.diff"),
                     Path.Combine(server, "output"), Path.Combine(server, "answer"),
                 })
            await EvidenceFileTests.MakePipeAsync(path);

        var files = await Task.Run(() => BundleAsync(), cancelled).WaitAsync(cancelled);

        Assert.That(Text(files["client.log"]), Is.Not.Empty);
        var report = await Task.Run(() => AskAsync("report", _run), cancelled).WaitAsync(cancelled);
        Assert.That(report.Status, Is.EqualTo(ExitStatus.Green), report.Error);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "it has no such names")]
    public async Task A_file_of_a_name_that_is_none_elsewhere_is_left_out_and_of_many_the_first()
    {
        var server = Path.Combine(_run, "endpoints", "openssl@trixie", "server-3");
        foreach (var name in new[] { "..\\..\\evil.conf", "a`b.conf", "c\nd.conf", "CON:.conf" })
            await File.WriteAllTextAsync(Path.Combine(server, name), "x");
        for (var number = 0; number < 300; number++)
            await File.WriteAllTextAsync(Path.Combine(server, $"part-{number:000}.conf"), "x");

        var files = await BundleAsync();

        Assert.That(files, Has.Count.EqualTo(100));
        Assert.That(files.Keys, Has.All.Match("^[A-Za-z0-9._/-]+$"));
        Assert.That(files.Keys, Is.SupersetOf((string[])["ISSUE.md", "versions.txt", "command.txt", "server.log"]));
        var text = Text(files["ISSUE.md"]);
        Assert.That(text, Does.Contain("not in it: `server/a?b.conf: ").And.Match("not in it: `… and [0-9]+ more: "));
        Assert.That(text.Split("not in it: "), Has.Length.EqualTo(102));
    }

    [Test]
    public async Task Of_two_files_that_would_have_one_name_in_it_the_first_is_taken()
    {
        var server = Path.Combine(_run, "endpoints", "openssl@trixie", "server-3");
        await File.WriteAllTextAsync(Path.Combine(server, "commands"), "+ exec openssl s_server\n");
        await File.WriteAllTextAsync(Path.Combine(server, "commands.txt"), "of the stack itself\n");

        var files = await BundleAsync();

        Assert.That(Text(files["server/commands.txt"]), Is.EqualTo("+ exec openssl s_server\n"));
        Assert.That(Text(files["ISSUE.md"]), Does.Contain("`server/commands.txt: there is another one of that name`"));
    }

    [Test]
    public async Task What_stacks_and_journals_say_is_no_markup_in_its_text()
    {
        const string Markup = "![x](https://example.org/a.png) <b> @all `c` **d**";
        await File.WriteAllTextAsync(Path.Combine(_run, "results.jsonl"), "");
        using (var journal = new Journal(Path.Combine(_run, "results.jsonl")))
            journal.Append(Red(TestCells.First) with
            {
                Expected = Markup, Got = Markup, Why = [Markup], Findings = [Markup],
                Diagnosis = new(Markup, Markup, 90) { Server = Markup, Client = Markup },
            });
        var text = Text((await BundleAsync())["ISSUE.md"]);

        const string Shown = "![x](https://example.org/a.png) <b> @all 'c' **d**";
        foreach (var line in text.Split('\n').Where(line => line.Contains("![x]", StringComparison.Ordinal)))
            Assert.That(line, Does.Match("`[^`]*" + System.Text.RegularExpressions.Regex.Escape(Shown) + "[^`]*`"));
        Assert.That(text.Split(Shown), Has.Length.GreaterThan(6));
    }

    [Test]
    public async Task A_cell_of_a_year_that_archives_do_not_know_is_packed_all_the_same()
    {
        await File.WriteAllTextAsync(Path.Combine(_run, "results.jsonl"), "");
        using (var journal = new Journal(Path.Combine(_run, "results.jsonl")))
            journal.Append(Red(TestCells.First) with
            {
                Started = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), Milliseconds = 1e300, ServerLogFrom = 0,
                ServerLog = "endpoints/openssl@trixie/server-3/output",
            });

        Assert.That((await BundleAsync()).Keys, Has.One.EqualTo("server.log"));
    }

    [Test]
    public async Task Secrets_of_other_cells_are_not_in_it()
    {
        foreach (var (name, bytes) in await BundleAsync())
            Assert.That(Text(bytes), Does.Not.Contain("of another cell"), name);
    }

    [Test]
    public async Task No_place_or_name_of_this_machine_and_no_secret_of_its_environment_is_in_it()
    {
        Environment.SetEnvironmentVariable(Secret, "hunter2-hunter2");
        await File.AppendAllTextAsync(
            Path.Combine(_run, "cells", TestCells.First, "client.log"), "token hunter2-hunter2\n");
        foreach (var (name, bytes) in await BundleAsync())
        {
            foreach (var word in new[] { _run, Runs.Parent, "hunter2", "/home/somebody" })
                Assert.That(Text(bytes), Does.Not.Contain(word), name);
        }
        var scrubbed = new Scrubbing([("buildhost7", "{host}"), ("/srv/x", "{run}"), ("/srv", "{checkout}")]);
        Assert.That(scrubbed.Of("buildhost7: /srv/x/y and /srv/z"), Is.EqualTo("{host}: {run}/y and {checkout}/z"));
    }

    [Test]
    public async Task It_shows_commands_that_need_none_of_this_program_as_they_ran()
    {
        WriteCommands();
        var files = await BundleAsync();
        var text = Text(files["ISSUE.md"]);

        Assert.That(text, Does.Contain(
            "The server ran:\n\n```\nexec openssl s_server -accept 192.0.2.1:4433 -cipher ALL\n```\n"));
        Assert.That(text, Does.Contain(
            "The client ran:\n\n```\nexport A=b\n"
                + "exec gnutls-cli 192.0.2.1 --x509certfile=/tlsinterop/shared/client.pem\n```\n"));
        Assert.That(Text(files["client/commands.txt"]), Does.Contain("+ [[ -n '' ]]\n"), "the file has all of it");
    }

    [Test]
    public async Task The_certificates_that_the_client_showed_are_in_it_and_no_others()
    {
        WriteCommands();
        foreach (var name in new[] { "client.pem", "client.chain.pem", "client-unknown.pem", "expired.pem" })
            await File.WriteAllTextAsync(Path.Combine(_run, "shared", name), "-----BEGIN CERTIFICATE-----\n");

        Assert.That((await BundleAsync()).Keys.Where(name => name.StartsWith("certificates/")), Is.EquivalentTo(
            (string[])["certificates/rsa2048.pem", "certificates/client.pem", "certificates/client.chain.pem"]));
    }

    [Test]
    public async Task Of_a_daemon_the_configuration_of_the_very_cell_is_in_it_and_the_log_is_cut_to_its_connection()
    {
        const string client = "[192.0.2.1]:50000";
        var daemon = Directory.CreateDirectory(Path.Combine(_run, "endpoints", "exim@bullseye")).FullName;
        await File.WriteAllTextAsync(Path.Combine(daemon, "output"),
            $"started\n{client} error of this cell\n[192.0.2.9]:1 error of another\n");
        await File.WriteAllTextAsync(Path.Combine(daemon, "exim4.conf"), "tls_advertise_hosts = *\n");
        foreach (var (name, priority) in new[] { ("aa11", "NORMAL"), ("bb22", "NONE") })
        {
            var slot = Directory.CreateDirectory(Path.Combine(daemon, "configurations", name)).FullName;
            await File.WriteAllTextAsync(Path.Combine(slot, "priority"), priority);
            await File.WriteAllTextAsync(Path.Combine(slot, "commands"), $"+ printf %s {priority}\n");
        }
        var cell = Directory.CreateDirectory(Path.Combine(_run, "cells", TestCells.Third)).FullName;
        File.Copy(
            Path.Combine(_run, "cells", TestCells.First, "capture.pcapng"), Path.Combine(cell, "capture.pcapng"));
        await File.WriteAllTextAsync(Path.Combine(_run, "results.jsonl"), "");
        using (var journal = new Journal(Path.Combine(_run, "results.jsonl")))
            journal.Append(Red(TestCells.Third) with
            {
                ServerLog = "endpoints/exim@bullseye/output", ServerLogFrom = 8, Configuration = "bb22",
            });
        var files = await BundleAsync(TestCells.Third);

        Assert.That(Text(files["server/priority"]), Is.EqualTo("NONE"));
        Assert.That(Text(files["server/daemon/exim4.conf"]), Does.StartWith("tls_advertise_hosts"));
        Assert.That(Text(files["server.log"]), Is.EqualTo($"{client} error of this cell\n"));
        Assert.That(Text(files["server/whole.log"]), Does.Contain("error of another"));
        Assert.That(Text(files["ISSUE.md"]), Does.Contain("error of this cell").And.Contain("printf %s NONE")
            .And.Not.Contain("error of another"));
    }

    [Test]
    public async Task Links_that_lead_out_of_the_run_are_not_followed()
    {
        var outside = Path.Combine(Runs.Parent, "secret");
        await File.WriteAllTextAsync(outside, "a secret of this machine");
        var cell = Path.Combine(_run, "cells", TestCells.First);
        foreach (var link in new[]
                 {
                     Path.Combine(cell, "client.log"), Path.Combine(cell, "capture.pcapng"),
                     Path.Combine(_run, "endpoints", "openssl@trixie", "server-3", "openssl.cnf"),
                 })
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, outside);
        }
        foreach (var (name, bytes) in await BundleAsync())
            Assert.That(Text(bytes), Does.Not.Contain("a secret of this machine"), name);
    }

    [Test]
    public async Task A_journal_cannot_name_files_outside_of_its_folder()
    {
        await File.WriteAllTextAsync(Path.Combine(Runs.Parent, "client.log"), "not of this run\n");
        Runs.Write([Red(TestCells.First) with { Evidence = "..", ServerLog = "../client.log" }]);
        var files = await BundleAsync();

        Assert.That(files.Keys, Has.None.EqualTo("client.log").And.None.EqualTo("server.log"));
    }

    [Test]
    public async Task A_cell_that_is_not_there_is_told_with_the_nearest()
    {
        var (status, _, error) = await AskAsync(
            "bundle", "--cell", TestCells.First.Replace("trixie", "trixi"), "--output", At("x.zip"));

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain("has no result of it. Nearest:\n  " + TestCells.First));
        Assert.That(At("x.zip"), Does.Not.Exist);
    }

    [Test]
    public async Task What_there_is_of_an_older_run_cut_short_is_packed_and_the_rest_is_named()
    {
        Runs.WriteOld(Red(TestCells.Second));
        var files = await BundleAsync(TestCells.Second);

        Assert.That(files.Keys, Is.EquivalentTo((string[])["ISSUE.md", "versions.txt", "command.txt"]));
        Assert.That(Text(files["ISSUE.md"]), Does.Contain("not in it: `capture.pcapng: there is none`")
            .And.Contain("version not known"));
    }

    private async Task<Dictionary<string, byte[]>> BundleAsync(string cell = TestCells.First)
    {
        var (status, _, error) = await AskAsync("bundle", "--cell", cell, "--output", At("bundle.zip"));
        Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
        using var zip = ZipFile.OpenRead(At("bundle.zip"));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var memory = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(memory);
            return memory.ToArray();
        });
    }

    private void WriteCommands()
    {
        File.WriteAllText(Path.Combine(_run, "endpoints", "openssl@trixie", "server-3", "commands"),
            "+ [[ -n -tls1_2 ]]\n+ : \n++ openssl version\n"
                + "+ exec openssl s_server -accept 192.0.2.1:4433 -cipher ALL\n");
        File.WriteAllText(Path.Combine(_run, "cells", TestCells.First, "client.commands"),
            "+ [[ -n '' ]]\n+ dial: read -r line\n+ export A=b\n+ A=b\n"
                + "+ exec gnutls-cli 192.0.2.1 --x509certfile=/tlsinterop/shared/client.pem\n");
    }

    private string At(string name) => Path.Combine(Runs.Parent, name);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
