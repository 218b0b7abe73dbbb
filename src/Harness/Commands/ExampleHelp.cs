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
        var status = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not DocumentedCommand { Examples: { Count: > 0 } examples })
            return status;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples)
        {
            output.WriteLine($"  {program} {example.Arguments}");
            output.WriteLine($"      {example.Meaning}");
        }
        output.WriteLine();
        return status;
    }
}
