using System.CommandLine;
using System.CommandLine.Help;

namespace TlsInterop.Harness.Commands;

/// <summary>The commands of <c>tlsinterop</c>.</summary>
public static class CommandTree
{
    public const string Program = "tlsinterop";

    /// <summary>Builds the tree.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Runs real TLS stacks against each other, and tells where they don't agree.")
        {
            RunCommand.Create(),
            ListCommand.Create(),
            AcceptCommand.Create(),
            DecodeCommand.Create(),
            BenchCommand.Create(),
            // Program serves it without this tree; it stands here so that a wrong use is told what is missing.
            new Command("worker", "Serves a stack of .NET to the harness.")
            {
                Hidden = true,
                Arguments = { new Argument<string>("kind") },
            },
        };
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction help) option.Action = new ExampleHelp(help, Program);
        }
        return root;
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public static async Task<int> InvokeAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = Create().Parse(arguments);
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // The run command handles signals itself: it has containers to remove and a report to print.
            ProcessTerminationTimeout = null,
        };
        var mistakes = Mistakes.Of(parsed);
        // Who asks for help need not know what is required.
        if (mistakes.Count > 0 && parsed.Action is not ExampleHelp)
        {
            foreach (var mistake in mistakes) await error.WriteLineAsync(mistake);
            return ExitStatus.Unusable;
        }
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Interrupted;
        }
        catch (Exception failure) when (FailureText.Of(failure) is not null)
        {
            await error.WriteLineAsync(FailureText.Of(failure));
            return ExitStatus.Unusable;
        }
    }
}
