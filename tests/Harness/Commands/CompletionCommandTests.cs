using System.Diagnostics;
using TlsInterop.Harness.Commands;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class CompletionCommandTests : RunCommandsFixture
{
    [TestCase("tlsinterop comp", "compare", "completion")]
    [TestCase("tlsinterop run smo", "smoke")]
    [TestCase("tlsinterop compare --form", "--format")]
    [TestCase("tlsinterop compare prev", "previous")]
    [TestCase("tlsinterop run --resume lat", "latest")]
    [TestCase("tlsinterop run --since prev", "previous")]
    [TestCase("tlsinterop plan --times lat", "latest")]
    [TestCase("tlsinterop report --format ju", "junit")]
    [TestCase("tlsinterop endpoints check openssl@tri", "openssl@trixie")]
    public async Task Bash_completes_what_the_program_suggests(string line, params string[] expected)
    {
        var (_, script, _) = await InvokeAsync("completion", "bash");
        // As bash calls it: a word ends at what COMP_WORDBREAKS has, and '@' is among that.
        var test = script + $"""
            tlsinterop() {"{"} dotnet '{typeof(CommandTree).Assembly.Location}' "$@"; {"}"}
            COMP_LINE='{line}'; COMP_POINT=$((${"{#COMP_LINE}"}))
            read -ra COMP_WORDS <<<"${"{COMP_LINE//@/ @ }"}"
            COMP_CWORD=$((${"{#COMP_WORDS[@]}"} - 1))
            _tlsinterop_complete
            printf '%s\n' "${"{COMPREPLY[@]}"}"
            """;
        var typed = line.Split(' ')[^1];
        var cut = typed.Contains('@') ? typed[(typed.IndexOf('@') + 1)..] : typed;
        var answers = await BashAsync(test);
        Assert.That(answers, Is.SupersetOf(expected.Select(word => word[(typed.Length - cut.Length)..])));
        Assert.That(answers, Has.All.StartsWith(cut));
    }

    [Test]
    public async Task Bash_offers_nothing_where_there_is_nothing_to_choose()
    {
        var (_, script, _) = await InvokeAsync("completion", "bash");
        var answers = await BashAsync(script + $"""
            tlsinterop() {"{"} dotnet '{typeof(CommandTree).Assembly.Location}' "$@"; {"}"}
            COMP_LINE='tlsinterop list --filter '; COMP_POINT=25; COMP_WORDS=(tlsinterop list --filter ''); COMP_CWORD=3
            _tlsinterop_complete
            echo "${"{#COMPREPLY[@]}"} answers"
            """);

        Assert.That(answers, Is.EqualTo((string[])["0 answers"]));
    }

    [TestCase("bash", "complete -o default")]
    [TestCase("zsh", "#compdef tlsinterop")]
    [TestCase("fish", "complete -c tlsinterop")]
    [TestCase("pwsh", "Register-ArgumentCompleter -Native -CommandName tlsinterop")]
    public async Task Each_shell_has_its_script(string shell, string part)
    {
        var (status, output, _) = await InvokeAsync("completion", shell);

        Assert.That(status, Is.EqualTo(ExitStatus.Green));
        Assert.That(output, Does.Contain(part).And.Contain("[suggest:").And.Not.Contain("FUNCTION"));
    }

    private static async Task<string[]> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["--norc"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        var output = await bash.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await bash.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
