using System.CommandLine;
using TlsInterop.Harness.Diagnosis;

namespace TlsInterop.Harness.Commands;

/// <summary><c>explain</c>: why the connections of a capture went as they did.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "A pcap or pcapng capture, packed with gzip or not; '-' reads standard input",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var keys = new Option<string[]>("--keys")
        {
            Description = "A TLS key log (SSLKEYLOGFILE); secrets inside of a pcapng file are used as well. Repeatable",
            HelpName = "KEYLOG",
        };
        var serverLog = new Option<string?>("--server-log")
        {
            Description = "What the server said; what a tool printed of the connection will do as well",
            HelpName = "LOG",
        };
        var clientLog = new Option<string?>("--client-log")
        {
            Description = "What the client said, or such a tool",
            HelpName = "LOG",
        };
        var stream = new Option<int[]>("--stream")
        {
            Description = "Only the connection of that number, from 1. Repeatable",
            HelpName = "N",
        };
        var json = new Option<bool>("--json") { Description = "The same for a program" };
        var rules = new Option<bool>("--rules") { Description = "List the causes that are known, and nothing else" };
        var command = new DocumentedCommand(
            "explain",
            "Says why the connections of a capture failed: named causes with evidence and remedy; needs no container "
                + "engine",
            new Example("explain capture.pcapng", "each connection: how it ended, why, what to do about it"),
            new Example("explain --keys keys.log capture.pcapng", "with what was encrypted"),
            new Example("explain --stream 1 --json capture.pcapng", "one connection, for a program"),
            new Example("explain --rules", "every cause that is known, and where that stands"))
        {
            file, keys, serverLog, clientLog, stream, json, rules,
        };
        command.Words =
        [
            ("90 %", "how sure a cause is; 'because' says why"),
            ("a guess", "less than 40 %: nobody knows, and 'collect' says what would help"),
            ("not the cause", "it looks suspicious, and was proven fine"),
        ];
        command.SetAction(parsed =>
        {
            var console = parsed.InvocationConfiguration;
            if (parsed.GetValue(rules))
            {
                var page = new PageWriter(console.Output);
                foreach (var (start, sentence) in RuleTable.Lines()) page.Line(start, sentence);
                return ExitStatus.Green;
            }
            return ExplainAction.Run(
                new(
                    new DecodeArguments
                    {
                        File = parsed.GetValue(file) ?? throw new UsageException(
                            $"Which capture?\nSee: {CommandTree.Program} explain --help"),
                        Keys = parsed.GetValue(keys) ?? [],
                        Streams = parsed.GetValue(stream) ?? [],
                    },
                    parsed.GetValue(serverLog),
                    parsed.GetValue(clientLog),
                    parsed.GetValue(json)),
                console.Output,
                console.Error);
        });
        return command;
    }
}
