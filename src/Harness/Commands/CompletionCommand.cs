using System.CommandLine;

namespace TlsInterop.Harness.Commands;

/// <summary>
/// <c>completion</c>: the few lines by which a shell asks this program how a word goes on, which it answers by
/// System.CommandLine's directive <c>[suggest]</c>.
/// </summary>
internal static class CompletionCommand
{
    // NAME is what is typed. Each shell has its own way to tell the line, and the place in it.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        // COMP_WORDBREAKS holds ':' and '=', and '@' too: ids have it, so that the word is cut at the last blank here.
        ["bash"] = """
            _FUNCTION_complete() {
              local line="OWN ${COMP_LINE:0:$COMP_POINT}" answer
              line="OWN ${line#OWN * }"
              local typed="${line##* }" word="${COMP_WORDS[COMP_CWORD]}"
              local kept="${typed%"$word"}"
              COMPREPLY=()
              while IFS= read -r answer; do
                [[ -n "$answer" && "$answer" == "$typed"* ]] && COMPREPLY+=("${answer#"$kept"}")
              done < <("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)
            }
            complete -o default -F _FUNCTION_complete NAME
            """,
        ["zsh"] = """
            #compdef NAME
            _FUNCTION_complete() {
              local line="OWN ${words[2,CURRENT]}"
              local -a answers
              answers=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
              compadd -- ${answers:#}
            }
            compdef _FUNCTION_complete NAME
            """,
        ["fish"] = """
            function _FUNCTION_complete
              set -l line (commandline -cp | string replace -r '^\S+' OWN)
              set -l words (commandline -opc)
              $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c NAME -a '(_FUNCTION_complete)'
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName NAME -ScriptBlock {
              param($word, $tree, $position)
              $line = $tree.ToString().PadRight($position) -replace '^\S+', 'OWN'
              & NAME "[suggest:$($line.Length)]" $line 2>$null | Where-Object { $_ } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_)
              }
            }
            """,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", Scripts.Keys) };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new DocumentedCommand(
            "completion",
            "Writes what a shell needs to complete commands, options, matrices, cells, endpoints and runs",
            new Example("completion bash", "for bash: put 'source <(tlsinterop completion bash)' into ~/.bashrc"))
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(Scripts[parsed.GetValue(shell)!]
                .Replace("NAME", Path.GetFileName(CommandTree.Program), StringComparison.Ordinal)
                .Replace("FUNCTION", CommandTree.OwnName, StringComparison.Ordinal)
                // The directive knows the program by its own name, whatever it was called as.
                .Replace("OWN", CommandTree.OwnName, StringComparison.Ordinal)
                .ReplaceLineEndings("\n") + "\n");
            return ExitStatus.Green;
        });
        return command;
    }
}
