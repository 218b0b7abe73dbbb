using System.Runtime.Versioning;

namespace TlsInterop.Harness.Tests.Script;

[Platform(Include = "Linux")]
[SupportedOSPlatform("linux")]
internal sealed class InteropScriptTests
{
    private ScriptSandbox _sandbox = null!;

    [SetUp]
    public void SetUp() => _sandbox = new ScriptSandbox();

    [TearDown]
    public void TearDown() => _sandbox.Dispose();

    [Test]
    public async Task The_command_gets_its_arguments_and_gives_its_output_and_exit_status()
    {
        var (exitCode, output, _) = await _sandbox.RunAsync("decode \"a b.pcapng\"");

        Assert.That(exitCode, Is.EqualTo(3));
        Assert.That(output, Is.EqualTo("the command's own words\n"));
        Assert.That(_sandbox.Calls[^1], Does.EndWith("tlsinterop.dll decode a b.pcapng"));
    }

    [Test]
    public async Task A_browser_is_installed_where_there_is_none_for_tests_alone()
    {
        var system = await File.ReadAllTextAsync("/etc/os-release");
        Assume.That(system, Does.Match("(?m)^ID=debian"), "elsewhere chromium is no package");
        _sandbox.Program("docker", "echo 28.0.0; echo tlsinterop/base:bookworm-0123456789ab");
        var path = _sandbox.PathWithout("chromium", "chromium-browser", "google-chrome");
        bool Installs(string call) => call.StartsWith("apt-get ") && call.EndsWith(" chromium");

        await _sandbox.RunAsync("run", ("PATH", path));
        Assert.That(_sandbox.Calls.Where(Installs), Is.Empty);
        var (_, _, error) = await _sandbox.RunAsync("test", ("PATH", path));
        Assert.That(_sandbox.Calls.Where(Installs), Has.Exactly(1).Items);
        Assert.That(error, Does.Contain("tools can't be installed"));
    }

    [Test]
    public async Task A_build_happens_once_and_again_when_a_source_changes()
    {
        await _sandbox.RunAsync("list");
        await _sandbox.RunAsync("list");
        Assert.That(_sandbox.Calls.Count(call => call.StartsWith("dotnet publish", StringComparison.Ordinal)),
            Is.EqualTo(1));

        await File.WriteAllTextAsync(_sandbox.PathOf("src/Harness/Program.cs"), "// changed");
        await _sandbox.RunAsync("list");
        Assert.That(_sandbox.Calls.Count(call => call.StartsWith("dotnet publish", StringComparison.Ordinal)),
            Is.EqualTo(2));
    }

    [Test]
    public async Task A_build_with_the_packages_of_another_feed_is_another_build()
    {
        await _sandbox.RunAsync("list", ("PublicFeed", "false"));
        await _sandbox.RunAsync("list", ("PublicFeed", "true"));

        Assert.That(_sandbox.Calls.Count(call => call.StartsWith("dotnet publish", StringComparison.Ordinal)),
            Is.EqualTo(2));
    }

    [Test]
    public async Task A_source_that_is_gone_is_a_change()
    {
        await _sandbox.RunAsync("list");
        File.Delete(_sandbox.PathOf("src/Harness/Program.cs"));
        await _sandbox.RunAsync("list");

        Assert.That(_sandbox.Calls.Count(call => call.StartsWith("dotnet publish", StringComparison.Ordinal)),
            Is.EqualTo(2));
    }

