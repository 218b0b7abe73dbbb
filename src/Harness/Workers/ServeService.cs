using System.Collections.Concurrent;
using System.Net;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>Serves as a profile of the scripted server, at as many ports as it is asked to.</summary>
/// <param name="profile">Whom it plays.</param>
internal sealed class ServeService(ServerProfile profile) : IWorkerService
{
    /// <summary>The kind of worker that plays it.</summary>
    public const string Kind = "scripted-server";

    /// <summary>Name of the key log in the folder of a server.</summary>
    public const string KeyLogFile = WorkerCommand.KeyLogFile;

    private static readonly Dictionary<string, IReadOnlyList<string>> Obeys =
        new(StringComparer.Ordinal)
        {
            [ScenarioParameter.StartTls] = [],
            [ScenarioParameter.ClientCertificate] = ["asked", "required"],
            [ScenarioParameter.Resume] = ["id", "ticket", "psk", ScenarioParameter.Forget],
            [ScenarioParameter.Versions] = ["all"],
        };

    private readonly ConcurrentDictionary<int, ScriptedListener> _listeners = new();

    private IReadOnlyList<string> Groups { get; } =
        profile.Groups.Count > 0 ? profile.Groups : PlainProfile.UsualGroups;

    public async Task<WorkerAnswer> AnswerAsync(string line, CancellationToken cancellationToken)
    {
        if (WorkerJson.ReadRequest(line, out var refusal) is not { } request) return refusal!;
        try
        {
            return request.Op switch
            {
                "serve" => Serve(request),
                "stop" => await StopAsync(request),
                "capabilities" => Capabilities(request),
                _ => WorkerAnswer.Refuse(request, WorkerExit.BadRequest,
                    $"unknown op '{request.Op}'; there are: serve, stop, capabilities"),
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return WorkerAnswer.Refuse(request, WorkerExit.Failed, fault.Message);
        }
    }

    public void Dispose()
    {
        // Disposing a listener ends sockets alone: nothing is waited for.
        foreach (var listener in _listeners.Values) _ = listener.DisposeAsync().AsTask();
    }

    private WorkerAnswer Capabilities(WorkerRequest request) => new()
    {
        Id = request.Id,
        Exit = WorkerExit.Done,
        Version = $"scripted, {profile.Name}",
        Groups = Groups,
        Suites =
        [
            .. from version in ProtocolVersion.Known
               from suite in SuitesAt(version)
               select new OfferedSuite(version.Id, $"0x{suite:x4}"),
        ],
    };

    private IEnumerable<ushort> SuitesAt(ProtocolVersion version)
    {
        if (profile.Versions.Count > 0 && !profile.Versions.Contains(version)) return [];
        var known = ScriptedOffers.SuitesAt(version);
        return profile.Suites.Count == 0 ? known : profile.Suites.Select(suite => suite.Code).Intersect(known);
    }

    private WorkerAnswer Serve(WorkerRequest request)
    {
        if (Missing(request) is { } missing) return WorkerAnswer.Refuse(request, WorkerExit.Unsupported, missing);
        ProtocolVersion? version = request.Version is { } id && ProtocolVersion.TryParse(id, out var named)
            ? named
            : null;
        CipherSuite? suite = request.Suite is { } name ? new CipherSuite(CipherSuites.Find(name)!.Code) : null;
        if (version is { } asked && suite is { } wanted && !SuitesAt(asked).Contains(wanted.Code))
            return WorkerAnswer.Refuse(
                request, WorkerExit.Unsupported, $"{profile.Name} does not speak {wanted} in {asked}");

        var files = CertificateFiles.Of(request.Certificates, request.Certificate ?? CertificateProfile.Default);
        string? Ask(string parameter) => request.Asks.GetValueOrDefault(parameter);
        var wantsCertificate = Ask(ScenarioParameter.ClientCertificate);
        var options = new ServerOptions
        {
            Profile = profile,
            Version = version,
            Suite = suite,
            Group = request.Group,
            Chain = files.ReadChain(),
            PrivateKey = files.ReadKey(),
            AsksForCertificate = wantsCertificate is not null,
            RequiresCertificate = wantsCertificate == "required",
            Sessions = Ask(ScenarioParameter.Resume) is { } resume && resume != ScenarioParameter.Forget
                ? new SessionStore()
                : null,
            GivesTickets = Ask(ScenarioParameter.Resume) == ScenarioParameter.Ticket,
            Seed = request.Seed,
            KeyLog = new LineLog(Path.Combine(request.Folder!, KeyLogFile)).Write,
        };
        var quirks = profile.Quirks.Append(request.Quirk).OfType<string>().Select(quirk => AllQuirks.Find(quirk)!);
        var output = new LineLog(Path.Combine(request.Folder!, "output"));
        // A behaviour remembers what it did in its connection: each has one of its own.
        var listener = new ScriptedListener(
            Addresses(request), () => options with { Behaviour = AllQuirks.Behaviour(quirks) },
            ServedDialogue.Find(request.Dialogue), request.StartTls is not null, output.Write);
        _listeners[listener.Port] = listener;
        return new() { Id = request.Id, Exit = WorkerExit.Done, Port = listener.Port };
    }

    private string? Missing(WorkerRequest request)
    {
        if (request.Folder is null || !Directory.Exists(request.Folder)) return "\"folder\" is missing";
        if (request.Version is { } version && !ProtocolVersion.TryParse(version, out _))
            return $"unknown version '{version}'";
        if (request.Suite is { } suite && CipherSuites.Find(suite) is null) return $"unknown suite '{suite}'";
        // Not all that a client has: nothing here encapsulates, as the server's half of ML-KEM does.
        if (request.Group is { } group && !Groups.Contains(group)) return $"{profile.Name} has no group '{group}'";
        if (request.StartTls is not null && ServedDialogue.Find(request.Dialogue) is null)
            return $"there is no STARTTLS in '{request.Dialogue}'; there is in: "
                + string.Join(", ", ServedDialogue.All.Select(dialogue => dialogue.Name));
        if (request.Quirk is { } quirk && AllQuirks.Find(quirk)?.Of.HasFlag(QuirkSide.Server) != true)
            return $"'{quirk}' is no quirk of servers";
        foreach (var (name, value) in request.Asks)
        {
            if (!Obeys.TryGetValue(name, out var values)) return $"a scripted server has no way to ask for {name}";
            if (values.Count > 0 && !values.Contains(value)) return $"a scripted server has no {name} '{value}'";
        }
        return null;
    }

    private static IReadOnlyList<IPAddress> Addresses(WorkerRequest request)
    {
        var outer = request.Host is null ? null : IPAddress.Parse(request.Host);
        return outer is null || IPAddress.IsLoopback(outer) ? [IPAddress.Loopback] : [IPAddress.Loopback, outer];
    }

    private async Task<WorkerAnswer> StopAsync(WorkerRequest request)
    {
        if (_listeners.TryRemove(request.Port, out var listener)) await listener.DisposeAsync();
        return new() { Id = request.Id, Exit = WorkerExit.Done };
    }
}
