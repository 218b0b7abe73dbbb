using System.Net;
using System.Net.Security;
using System.Reflection;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Org.BouncyCastle.X509;
using TlsInterop.Harness.Scenarios;
using BcVersion = Org.BouncyCastle.Tls.ProtocolVersion;
using NamedGroups = TlsInterop.Tls.Wire.NamedGroups;
using ProtocolVersion = TlsInterop.Tls.Wire.ProtocolVersion;

namespace TlsInterop.Harness.Workers;

/// <summary>Bouncy Castle's managed client: TLS 1.0 to 1.3, no code shared with OpenSSL.</summary>
internal sealed class BouncyCastleStack : ITlsClientStack
{
    private static readonly BcTlsCrypto Primitives = new(new SecureRandom());

    private static readonly Dictionary<ProtocolVersion, BcVersion> Versions = new()
    {
        [ProtocolVersion.Tls10] = BcVersion.TLSv10,
        [ProtocolVersion.Tls11] = BcVersion.TLSv11,
        [ProtocolVersion.Tls12] = BcVersion.TLSv12,
        [ProtocolVersion.Tls13] = BcVersion.TLSv13,
    };

    // The others need a pre-shared key or a certificate of a rare kind.
    private static bool IsAtHand(int keyExchange) => keyExchange
        is KeyExchangeAlgorithm.NULL or KeyExchangeAlgorithm.RSA or KeyExchangeAlgorithm.DHE_RSA
        or KeyExchangeAlgorithm.ECDHE_RSA or KeyExchangeAlgorithm.ECDHE_ECDSA or KeyExchangeAlgorithm.DH_anon
        or KeyExchangeAlgorithm.ECDH_anon;

    private static readonly Dictionary<string, int> Codes = NamedGroups.All
        .Where(static group => TlsUtilities.IsSupportedNamedGroup(Primitives, group.Code))
        .ToDictionary(static group => group.Name, static group => (int)group.Code, StringComparer.Ordinal);

    // The assembly's version is 2.0.0 for all of 2.x; behind a '+' is the commit.
    public string Version { get; } = "Bouncy Castle " + typeof(TlsClientProtocol).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

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

    public IReadOnlyList<string> Groups { get; } = [.. Codes.Keys];

    public bool Offers(ProtocolVersion version) => Versions.ContainsKey(version);

    public bool Offers(ProtocolVersion version, ushort suite) =>
        Versions.TryGetValue(version, out var its)
        && TlsUtilities.IsValidVersionForCipherSuite(suite, its)
        && IsAtHand(TlsUtilities.GetKeyExchangeAlgorithm(suite))
        && TlsUtilities.IsSupportedCipherSuite(Primitives, suite);

    public IReadOnlyList<ushort> SuitesAt(ProtocolVersion version) =>
        [.. Enum.GetValues<TlsCipherSuite>().Select(static suite => (ushort)suite)
            .Where(suite => Offers(version, suite))];

    public async Task<ITlsClientConnection> ConnectAsync(
        Stream transport, ClientOffer offer, CancellationToken cancellationToken)
    {
        var trust = BouncyCastleTrust.Read(
            offer.CaPath ?? throw new NotSupportedException("Bouncy Castle knows no roots of the system"));
        var (client, protocol) = (new Client(offer, trust), new TlsClientProtocol());
        var stream = new BouncyCastleStream(transport, protocol, protocol.WriteApplicationData);
        try
        {
            await stream.HandshakeAsync(
                () => protocol.Connect(client), () => client.Description is not null, cancellationToken);
            return new Connection(stream, client.Description!);
        }
        catch (Exception fault)
        {
            await stream.DisposeAsync();
            if (fault is IOException && client.Alert is { } alert) throw new IOException(alert, fault);
            throw;
        }
    }

    private sealed class Client(ClientOffer offer, BouncyCastleTrust trust)
        : DefaultTlsClient(Primitives), TlsAuthentication
    {
        /// <summary>What was agreed; null before both Finished messages are through.</summary>
        public string? Description { get; private set; }

        /// <summary>The last fatal alert of either side in words, or null.</summary>
        public string? Alert { get; private set; }

        protected override BcVersion[] GetSupportedVersions() =>
            Versions[offer.Version ?? ProtocolVersion.Tls13].DownTo(Versions[offer.Version ?? ProtocolVersion.Tls10]);

        protected override int[] GetSupportedCipherSuites() =>
            offer.Suite is { } only ? [only] : base.GetSupportedCipherSuites();

        protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) =>
            offer.Group is { } only ? [Codes[only]] : base.GetSupportedGroups(namedGroupRoles);

