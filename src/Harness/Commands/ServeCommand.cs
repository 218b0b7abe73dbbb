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
    private static readonly Dictionary<string, Axis> Axes =
        DeviceSweep.Axes.ToDictionary(axis => $"{axis.Name}s", StringComparer.Ordinal);

    private static readonly string[] Usually = ["servers", "versions", "suites"];

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

    private readonly Option<int> _pagePort = new("--page-port")
    {
        Description = "TCP port of the page that shows how it stands. Without it: any", HelpName = "PORT",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string> _pageListen = new("--page-listen")
    {
        Description = "Address to show the page at. Without it this machine alone can read it, whatever --listen says",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback.ToString(),
    };

    private readonly Option<string> _sweep = new("--sweep")
    {
        Description = $"What is varied: any of {string.Join(", ", Axes.Keys)}; of the rest there is one value",
        HelpName = "LIST",
        DefaultValueFactory = _ => string.Join(',', Usually),
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

    private readonly Option<string?> _groups = new("--groups")
    {
        Description = "Groups to try, with commas: x25519,secp256r1. Without it: the usual ones, if groups are varied",
        HelpName = "LIST",
    };

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "Certificate profiles to try, with commas. Without it: one of each kind of key, if certificates "
            + $"are varied, else {CertificateProfile.Default}",
        HelpName = "LIST",
    };

    private readonly Option<string?> _quirks = new("--quirks")
    {
        Description = "Quirks of scripted servers to try, with commas, as 'quirks' lists them. Without it: all that a "
            + "right client takes, if quirks are varied",
        HelpName = "LIST",
    };

    private readonly Option<int?> _maxRuns = new("--max-runs")
    {
        Description = "Most connections. Without it: what the sweep takes, and what up to "
            + $"{DeviceSearch.RoomForFailures} failures do",
        HelpName = "N",
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
        _maxRuns.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1) result.AddError($"{_maxRuns.Name}: Expected: 1 or more");
        });
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
                "stopped by Ctrl-C, and typed again, it goes on", true),
            new Example("serve --server gnutls@trixie --port 4433 --sweep groups,certificates --page-port 8080",
                "groups and kinds of key of one server; http://127.0.0.1:8080 shows how it stands", true))
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
            [serve._server, serve._transport, serve._port, serve._listen, serve._pagePort, serve._pageListen,
             serve._sweep, serve._versions, serve._suites, serve._groups, serve._certificate, serve._quirks,
             serve._maxRuns, serve._state, serve._deadline, serve._patience, serve._json])
            command.Options.Add(option);
        command.Words =
        [
            ("worked", "the handshake went through, no fatal alert came behind it, and the device said something, or "
                + "close_notify"),
            ("FAILED", "it did not; how it ended, and the likeliest cause, stand below"),
            ("not offered", "the device's ClientHello does not name it: no fault, and not asked again"),
            ("at most N more", "connections that are needed yet, if nothing else fails"),
        ];
        command.Check = parsed => serve.Read(parsed, Repository.Find());
        command.SetAction((parsed, _) => serve.RunAsync(parsed));
        return command;
    }

    /// <summary>The arguments of a command line that has no errors.</summary>
    /// <exception cref="UsageException">They name what is not there.</exception>
    internal ServeArguments Read(ParseResult parsed, Repository repository)
    {
        return new()
        {
            Sweep = Sweep(parsed, repository.Catalogue()),
            Listen = Address(parsed, _listen),
            Port = Port(parsed, _port),
            PageListen = Address(parsed, _pageListen),
            PagePort = Port(parsed, _pagePort),
            Options = new()
            {
                Repository = repository,
                Deadline = TimeSpan.FromSeconds(parsed.GetValue(_deadline) ?? DeadlineSeconds),
            },
            Patience = TimeSpan.FromSeconds(parsed.GetValue(_patience) ?? PatienceSeconds),
            MaxRuns = parsed.GetValue(_maxRuns),
            State = parsed.GetValue(_state),
            Json = parsed.GetValue(_json),
        };
    }

    private static IPAddress Address(ParseResult parsed, Option<string> option)
    {
        var text = parsed.GetRequiredValue(option);
        return IPAddress.TryParse(text, out var address) ? address
            : throw new UsageException($"{option.Name} {text}: Expected: an address, as 127.0.0.1, 0.0.0.0 or ::1");
    }

    private static int Port(ParseResult parsed, Option<int> option)
    {
        var port = parsed.GetRequiredValue(option);
        return port is >= 0 and <= ushort.MaxValue ? port
            : throw new UsageException($"{option.Name} {port}: Expected: 0 to {ushort.MaxValue}");
    }

    private DeviceSweep Sweep(ParseResult parsed, EndpointCatalogue catalogue)
    {
        var transport = parsed.GetRequiredValue(_transport);
        var sweep = new DeviceSweep(
            [.. Words(parsed.GetRequiredValue(_server)).Select(name => Server(name, catalogue))],
            transport == Tls ? null : transport[StartTls.Length..])
        {
            Versions = [.. Words(parsed.GetValue(_versions)).Select(Version)],
            Suites = [.. Words(parsed.GetValue(_suites)).Select(Suite)],
            Groups = Names(parsed, _groups, "group", KeyExchangeGroups.All.Select(group => group.Name)),
            Certificates = Names(
                parsed, _certificate, "certificate profile", CertificateProfile.All.Select(profile => profile.Name)),
            Quirks = Names(parsed, _quirks, "quirk of a server that a right client takes", DeviceSweep.QuirksToTake),
        };
        sweep = sweep with
        {
            Varied =
            [
                .. Words(parsed.GetValue(_sweep)).Select(word => Axes.GetValueOrDefault(word)
                    ?? throw new UsageException(
                        $"{_sweep.Name}: {NearMatch.Unknown("thing to vary", word, Axes.Keys)}")),
                // Who names several means all of them.
                .. sweep.Groups.Count > 1 ? [Axis.Group] : Array.Empty<Axis>(),
                .. sweep.Certificates.Count > 1 ? [Axis.Certificate] : Array.Empty<Axis>(),
                .. sweep.Quirks.Count > 1 ? [Axis.Quirk] : Array.Empty<Axis>(),
            ],
        };
        foreach (var server in sweep.Servers.Where(server => sweep.ScenarioOf(server, catalogue) is null))
            throw new UsageException($"{_server.Name} {server}: it does not serve {transport}. "
                + $"'{CommandTree.Program} endpoints' lists the stacks; name another, or another {_transport.Name}");
        foreach (var server in sweep.Servers.Where(server => !catalogue.TellSecrets(server, DeviceSweep.Device)))
            throw new UsageException($"{_server.Name} {server}: it writes no key log, so that what a device says to it "
                + "can't be read. Name another server");
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

    private static string[] Names(ParseResult parsed, Option<string?> option, string kind, IEnumerable<string> known)
    {
        var words = Words(parsed.GetValue(option));
        var all = known.ToList();
        return words.FirstOrDefault(word => !all.Contains(word)) is { } unknown
            ? throw new UsageException($"{option.Name}: {NearMatch.Unknown(kind, unknown, all)}")
            : words;
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
