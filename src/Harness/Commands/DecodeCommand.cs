using System.CommandLine;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Harness.Commands;

/// <summary><c>decode</c>: what a capture file says, without any endpoint.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A pcap or pcapng capture, packed with gzip or not; '-' reads standard input",
        };
        var keys = new Option<string?>("--keys")
        {
            Description = "A TLS key log (SSLKEYLOGFILE); secrets inside of a pcapng file are used as well",
            HelpName = "KEYLOG",
        };
        var format = new Option<DecodeFormat>("--format")
        {
            Description =
                "text: with end points, times and faults. "
                + "snapshot: what two captures of the same behaviour have in common",
        };
        var summary = new Option<bool>("--summary") { Description = "One line a connection" };
        var command = new DocumentedCommand(
            "decode",
            "Decodes the TLS connections of a capture file; needs no container engine",
            new Example("decode capture.pcapng", "every connection with its messages in order"),
            new Example("decode --keys keys.log --summary trace.pcap.gz", "one line a connection"),
            new Example("decode --format snapshot capture.pcapng",
                "without what differs from run to run, to compare two captures"))
        {
            file, keys, format, summary,
        };
        command.SetAction(parsed => Decode(
            parsed.GetRequiredValue(file),
            parsed.GetValue(keys),
            parsed.GetValue(format),
            parsed.GetValue(summary),
            parsed.InvocationConfiguration));
        return command;
    }

    private static int Decode(
        string file, string? keys, DecodeFormat format, bool summary, InvocationConfiguration console)
    {
        var capture = new DecodedCapture();
        if (keys is not null) capture.KeyLog.AddLines(File.ReadAllText(keys));
        CaptureFileSummary read;
        using (var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file))
            read = capture.Read(stream);
        if (read.Format == CaptureFormat.Unknown)
            throw new UsageException(
                $"{file}: Expected a pcap or pcapng capture. Got: neither of them, packed with gzip or not.");

        foreach (var connection in capture.Connections)
        {
            var text = new ConnectionText(connection, capture.KeyLog);
            if (summary || format == DecodeFormat.Text) console.Output.WriteLine(text.Header);
            if (summary) continue;
            console.Output.WriteLine(text.Body);
            if (format == DecodeFormat.Text)
            {
                foreach (var fault in text.Faults) console.Output.WriteLine(fault);
            }
            console.Output.WriteLine();
        }
        if (capture.Connections.Count == 0)
            console.Error.WriteLine(
                $"{file}: no TCP connection with data in {read.Frames} frames "
                + $"({capture.Counters.NotTcp} not TCP, {capture.Counters.Malformed} malformed).");
        foreach (var fault in read.Faults) console.Error.WriteLine($"{file}: {fault.Kind} at offset {fault.Offset}");
        foreach (var fault in capture.KeyLog.Faults)
            console.Error.WriteLine($"{keys}: line {fault.Line}: {fault.Reason}");
        return ExitStatus.Green;
    }
}
