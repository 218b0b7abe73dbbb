using System.CommandLine;
using System.CommandLine.Help;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary>The commands of <c>tlsinterop</c>.</summary>
public static class CommandTree
{
    /// <summary>What users type before a command: the script that they called, or the program's own name.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("TLSINTEROP_CALLED_AS") is { Length: > 0 } script ? script : OwnName;

    /// <summary>The program's own name.</summary>
    internal const string OwnName = "tlsinterop";

    // Asked before what a command needs is started or installed for it.
    private static readonly Directive Check = new("check");

    private static readonly (string Name, Func<Command> Create)[] Commands =
    [
        ("run", RunCommand.Create),
        ("list", ListCommand.Create),
        ("plan", PlanCommand.Create),
        ("merge", MergeCommand.Create),
        ("ratchet", RatchetCommand.Create),
        ("accept", AcceptCommand.Create),
        ("decode", DecodeCommand.Create),
        ("explain", ExplainCommand.Create),
        ("endpoints", EndpointsCommand.Create),
        ("minimise", MinimiseCommand.Create),
        ("compare", CompareCommand.Create),
        ("report", ReportCommand.Create),
        ("history", HistoryCommand.Create),
        ("bundle", BundleCommand.Create),
        ("completion", CompletionCommand.Create),
        ("probe", ProbeCommand.Create),
        ("new-case", NewCaseCommand.Create),
        ("quirks", QuirksCommand.Create),
        ("import", ImportCommand.Create),
        ("serve", ServeCommand.Create),
        ("docs", DocsCommand.Create),
        ("bench", BenchCommand.Create),
        ("test", TestCommand.Create),
        // Program serves it without this tree; it stands here so that a wrong use is told what is missing.
        ("worker", () => new("worker", "Serves a stack of .NET to the harness.")
        {
            Hidden = true,
            Arguments = { new Argument<string>("kind") },
        }),
    ];

    /// <summary>Builds the tree.</summary>
    /// <param name="asked">
    /// The command that is asked for, if that is known: the others take a sixth of the start of a small decode.
    /// </param>
    public static RootCommand Create(string? asked = null)
    {
        var root = new RootCommand("Runs real TLS stacks against each other, and tells where they don't agree.");
        root.Directives.Add(Check);
        var isKnown = Array.Exists(Commands, row => row.Name == asked);
        foreach (var row in Commands)
            if (!isKnown || row.Name == asked) root.Subcommands.Add(row.Create());
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction help) option.Action = new ExampleHelp(help, Program);
        }
        return root;
    }

    // A shell asks how a line goes on that nobody has finished.
    private static bool IsSuggestion(ParseResult parsed) => parsed.RootCommandResult.Command is RootCommand root
        && root.Directives.OfType<System.CommandLine.Completions.SuggestDirective>()
            .Any(directive => parsed.GetResult(directive) is not null);

    /// <summary>
    /// Runs a command line; with <c>[check]</c> before it, only tells what is wrong with it.
    /// </summary>
    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public static async Task<int> InvokeAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        var parsed = Create(Array.Find(arguments, word => !word.StartsWith('['))).Parse(arguments);
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
        if (mistakes.Count > 0 && parsed.Action is not ExampleHelp && !IsSuggestion(parsed))
        {
            foreach (var mistake in mistakes) await error.WriteLineAsync(mistake);
            return ExitStatus.Unusable;
        }
        try
        {
            if (parsed.GetResult(Check) is null) return await parsed.InvokeAsync(configuration);
            (parsed.CommandResult.Command as DocumentedCommand)?.Check(parsed);
            return ExitStatus.Green;
        }
        catch (OutputClosedException)
        {
            return ExitStatus.Green;
        }
        catch (OperationCanceledException)
        {
            return ExitStatus.Interrupted;
        }
        catch (Exception failure) when (FailureText.Of(failure) is { } told)
        {
            // Names of runs and files in it may be anybody's.
            await error.WriteLineAsync(SafeText.Lines(told));
            return ExitStatus.Unusable;
        }
    }
}
