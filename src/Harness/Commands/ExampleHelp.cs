using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TlsInterop.Harness.Commands;

/// <summary>The usual help, and the command's examples below it.</summary>
internal sealed class ExampleHelp(HelpAction help, string program) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var page = new PageWriter(output);
        var status = Usual(parseResult, output);
        if (parseResult.CommandResult.Command is not DocumentedCommand { Examples: { Count: > 0 } examples } command)
            return status;
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
        {
            // To be copied, so that it is one line however long that is.
            output.WriteLine($"  {program} {example.Arguments}");
            page.Line("      ", example.Meaning);
        }
        output.WriteLine();
        if (command.Words.Count > 0)
        {
            output.WriteLine("Words:");
            var longest = command.Words.Max(row => row.Word.Length);
            foreach (var (word, meaning) in command.Words) page.Line($"  {word.PadRight(longest)}  ", meaning);
            output.WriteLine();
        }
        if (command.Statuses.Count == 0) return status;
        output.WriteLine("Exit status:");
        foreach (var (code, meaning) in command.Statuses) page.Line($"  {code}  ", meaning);
        output.WriteLine();
        return status;
    }

    // The usual help names the assembly, which nobody types who called a script.
    private int Usual(ParseResult parseResult, TextWriter output)
    {
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        help.MaxWidth = PageWidth.Of(output);
        var status = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(text.ToString().Replace($"  {CommandTree.OwnName} ", $"  {program} ", StringComparison.Ordinal));
        return status;
    }
}