    [Test]
    public async Task A_build_that_fails_shows_the_compiler_s_errors_and_is_tried_again()
    {
        _sandbox.Program("dotnet",
            "[ $1 = --version ] && echo 10.0.100 || { echo 'Cell.cs(3,1): error CS1002: ; expected'; exit 1; }");

        var (exitCode, _, error) = await _sandbox.RunAsync("list");
        await _sandbox.RunAsync("list");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("why      Cell.cs(3,1): error CS1002"));
        Assert.That(_sandbox.Calls.Count(call => call.StartsWith("dotnet publish", StringComparison.Ordinal)),
            Is.EqualTo(2));
    }

    [Test]
    public async Task Without_the_compiler_to_native_code_the_program_is_built_for_every_machine()
    {
        _sandbox.Program("dotnet", """
            case "$1 $*" in
                --version*) echo 10.0.100 ;;
                publish*ReadyToRun*) echo 'error NU1101: Unable to find package Crossgen2'; exit 1 ;;
                publish*) mkdir -p .tlsinterop/program; touch .tlsinterop/program/tlsinterop.dll ;;
            esac
            """);

        var (exitCode, _, _) = await _sandbox.RunAsync("list");

        Assert.That(exitCode, Is.Zero);
        Assert.That(_sandbox.Calls[^1], Does.EndWith("tlsinterop.dll list"));
    }

    [Test]
    public async Task An_old_SDK_is_named_with_the_way_to_a_newer_one()
    {
        _sandbox.Program("dotnet", "echo 8.0.400");

        var (exitCode, _, error) = await _sandbox.RunAsync("list");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(
            error, Does.Contain("says 8.0.400, this needs 10 or newer").And.Contain("dotnet.microsoft.com/download"));
    }

    [TestCase("decode FILE")]
    [TestCase("list")]
    [TestCase("accept")]
    [TestCase("worker sslstream")]
    [TestCase("--version")]
    [TestCase("--help")]
    [TestCase("run --help")]
    [TestCase("run --engine none")]
    [TestCase("run --engine=none")]
    public async Task A_command_that_needs_no_engine_asks_for_none(string arguments)
    {
        await _sandbox.RunAsync(arguments);

        Assert.That(_sandbox.Calls,
            Has.None.StartsWith("docker").And.None.StartsWith("systemctl").And.None.StartsWith("apt-get"));
        Assert.That(_sandbox.Calls[^1], Does.StartWith("dotnet").And.Contain("tlsinterop.dll"));
    }

    [TestCase("run --no-such-option")]
    [TestCase("endpoints check gnutsl")]
    public async Task A_wrong_word_is_told_before_anything_is_started_or_installed(string arguments)
    {
        _sandbox.Program("dotnet", """
            case "$*" in
                --version) echo 10.0.100 ;;
                publish*) mkdir -p .tlsinterop/program; touch .tlsinterop/program/tlsinterop.dll ;;
                *"[check]"*) echo "unknown" >&2; exit 2 ;;
            esac
            """);

        var (exitCode, _, error) = await _sandbox.RunAsync(arguments);

        Assert.That((exitCode, error.Trim().Split('\n')[^1]), Is.EqualTo((2, "unknown")));
        Assert.That(_sandbox.Calls, Has.None.StartsWith("docker").And.None.StartsWith("apt-get"));
        Assert.That(_sandbox.Calls[^1], Does.EndWith($"tlsinterop.dll [check] {arguments}"));
    }

    [TestCase("run")]
    [TestCase("test --filter Name~tls1.3")]
    public async Task An_engine_that_answers_is_used_as_it_is(string arguments)
    {
        await File.WriteAllTextAsync(_sandbox.PathOf("engine-is-up"), "");

        var (_, _, error) = await _sandbox.RunAsync(arguments);

        Assert.That(error, Does.Contain("docker 28.0.0"));
        Assert.That(_sandbox.Calls,
            Has.None.StartsWith("dockerd").And.None.StartsWith("systemctl").And.None.StartsWith("apt-get"));
    }

    [TestCase("1", Description = "the number is now another process")]
    [TestCase("99999999", Description = "there is no such process")]
    [TestCase("", Description = "the file is empty")]
    public async Task A_stale_pid_file_does_not_keep_the_engine_from_starting(string pid)
    {
        await File.WriteAllTextAsync(_sandbox.PathOf("run/docker.pid"), pid);
        _sandbox.Program("dockerd", "[ ! -e run/docker.pid ] && touch engine-is-up");

        var (exitCode, output, error) = await _sandbox.RunAsync("run");

        Assert.That(error, Does.Contain("docker 28.0.0"));
        Assert.That((exitCode, output), Is.EqualTo((3, "the command's own words\n")));
    }

    [Test]
    public async Task Without_an_engine_a_run_says_why_and_goes_on_with_the_binaries_of_this_machine()
    {
        BreakEngine();

        var (exitCode, output, error) = await _sandbox.RunAsync("run");

        Assert.That(
            error, Does.Contain("cgroups are not mounted").And.Contain("going on with the binaries of this machine"));
        Assert.That((exitCode, output), Is.EqualTo((3, "the command's own words\n")));
    }

    [TestCase("run", "CI", "true")]
    [TestCase("test", "CI", "true")]
    [TestCase("test", "TLSINTEROP_ENGINE", "required")]
    public async Task Where_an_engine_is_required_and_does_not_start_nothing_is_run(
        string arguments, string name, string value)
    {
        BreakEngine();

        var (exitCode, output, error) = await _sandbox.RunAsync(arguments, (name, value));

        Assert.That((exitCode, output), Is.EqualTo((1, "")));
        Assert.That(
            error, Does.Contain("this run requires one").And.Contain("cgroups are not mounted").And.Contain("remedy"));
        Assert.That(_sandbox.Calls, Has.None.StartsWith("dotnet test").And.None.Contains("tlsinterop.dll run"));
    }

    [Test]
    public async Task An_engine_that_the_user_chose_is_not_replaced_by_one_of_this_machine()
    {
        var (_, _, error) = await _sandbox.RunAsync("run", ("DOCKER_HOST", "tcp://127.0.0.1:1"));

        Assert.That(error, Does.Contain("no engine answers at tcp://127.0.0.1:1"));
        Assert.That(_sandbox.Calls, Has.None.StartsWith("dockerd").And.None.StartsWith("systemctl"));
    }

    [Test]
    public async Task Who_is_not_root_is_told_what_to_do()
    {
        _sandbox.Program("id", "echo 1000");

        var (_, _, error) = await _sandbox.RunAsync("run");

        Assert.That(error, Does.Contain("only root can start one").And.Contain("sudo ./interop"));
        Assert.That(_sandbox.Calls,
            Has.None.StartsWith("dockerd").And.None.StartsWith("systemctl").And.None.StartsWith("apt-get"));
    }

    [Test]
    public async Task Who_waits_for_another_command_is_told_for_which()
    {
        _sandbox.Program("dotnet", """
            case $1 in
                --version) echo 10.0.100 ;;
                publish)
                    touch building
                    for i in $(seq 600); do [ ! -e waited ] || break; sleep 0.1; done
                    mkdir -p .tlsinterop/program; touch .tlsinterop/program/tlsinterop.dll ;;
            esac
            """);
        // The build of the one lasts until the other waits for it, which comes when that build has begun.
        _sandbox.Program("flock", """
            case $1 in
                --timeout) touch waited ;;
                --nonblock)
                    mkdir first 2>/dev/null ||
                        for i in $(seq 600); do [ ! -e building ] || break; sleep 0.1; done ;;
            esac
            PATH=${PATH#*:} exec flock "$@"
            """);

        var results = await Task.WhenAll(_sandbox.RunAsync("list --count"), _sandbox.RunAsync("list --count"));

        Assert.That(results.Select(result => result.Error), Has.One.Match(
            @"build +waiting for './interop list --count' \(process \d+\), which is at this step in this checkout"));
        Assert.That(results.Select(result => result.Error), Has.One.Not.Contain("waiting for"));
    }

    [Test]
    public async Task Commands_that_start_together_build_once()
    {
        _sandbox.Program("dotnet", """
            case $1 in
                --version) echo 10.0.100 ;;
                publish)
                    sleep 0.3
                    mkdir -p .tlsinterop/program
                    touch .tlsinterop/program/tlsinterop.dll ;;
            esac
            """);

        var results = await Task.WhenAll(
            _sandbox.RunAsync("list"), _sandbox.RunAsync("list"), _sandbox.RunAsync("list"));

        Assert.That(results.Select(result => result.ExitCode), Is.All.EqualTo(0));
        Assert.That(_sandbox.Calls.Count(call => call.StartsWith("dotnet publish", StringComparison.Ordinal)),
            Is.EqualTo(1));
    }

    private void BreakEngine()
    {
        _sandbox.Program("dockerd", "echo 'cgroups are not mounted'; exit 1");
        _sandbox.Program("systemctl", "exit 1");
    }
}
