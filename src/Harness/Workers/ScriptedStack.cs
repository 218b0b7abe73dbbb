using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>The scripted client of this project: TLS 1.0 to 1.3 as its script says.</summary>
internal sealed class ScriptedStack : ITlsClientStack
{
    /// <summary>The kind of worker that plays it.</summary>
    public const string Kind = "scripted";

    private readonly Lock _gate = new();
    private readonly string? _keyLog = Environment.GetEnvironmentVariable(WorkerCommand.KeyLogVariable);

    public string Version => "scripted";

    public bool HasQuirks => true;

    public bool CanChooseSuite => true;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Obeys { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [ScenarioParameter.StartTls] = [],
            [ScenarioParameter.ServerName] = [],
            [ScenarioParameter.ClientCertificate] = [],
        };

    public bool SharesSessions => false;

    public IReadOnlyList<string> Groups { get; } = ScriptedOffers.Groups;

    public bool Offers(ProtocolVersion version) => SuitesAt(version).Count > 0;

    public bool Offers(ProtocolVersion version, ushort suite) => SuitesAt(version).Contains(suite);

    public IReadOnlyList<ushort> SuitesAt(ProtocolVersion version) => ScriptedOffers.SuitesAt(version);

    public async Task<ITlsClientConnection> ConnectAsync(
        Stream transport, ClientOffer offer, CancellationToken cancellationToken)
    {
        var version = offer.Version ?? ProtocolVersion.Tls12;
        var suites = offer.Suite is { } one ? [one] : SuitesAt(version);
        var client = new ScriptedClient(transport, WithCertificate(offer.Certificate, new()
        {
            Profile = PlainProfile.Of(
                version, [.. suites.Select(code => new CipherSuite(code))], offer.Group is { } group ? [group] : null),
            Behaviour = AllQuirks.Behaviour(offer.Quirk is { } quirk ? [quirk] : []),
            ServerName = offer.NamedServer,
            KeyLog = Log,
        }));
        await client.HandshakeAsync(cancellationToken);
        return new Connection(client);
    }

    // Connections of one process share the file; a line is written whole.
    private void Log(string line)
    {
        if (_keyLog is null) return;
        lock (_gate) File.AppendAllText(_keyLog, line + "\n");
    }

    private static ClientOptions WithCertificate(CertificateFiles? files, ClientOptions options)
    {
        if (files is null) return options;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(files.Chain);
        return options with
        {
            Chain = [.. chain.Select(certificate => certificate.RawData)],
            PrivateKey = PrivateKey(files.Key),
        };
    }

    private static byte[] PrivateKey(string path)
    {
        using var pem = File.OpenText(path);
        var key = (AsymmetricKeyParameter)new PemReader(pem).ReadObject();
        return PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded();
    }

    private sealed class Connection(ScriptedClient client) : ITlsClientConnection
    {
        public Stream Stream => client.Data;

        public string Description => client.Description;

        public Task CloseNotifyAsync(CancellationToken cancellationToken) => client.CloseNotifyAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