        // RFC 6066, Section 3: an address is not sent.
        protected override IList<ServerName>? GetSniServerNames() =>
            offer.NamedServer is { } name && !IPAddress.TryParse(name, out _)
                ? [new ServerName(NameType.host_name, System.Text.Encoding.ASCII.GetBytes(name))]
                : null;

        protected override IList<ProtocolName>? GetProtocolNames() =>
            offer.Alpn is { } protocol ? [ProtocolName.AsUtf8Encoding(protocol)] : null;

        protected override CertificateStatusRequest? GetCertificateStatusRequest() =>
            offer.AsksForStatus ? base.GetCertificateStatusRequest() : null;

        // RFC 7627, Section 5.3: servers without extended_master_secret resume as well.
        public override bool AllowLegacyResumption() => true;

        public override TlsSession? GetSessionToResume() => (TlsSession?)offer.Session?.Session;

        public override TlsAuthentication GetAuthentication() => this;

        public void NotifyServerCertificate(TlsServerCertificate serverCertificate) => trust.Verify(
            serverCertificate.Certificate.GetCertificateList()
                .Select(static sent => new X509Certificate(sent.GetEncoded())), offer.ServerName);

        public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest) =>
            offer.Certificate is { } files ? Read(files, certificateRequest) : null;

        public override void NotifyHandshakeComplete()
        {
            base.NotifyHandshakeComplete();
            if (offer.Session is { } memory) memory.Session = m_context.ResumableSession;
            var agreed = m_context.SecurityParameters;
            Description = $"{agreed.NegotiatedVersion}, {(TlsCipherSuite)agreed.CipherSuite}";
        }

        public override void NotifyAlertRaised(
            short alertLevel, short alertDescription, string message, Exception cause)
        {
            if (alertLevel == AlertLevel.fatal) Alert = $"we sent alert {AlertDescription.GetText(alertDescription)}";
        }

        public override void NotifyAlertReceived(short alertLevel, short alertDescription)
        {
            if (alertLevel == AlertLevel.fatal)
                Alert = $"the server sent alert {AlertDescription.GetText(alertDescription)}";
        }

        private BcDefaultTlsCredentialedSigner Read(CertificateFiles files, CertificateRequest asked)
        {
            var key = PrivateKeyFactory.CreateKey(files.ReadKey());
            var isTls13 = TlsUtilities.IsTlsV13(m_context);
            // RFC 5246, Section 7.4.4: TLS 1.1 and older have no list.
            var scheme = asked.SupportedSignatureAlgorithms?.Where(offered => Fits(offered, key, isTls13))
                .MinBy(static offered => offered.Hash);
            if (asked.SupportedSignatureAlgorithms is not null && scheme is null)
                throw new TlsFatalAlert(AlertDescription.handshake_failure);
            var chain = files.ReadChain()
                .Select(static der => new CertificateEntry(Primitives.CreateCertificate(der), extensions: null));
            return new(
                new TlsCryptoParameters(m_context), Primitives, key,
                new Certificate(isTls13 ? asked.GetCertificateRequestContext() : null, [.. chain]), scheme);
        }

        // RFC 8446, Section 4.2.3: TLS 1.3 has PSS alone for RSA, and one hash for each curve.
        private static bool Fits(SignatureAndHashAlgorithm offered, AsymmetricKeyParameter key, bool isTls13) =>
            key is ECPrivateKeyParameters { Parameters.Curve.FieldSize: var bits }
                ? offered.Signature == SignatureAlgorithm.ecdsa
                    && offered.Hash == (bits <= 256 ? HashAlgorithm.sha256
                        : bits <= 384 ? HashAlgorithm.sha384 : HashAlgorithm.sha512)
                : isTls13
                    ? offered.Signature == SignatureAlgorithm.rsa_pss_rsae_sha256
                    : offered.Signature == SignatureAlgorithm.rsa && offered.Hash >= HashAlgorithm.sha256;
    }

    private sealed class Connection(BouncyCastleStream stream, string description) : ITlsClientConnection
    {
        public Stream Stream => stream;

        public string Description => description;

        public Task CloseNotifyAsync(CancellationToken cancellationToken) => stream.CloseNotifyAsync(cancellationToken);

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
