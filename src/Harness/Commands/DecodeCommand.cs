using System.CommandLine;
using TlsInterop.Tls.Presentation.Json;

namespace TlsInterop.Harness.Commands;

/// <summary><c>decode</c>: what a capture file says, without any endpoint.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        var options = new DecodeOptions();
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
            Statuses =
            [
                (ExitStatus.Green, "connections were shown, whatever is wrong with them"),
                (ExitStatus.Unusable,
                    "there was none to show: no capture, no TCP in it, none that --stream and --port ask for; or a "
                    + "key log or key that is none"),
            ],
        };
        options.AddTo(command);
        command.SetAction(parsed => Invoke(parsed, options, parsed.InvocationConfiguration));
        return command;
    }

    private static int Invoke(ParseResult parsed, DecodeOptions options, InvocationConfiguration console)
    {
        if (!options.AsksForSchema(parsed))
            return DecodeAction.Run(options.Read(parsed), console.Output, console.Error);
        using var shown = StandardOutput.Of(console.Output);
        shown.Write(ConnectionSchema.Text);
        shown.Flush();
        if (options.NamesCapture(parsed))
            console.Error.WriteLine("--schema: the schema alone is printed; FILE is not read");
        return ExitStatus.Green;
    }
}
