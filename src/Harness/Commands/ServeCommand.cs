using System.CommandLine;
using System.Net;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Serve;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Commands;

/// <summary><c>serve</c>: what a device can't do that nobody can script, by what it makes of chosen servers.</summary>
internal sealed class ServeCommand
{
    private const double PatienceSeconds = 600, DeadlineSeconds = 30;

    private const string Tls = "tls", StartTls = "starttls-";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // What people may vary, by its name.
    private static readonly Dictionary<string, Axis> Axes = new(StringComparer.Ordinal)
    {
        ["servers"] = Axis.Server, ["versions"] = Axis.Version, ["suites"] = Axis.Suite,
    };

    private readonly Option<string> _server = new("--server")
    {
        Description = "Servers to try, with commas between them: STACK@VERSION", HelpName = "LIST", Required = true,
    };

    private readonly Option<string> _transport = new("--transport")
    {
        Description = "How TLS begins: at once, or as an upgrade of a mail protocol",
        HelpName = "tls|starttls-smtp|starttls-imap|starttls-pop3",
        DefaultValueFactory = _ => Tls,
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "TCP port that the device connects to; 0 for any", HelpName = "PORT", Required = true,
    };

    private readonly Option<string> _listen = new("--listen")
    {
        Description = "Address to listen at. Without it this machine alone can connect", HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback.ToString(),
    };

    private readonly Option<string> _sweep = new("--sweep")
    {
        Description = "What is varied; of the rest there is one value", HelpName = "servers,versions,suites",
        DefaultValueFactory = _ => string.Join(',', Axes.Keys),
    };

    private readonly Option<string?> _versions = new("--versions")
    {
        Description = "Versions to try, with commas: tls1.0,tls1.2. Without it: all that a server offers",
        HelpName = "LIST",
    };

    private readonly Option<string?> _suites = new("--suites")
    {
        Description = "Suites to try, with commas, by their IANA names. Without it: all that a server offers",
        HelpName = "LIST",
    };

    private readonly Option<string> _certificate = new("--certificate")
    {
        Description = "Certificate profile of the servers", HelpName = "PROFILE",
        DefaultValueFactory = _ => CertificateProfile.Default,
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = "File of what was asked and seen, one JSON object a line: given again, the search goes on",
        HelpName = "FILE",
    };

    private readonly Option<double?> _deadline = new("--deadline")
    {
        Description = $"Time that one connection has. Without it: {DeadlineSeconds}", HelpName = "SECONDS",
    };

    private readonly Option<double?> _patience = new("--patience")
    {
        Description = "Time without a connection after which what is known is the answer. Without it: "
            + $"{PatienceSeconds}",
        HelpName = "SECONDS",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "One JSON object in place of text; the progress goes to standard error",
    };

    private ServeCommand()
    {
        _transport.AcceptOnlyFromAmong(Tls, "starttls-smtp", "starttls-imap", "starttls-pop3");
        RunCommand.Above(_deadline, 0);
        RunCommand.Above(_patience, 0);
    }

    public static Command Create()
    {
        var serve = new ServeCommand();
        var command = new DocumentedCommand(
            "serve",
            "Finds out what a device can't do that connects by itself: each of its connections gets another server",
            new Example("serve --server gnutls@trixie,openssl@bookworm --port 4433", "with which version and suite "
                + "of which of the two a client fails", true),
            new Example("serve --server exim@trixie --transport starttls-smtp --port 2525 --listen 192.0.2.1",
                "the same for a device of the network that sends mail", true),
            new Example("serve --server openssl@bookworm --port 4433 --state phone.jsonl",
                "stopped by Ctrl-C, and typed again, it goes on", true))
        {
            Statuses =
            [
                (ExitStatus.Green, "nothing fails"),
                (ExitStatus.Red, "something fails, and is told as far as it is known"),
                (ExitStatus.Unusable, "wrong arguments, a port in use, or a device that did not come before it was "
                    + "known"),
            ],
        };
        foreach (Option option in (Option[])
            [serve._server, serve._transport, serve._port, serve._listen, serve._sweep, serve._versions, serve._suites,
             serve._certificate, serve._state, serve._deadline, serve._patience, serve._json])
            command.Options.Add(option);
        command.Words =
        [
            ("worked", "the handshake went through, and no fatal alert came behind it"),
            ("FAILED", "it did not; how it ended, and the likeliest cause, stand below"),
            ("not offered", "the device's ClientHello does not name it: no fault, and not asked again"),
        ];
        command.Check = parsed => serve.Read(parsed, Repository.Find());
        command.SetAction((parsed, _) => serve.RunAsync(parsed));
        return command;
    }

