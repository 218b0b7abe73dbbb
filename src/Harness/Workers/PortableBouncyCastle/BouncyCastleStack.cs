using System.Net.Security;
using Org.BouncyCastle.Crypto.Tls;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using TlsInterop.Harness.Scenarios;
using ProtocolVersion = TlsInterop.Tls.Wire.ProtocolVersion;

namespace TlsInterop.Harness.Workers;

/// <summary>Bouncy Castle's managed client: TLS 1.0 to 1.2, no code shared with OpenSSL.</summary>
internal sealed class BouncyCastleStack : ITlsClientStack
{
    private static readonly Dictionary<ProtocolVersion, Org.BouncyCastle.Crypto.Tls.ProtocolVersion> Versions = new()
    {
        [ProtocolVersion.Tls10] = Org.BouncyCastle.Crypto.Tls.ProtocolVersion.TLSv10,
        [ProtocolVersion.Tls11] = Org.BouncyCastle.Crypto.Tls.ProtocolVersion.TLSv11,
        [ProtocolVersion.Tls12] = Org.BouncyCastle.Crypto.Tls.ProtocolVersion.TLSv12,
    };

    // RFC 4492, Section 5.1.1 and RFC 7027, Section 2: the named curves that the library has parameters for.
    private static readonly Dictionary<string, int> Curves = Enumerable.Range(1, 28)
        .Where(TlsEccUtilities.IsSupportedNamedCurve)
        .ToDictionary(TlsEccUtilities.GetNameOfNamedCurve, StringComparer.Ordinal);

    private readonly SecureRandom _random = new();

    public string Version { get; } =
        $"Bouncy Castle {typeof(TlsClientProtocol).Assembly.GetName().Version!.ToString(3)}";

    public bool CanChooseSuite => true;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Obeys { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [ScenarioParameter.StartTls] = [],
            [ScenarioParameter.Alpn] = [],
            [ScenarioParameter.ServerName] = [],
            [ScenarioParameter.ClientCertificate] = [],
            [ScenarioParameter.Status] = [],
            [ScenarioParameter.Resume] = ["id"],
        };

    public bool SharesSessions => false;

    public IReadOnlyList<string> Groups { get; } = [.. Curves.Keys];

    public bool Offers(ProtocolVersion version) => Versions.ContainsKey(version);

    public bool Offers(ProtocolVersion version, ushort suite) =>
        Versions.TryGetValue(version, out var its) && BouncyCastleProbe.Completes(suite, its);

    public IReadOnlyList<ushort> SuitesAt(ProtocolVersion version) =>
        [.. Enum.GetValues<TlsCipherSuite>().Select(static suite => (ushort)suite)
            .Where(suite => Offers(version, suite))];

    public async Task<ITlsClientConnection> ConnectAsync(
        Stream transport, ClientOffer offer, CancellationToken cancellationToken)
    {
        var trust = BouncyCastleTrust.Read(
            offer.CaPath ?? throw new NotSupportedException("Bouncy Castle knows no roots of the system"));
        var client = new BouncyCastleClient(
            offer.Version is { } one ? Versions[one] : Versions[ProtocolVersion.Tls12],
            offer.Suite,
            offer.Group is { } group ? Curves[group] : null,
            offer.NamedServer,
            chain => trust.Verify(
                chain.GetCertificateList().Select(static sent => new X509Certificate(sent)), offer.ServerName))
        {
            Alpn = offer.Alpn,
            Certificate = offer.Certificate,
            AsksForStatus = offer.AsksForStatus,
            Oldest = Versions[offer.Version ?? ProtocolVersion.Tls10],
            Memory = offer.Session,
        };
        var protocol = new TlsClientProtocol(_random);
        var stream = new BouncyCastleStream(transport, protocol, protocol.OfferOutput);
        try
        {
            await stream.HandshakeAsync(() => protocol.Connect(client), () => client.IsComplete, cancellationToken);
            return new Connection(stream, $"{client.SelectedVersion}, {(TlsCipherSuite)client.SelectedSuite}");
        }
        catch (IOException fault) when (client.Alert is { } alert)
        {
            await stream.DisposeAsync();
            throw new IOException(alert, fault);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private sealed class Connection(BouncyCastleStream stream, string description) : ITlsClientConnection
    {
        public Stream Stream => stream;

        public string Description => description;

        public Task CloseNotifyAsync(CancellationToken cancellationToken) => stream.CloseNotifyAsync(cancellationToken);

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
