using System.CommandLine;
using TlsInterop.Tls.Presentation.Json;

namespace TlsInterop.Harness.Commands;

/// <summary><c>decode</c>: what a capture file says, without any endpoint.</summary>
internal static class DecodeCommand
{
    private static readonly string[] FormatNames =
        Array.ConvertAll(Enum.GetNames<DecodeFormat>(), name => name.ToLowerInvariant());

    private static readonly Argument<string?> File = new("FILE")
    {
        Description = "A pcap or pcapng capture, packed with gzip or not; '-' reads standard input",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> Keys = new("--keys")
    {
        Description = "A TLS key log (SSLKEYLOGFILE); secrets inside of a pcapng file are used as well. Repeatable",
        HelpName = "KEYLOG",
    };

    private static readonly Option<string> Format = new("--format")
    {
        HelpName = "text|json|jsonl|snapshot",
        DefaultValueFactory = _ => FormatNames[0],
        Description = "text: a ladder of messages, then what is wrong. json: everything in one document. "
            + "jsonl: everything, one connection a line. "
            + "snapshot: what two captures of the same behaviour have in common",
    };

    private static readonly Option<bool> Summary = new("--summary")
    {
        Description = "One line a connection, as text or with --format jsonl",
    };

    private static readonly Option<bool> Verify = new("--verify")
    {
        Description = "With --summary: recompute what the handshakes prove, and ask the rules",
    };

    private static readonly Option<bool> Details = new("--details")
    {
        Description = "In text: every field and extension below its message",
    };

    private static readonly Option<int[]> Stream = new("--stream")
    {
        Description = "Only the connection of that number, from 1. Repeatable",
        HelpName = "N",
    };

    private static readonly Option<int[]> Port = new("--port")
    {
        Description = "Only connections with that port at either end. Repeatable",
        HelpName = "N",
    };

    private static readonly Option<bool> Schema = new("--schema")
    {
        Description = "Print the JSON schema of what the JSON formats write, and nothing else",
    };

    static DecodeCommand() => Format.AcceptOnlyFromAmong(FormatNames);

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "decode",
            "Decodes the TLS connections of a capture file; needs no container engine",
            new Example("decode capture.pcapng", "every connection as a ladder of messages, with what is wrong"),
            new Example("decode --keys keys.log --summary trace.pcap.gz", "one line a connection"),
            new Example("decode --stream 1 --details capture.pcapng", "one connection with every field"),
            new Example("decode --port 443 --summary --format jsonl capture.pcapng", "the same for a program, fast"),
            new Example("decode --format json capture.pcapng", "everything, as 'decode --schema' describes it"),
            new Example("decode --format snapshot capture.pcapng",
                "without what differs from run to run, to compare two captures"))
        {
            File, Keys, Format, Summary, Verify, Details, Stream, Port, Schema,
        };
        command.SetAction(parsed => Invoke(parsed, parsed.InvocationConfiguration));
        return command;
    }

    private static int Invoke(ParseResult parsed, InvocationConfiguration console)
    {
        if (parsed.GetValue(Schema))
        {
            console.Output.Write(ConnectionSchema.Text);
            return ExitStatus.Green;
        }
        var arguments = new DecodeArguments
        {
            File = parsed.GetValue(File) ?? throw new UsageException(
                $"Which capture?\nSee: {CommandTree.Program} decode --help"),
            Keys = parsed.GetValue(Keys) ?? [],
            Format = (DecodeFormat)Array.IndexOf(FormatNames, parsed.GetValue(Format)),
            IsSummary = parsed.GetValue(Summary),
            Verifies = parsed.GetValue(Verify),
            HasDetails = parsed.GetValue(Details),
            Streams = parsed.GetValue(Stream) ?? [],
            Ports = parsed.GetValue(Port) ?? [],
        };
        return DecodeAction.Run(arguments, console.Output, console.Error);
    }
}
