using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>The scripted client of this project, as one profile: TLS 1.0 to 1.3 as its script says.</summary>
/// <param name="profile">Whom it plays; one without a hello offers what it is told.</param>
internal sealed class ScriptedStack(ClientProfile profile) : ITlsClientStack
{
    /// <summary>The kind of worker that plays it.</summary>
    public const string Kind = "scripted";

    private readonly LineLog _keyLog = new(Environment.GetEnvironmentVariable(WorkerCommand.KeyLogVariable));

    public string Version => $"scripted, {profile.Name}";

    public bool HasQuirks => true;

    public bool CanChooseSuite => true;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Obeys { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [ScenarioParameter.StartTls] = [],
            [ScenarioParameter.ServerName] = [],
            [ScenarioParameter.ClientCertificate] = [],
            [ScenarioParameter.Resume] = ["id", "ticket", "psk"],
        };

    public bool SharesSessions => false;

    public IReadOnlyList<string> Groups { get; } = profile.Hello is { } hello
        ? [.. ScriptedOffers.Groups.Intersect(hello.Words(ExtensionType.SupportedGroups))]
        : ScriptedOffers.Groups;

    public bool Offers(ProtocolVersion version) => SuitesAt(version).Count > 0;

    public bool Offers(ProtocolVersion version, ushort suite) => SuitesAt(version).Contains(suite);

    public IReadOnlyList<ushort> SuitesAt(ProtocolVersion version)
    {
        var known = ScriptedOffers.SuitesAt(version);
        if (profile.Hello is not { } hello) return known;
        return profile.Offers(version) ? [.. hello.Suites.Select(suite => suite.Code).Intersect(known)] : [];
    }

    public async Task<ITlsClientConnection> ConnectAsync(
        Stream transport, ClientOffer offer, CancellationToken cancellationToken)
    {
        var quirks = profile.Quirks.Select(name => AllQuirks.Find(name)!).ToList();
        if (offer.Quirk is { } quirk) quirks.Add(quirk);
        var client = new ScriptedClient(transport, new()
        {
            Profile = profile.Hello is null ? profile with { Hello = Told(offer) } : profile,
            Behaviour = AllQuirks.Behaviour(quirks),
            ServerName = offer.NamedServer,
            Session = offer.Session?.Session as ScriptedSession,
            Chain = offer.Certificate?.ReadChain() ?? [],
            PrivateKey = offer.Certificate?.ReadKey(),
            Seed = offer.Seed,
            KeyLog = _keyLog.Write,
        });
        await client.HandshakeAsync(cancellationToken);
        return new Connection(client, transport, offer.Session);
    }

    private HelloShape Told(ClientOffer offer)
    {
        var version = offer.Version ?? ProtocolVersion.Tls12;
        var suites = offer.Suite is { } one ? [one] : SuitesAt(version);
        return PlainProfile.Of(
            version, [.. suites.Select(code => new CipherSuite(code))], offer.Group is { } group ? [group] : null,
            offer.TakesTickets).Hello!;
    }

    private sealed class Connection(ScriptedClient client, Stream transport, SessionMemory? memory)
        : ITlsClientConnection
    {
        public Stream Stream { get; } = new ScriptedStream(client, transport);

        public string Description => client.Description;

        public Task CloseNotifyAsync(CancellationToken cancellationToken) => client.CloseNotifyAsync(cancellationToken);

        public ValueTask DisposeAsync()
        {
            if (memory is not null) memory.Session = client.Session;
            return ValueTask.CompletedTask;
        }
    }
}