    /// <summary>The arguments of a command line that has no errors.</summary>
    /// <exception cref="UsageException">They name what is not there.</exception>
    internal ServeArguments Read(ParseResult parsed, Repository repository)
    {
        var port = parsed.GetRequiredValue(_port);
        if (port is < 0 or > ushort.MaxValue)
            throw new UsageException($"{_port.Name} {port}: Expected: 0 to {ushort.MaxValue}");
        var listen = parsed.GetRequiredValue(_listen);
        if (!IPAddress.TryParse(listen, out var address))
            throw new UsageException($"{_listen.Name} {listen}: Expected: an address, as 127.0.0.1, 0.0.0.0 or ::1");
        var certificate = parsed.GetRequiredValue(_certificate);
        if (CertificateProfile.Find(certificate) is null)
            throw new UsageException($"{_certificate.Name}: " + NearMatch.Unknown(
                "certificate profile", certificate, CertificateProfile.All.Select(profile => profile.Name)));
        return new()
        {
            Sweep = Sweep(parsed, repository.Catalogue(), certificate),
            Listen = address,
            Port = port,
            Options = new()
            {
                Repository = repository,
                Deadline = TimeSpan.FromSeconds(parsed.GetValue(_deadline) ?? DeadlineSeconds),
            },
            Patience = TimeSpan.FromSeconds(parsed.GetValue(_patience) ?? PatienceSeconds),
            State = parsed.GetValue(_state),
            Json = parsed.GetValue(_json),
        };
    }

    private DeviceSweep Sweep(ParseResult parsed, EndpointCatalogue catalogue, string certificate)
    {
        var transport = parsed.GetRequiredValue(_transport);
        var sweep = new DeviceSweep(
            [.. Words(parsed.GetRequiredValue(_server)).Select(name => Server(name, catalogue))],
            transport == Tls ? null : transport[StartTls.Length..], certificate)
        {
            Versions = [.. Words(parsed.GetValue(_versions)).Select(Version)],
            Suites = [.. Words(parsed.GetValue(_suites)).Select(Suite)],
            Varied =
            [
                .. Words(parsed.GetValue(_sweep)).Select(word => Axes.GetValueOrDefault(word)
                    ?? throw new UsageException(
                        $"{_sweep.Name}: {NearMatch.Unknown("thing to vary", word, Axes.Keys)}")),
            ],
        };
        foreach (var server in sweep.Servers.Where(server => sweep.ScenarioOf(server, catalogue) is null))
            throw new UsageException($"{_server.Name} {server}: it does not serve {transport}. "
                + $"'{CommandTree.Program} endpoints' lists the stacks; name another, or another {_transport.Name}");
        return sweep;
    }

    private EndpointReference Server(string name, EndpointCatalogue catalogue)
    {
        var (definition, reference) = EndpointsCommand.Find(name, catalogue);
        if (definition.Server is null) throw new UsageException($"{_server.Name} {name}: it is no server");
        return reference.Version is null && definition.VersionNames() is { Count: > 0 } versions
            ? throw new UsageException($"{_server.Name} {name}: which version? There are: "
                + string.Join(", ", versions.Select(version => $"{name}@{version}")))
            : reference;
    }

    private ProtocolVersion Version(string text) => ProtocolVersion.TryParse(text, out var version)
        ? version
        : throw new UsageException($"{_versions.Name}: "
            + NearMatch.Unknown("version", text, ProtocolVersion.Known.Select(known => known.Id)));

    private CipherSuite Suite(string text) => CipherSuites.Find(text) is { } suite
        ? new CipherSuite(suite.Code)
        : throw new UsageException(
            $"{_suites.Name}: {NearMatch.Unknown("suite", text, CipherSuites.All.Select(known => known.Name))}");

    private static string[] Words(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task<int> RunAsync(ParseResult parsed)
    {
        var arguments = Read(parsed, Repository.Find());
        var console = parsed.InvocationConfiguration;
        var screen = RunScreen.Of(arguments.Json ? console.Error : console.Output, quiet: false);
        using var interruption = new RunInterruption(Grace, Environment.Exit, screen.Progress.Note);
        interruption.Listen();
        return await new ServeAction(arguments, screen, console.Output, interruption).RunAsync();
    }
}
