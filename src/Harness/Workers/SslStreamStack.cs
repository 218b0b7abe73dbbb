using System.Collections.Concurrent;
using System.ComponentModel;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Workers;

/// <summary>.NET's <see cref="SslStream"/>: OpenSSL on Linux, SChannel on Windows, Apple's on macOS.</summary>
/// <remarks>
/// OpenSSL reads its configuration at its first use in the process, from the file that <c>OPENSSL_CONF</c> named when
/// the process started (<see cref="OpenSslConfiguration"/>). Groups come from there as well: .NET has no choice of
/// groups.
/// </remarks>
internal sealed class SslStreamStack : ITlsClientStack
{
    private static readonly Dictionary<ProtocolVersion, SslProtocols> Protocols = new()
    {
        [ProtocolVersion.Tls10] = SslProtocols.Tls,
        [ProtocolVersion.Tls11] = SslProtocols.Tls11,
        [ProtocolVersion.Tls12] = SslProtocols.Tls12,
        [ProtocolVersion.Tls13] = SslProtocols.Tls13,
    };

    private readonly ConcurrentDictionary<ProtocolVersion, ClientHelloOffer?> _probed = new();

    // .NET reads it once, at its first use of TLS; the file is the one that SSLKEYLOGFILE names.
    public SslStreamStack() => AppContext.SetSwitch("System.Net.EnableSslKeyLogging", true);

    public string Version { get; } = "SslStream of " + RuntimeInformation.FrameworkDescription + Provider();

    // Who resumes was started for its one suite: with a choice of suites .NET keeps no sessions.
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Obeys { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            [ScenarioParameter.StartTls] = [],
            [ScenarioParameter.Alpn] = [],
            [ScenarioParameter.ServerName] = [],
            [ScenarioParameter.ClientCertificate] = [],
            [ScenarioParameter.Resume] = ["ticket", "psk"],
            [ScenarioParameter.FirstGroup] = [],
        };

    public bool SharesSessions => true;

    public bool CanChooseSuite => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();

    public bool Offers(ProtocolVersion version) => Probe(version) is not null;

    public bool Offers(ProtocolVersion version, ushort suite) => Probe(version)?.Suites.Contains(suite) ?? false;

    public IReadOnlyList<ushort> SuitesAt(ProtocolVersion version) => Probe(version)?.Suites ?? [];

    /// <summary>
    /// The groups of a process that was started for one, or for one behind another; none for one that offers more.
    /// </summary>
    public IReadOnlyList<string> Groups
    {
        get
        {
            var offered = (Probe(ProtocolVersion.Tls13) ?? Probe(ProtocolVersion.Tls12))?.Groups ?? [];
            return offered.Count <= 2
                ? [.. offered.Select(static code => NamedGroups.Find(code)?.Name).OfType<string>()]
                : [];
        }
    }

    public async Task<ITlsClientConnection> ConnectAsync(
        Stream transport, ClientOffer offer, CancellationToken cancellationToken)
    {
        var options = Options(
            offer.Version, offer.NamedServer ?? "",
            offer is { Suite: { } suite, Session: null } ? [(TlsCipherSuite)suite] : null);
        options.AllowTlsResume = offer.Session is not null;
        if (offer.Alpn is { } protocol) options.ApplicationProtocols = [new SslApplicationProtocol(protocol)];
        using var own = offer.Certificate is { } files
            ? X509Certificate2.CreateFromPemFile(files.Chain, files.Key)
            : null;
        if (own is not null)
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(offer.Certificate!.Chain);
            options.ClientCertificateContext = SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        // The name that is sent need not be the one that is held to.
        if (offer.NamedServer != offer.ServerName)
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == 0
                && certificate is X509Certificate2 theirs && theirs.MatchesHostname(offer.ServerName);
        var trust = new X509ChainPolicy
        {
            TrustMode = offer.CaPath is null ? X509ChainTrustMode.System : X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (offer.CaPath is { } roots) trust.CustomTrustStore.ImportFromPemFile(roots);
        options.CertificateChainPolicy = trust;
        var stream = new SslStream(transport, leaveInnerStreamOpen: true);
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken);
            return new Connection(stream);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
        finally
        {
            foreach (var root in trust.CustomTrustStore) root.Dispose();
        }
    }

    // Unasked, resumption would make the second connection's handshake another one than the first's.
    private static SslClientAuthenticationOptions Options(
        ProtocolVersion? version, string serverName, IEnumerable<TlsCipherSuite>? suites) => new()
        {
            TargetHost = serverName,
            EnabledSslProtocols = version is { } one ? Protocols[one] : SslProtocols.None,
            AllowTlsResume = false,
#pragma warning disable CA1416 // A suite is chosen only where CanChooseSuite says so.
            CipherSuitesPolicy = suites is null ? null : new CipherSuitesPolicy(suites),
#pragma warning restore CA1416
        };

    // Offers every suite that has a name and reads which of them reach the ClientHello.
    private ClientHelloOffer? Probe(ProtocolVersion version) => _probed.GetOrAdd(version, probed =>
    {
        if (!Protocols.ContainsKey(probed)) return null;
        using var silent = new FirstFlightStream();
        using var stream = new SslStream(silent, leaveInnerStreamOpen: true);
        try
        {
            stream.AuthenticateAsClient(
                Options(probed, "localhost", CanChooseSuite ? Enum.GetValues<TlsCipherSuite>() : null));
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or Win32Exception
            or CryptographicException)
        {
            // The silent peer ends every handshake; a version that is switched off ends it before the ClientHello.
        }
        var offer = ClientHelloOffer.Read(silent.ToArray());
        return offer is null
            ? null
            : offer with { Suites = [.. offer.Suites.Where(static code => !new CipherSuite(code).IsSignal)] };
    });

    private static string Provider()
    {
        if (!OperatingSystem.IsLinux()) return "";
        // OPENSSL_VERSION_NUMBER: 0xMNN00PP0 since 3.0; 0xMNNFFPPS before, where PP counts the letters.
        var number = (ulong)SafeEvpPKeyHandle.OpenSslVersion;
        var (major, minor, fix, patch) =
            (number >> 28, (number >> 20) & 0xff, (number >> 12) & 0xff, (number >> 4) & 0xff);
        return major >= 3
            ? $", OpenSSL {major}.{minor}.{patch}"
            : $", OpenSSL {major}.{minor}.{fix}{(patch is > 0 and <= 26 ? ((char)('a' + patch - 1)).ToString() : "")}";
    }

    private sealed class Connection(SslStream stream) : ITlsClientConnection
    {
        public Stream Stream => stream;

        public string Description => $"{stream.SslProtocol}, {stream.NegotiatedCipherSuite}";

        public async Task CloseNotifyAsync(CancellationToken cancellationToken)
        {
            await stream.ShutdownAsync().WaitAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
