using System.CommandLine;
using System.Globalization;
using System.Net;
using TlsInterop.Harness.Predictions;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Targets;
using TlsInterop.Harness.Workers;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Commands;

/// <summary><c>probe</c>: what a server takes, and what it likes best.</summary>
internal static class ProbeCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("HOST:PORT")
        {
            Description = "The server, which gets some hundred ClientHellos",
        };
        var startTls = new Option<string?>("--starttls")
        {
            Description = "What is spoken before TLS",
            HelpName = string.Join('|', StartTls.Known),
        };
        startTls.AcceptOnlyFromAmong([.. StartTls.Known]);
        var serverName = new Option<string?>("--server-name")
        {
            Description = "The name in server_name. Without it: HOST",
            HelpName = "NAME",
        };
        var keys = new Option<string?>("--keys")
        {
            Description = "The key log that the server writes: without one its signature in TLS 1.3 can't be seen",
            HelpName = "KEYLOG",
        };
        var format = new Option<string>("--format")
        {
            Description = "text, or json for a program",
            HelpName = "text|json",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new DocumentedCommand(
            "probe",
            "Asks a server with ClientHellos which versions, suites, groups and signature schemes it takes, and in "
                + "whose order",
            new Example("probe 127.0.0.1:4433", "a server that speaks TLS from the first octet", true),
            new Example("probe mail.example.test:25 --starttls smtp", "a mail server", true),
            new Example("probe 127.0.0.1:4433 --keys keys.log", "with its signature in TLS 1.3", true),
            new Example("probe 127.0.0.1:4433 --format json", "the same for a program", true))
        {
            target, startTls, serverName, keys, format,
        };
        command.Words =
        [
            ("groups", "which it takes of a client that sends a key share of none (TLS 1.3)"),
            ("shares", "which it takes of a client that sends a key share of each"),
            ("goes before", "the only key share that is sent wins over groups that the server likes better, so that "
                + "no other is asked for; 'overtakes' in json"),
            ("refused", "versions of which it took no suite"),
            ("proven", "json: false if its answers follow no order, or nothing is known"),
        ];
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (host, port) = Target.Parse(parsed.GetRequiredValue(target));
            var console = parsed.InvocationConfiguration;
            var probe = new ServerProbe(host, port, parsed.GetValue(startTls), parsed.GetValue(keys));
            var since = TimeProvider.System.GetTimestamp();
            var name = NameOf(parsed.GetValue(serverName) ?? host);
            // A server far away answers some hundred questions in minutes.
            var policy = await RunScreen.Of(console.Error, quiet: false).WaitAsync(
                $"asking {host}:{port}", PolicyProbe.AskAsync(probe, name, cancellationToken));
            var lines = parsed.GetValue(format) == "json"
                ? [PolicyJson.Of(policy).ToJsonString()]
                : PolicyText.Lines(policy);
            foreach (var line in lines) console.Output.WriteLine(line);
            await console.Output.FlushAsync(cancellationToken);
            var seconds = TimeProvider.System.GetElapsedTime(since).TotalSeconds;
            console.Error.WriteLine($"{Plural.Of(probe.Asked, "ClientHello")} in {seconds:0.0} s"
                + (policy.Versions.Count > 0 ? "" : $": {host}:{port} took none of them. "
                    + (probe.OtherThanTls is { } said ? $"It says what is no TLS: \"{said}\". " : "")
                    + "Does it speak TLS there, from the first octet? If not: --starttls"));
            return policy.Versions.Count > 0 ? ExitStatus.Green : ExitStatus.Red;
        });
        return command;
    }

    // RFC 6066, Section 3: without a trailing dot; RFC 5890: in ASCII.
    private static string NameOf(string name)
    {
        try
        {
            return IPAddress.TryParse(name, out _) ? name : new IdnMapping().GetAscii(name.TrimEnd('.'));
        }
        catch (ArgumentException wrong)
        {
            throw new UsageException($"--server-name {name}: {wrong.Message}");
        }
    }
}
