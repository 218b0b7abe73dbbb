using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>Chooses version, suite and group as a server's profile and configuration have it.</summary>
/// <param name="options">Profile and configuration.</param>
/// <param name="key">The server's key, which suites have to fit.</param>
internal sealed class ServerPreferences(ServerOptions options, SigningKey key)
{
    private static readonly ProtocolVersion[] AllVersions =
        [ProtocolVersion.Tls10, ProtocolVersion.Tls11, ProtocolVersion.Tls12, ProtocolVersion.Tls13];

    private static readonly NamedGroup Ffdhe2048 = new(NamedGroups.Find("ffdhe2048")!.Code);
    private static readonly NamedGroup Secp256r1 = new(NamedGroups.Find("secp256r1")!.Code);

    /// <summary>What it speaks.</summary>
    public IReadOnlyList<ProtocolVersion> Versions { get; } =
        options.Version is { } only ? [only]
        : options.Profile.Versions.Count > 0 ? options.Profile.Versions
        : AllVersions;

    private readonly IReadOnlyList<NamedGroup> _groups =
    [
        .. (options.Group is { } only ? [only]
            : options.Profile.Groups.Count > 0 ? options.Profile.Groups : PlainProfile.UsualGroups)
            .Select(ExtensionMakers.Group),
    ];

    /// <summary>The choice.</summary>
    /// <exception cref="ScriptedFault">There is nothing in common.</exception>
    public ServerChoice Choose(ClientHello hello)
    {
        // RFC 8446, Section 4.2.1; RFC 5246, Appendix E.1
        var versions = Versions.Where(version => hello.Extensions.Has(ExtensionType.SupportedVersions)
            ? hello.OfferedVersions.Contains(version)
            : !version.IsTls13 && version <= hello.LegacyVersion).ToArray();
        if (versions.Length == 0)
            throw new ScriptedFault(
                $"Expected one of {string.Join(", ", Versions)}. Got: {string.Join(", ", hello.OfferedVersions)}",
                "protocol_version");
        var version = versions.Max();
        // RFC 8446, Section 4.1.2; RFC 5246, Section 7.4.1.2
        if (version.IsTls13 ? hello.CompressionMethods is not [{ Code: 0 }]
            : !hello.CompressionMethods.Contains(CompressionMethod.Null))
            throw new ScriptedFault(
                $"Expected the compression method null. Got: {string.Join(", ", hello.CompressionMethods)}",
                "illegal_parameter");
        foreach (var suite in Suites(hello))
            if (Fits(version, suite) && Group(version, suite, hello) is { } choice) return choice;
        throw new ScriptedFault("no suite and group in common", "handshake_failure");
    }

    private IEnumerable<CipherSuiteInfo> Suites(ClientHello hello)
    {
        IReadOnlyList<CipherSuite> own = options.Suite is { } only ? [only] : options.Profile.Suites;
        var common = own.Count == 0 ? hello.CipherSuites : own.Where(hello.CipherSuites.Contains);
        return common.Select(suite => suite.Info).OfType<CipherSuiteInfo>();
    }

    private bool Fits(ProtocolVersion version, CipherSuiteInfo suite) =>
        ScriptedOffers.IsOf(version, suite)
        && suite.Authentication switch
        {
            AuthenticationAlgorithm.Rsa => key.IsRsa,
            AuthenticationAlgorithm.Ecdsa => !key.IsRsa,
            _ => true,
        };

    private ServerChoice? Group(ProtocolVersion version, CipherSuiteInfo suite, ClientHello hello)
    {
        var offered = hello.Extensions.Find<SupportedGroupsExtension>()?.Groups ?? [];
        if (version.IsTls13)
        {
            var shares = hello.Extensions.Find<KeyShareExtension>()?.Entries ?? [];
            foreach (var group in _groups)
                if (shares.Any(share => share.Group == group)) return new(version, suite, group);
            foreach (var group in _groups)
                if (offered.Contains(group)) return new(version, suite, group, NeedsRetry: true);
            return null;
        }
        // RFC 8422, Section 4: who does not say which curves he knows may know all.
        return suite.KeyExchange switch
        {
            KeyExchangeAlgorithm.Ecdhe => _groups
                .Where(group => group.Info is { Kind: NamedGroupKind.EllipticCurve })
                .Where(group => offered.Count == 0 ? group == Secp256r1 : offered.Contains(group))
                .Select(group => new ServerChoice(version, suite, group)).FirstOrDefault(),
            KeyExchangeAlgorithm.Dhe => new(
                version, suite,
                _groups.FirstOrDefault(
                    group => group.Info is { Kind: NamedGroupKind.FiniteField }, Ffdhe2048)),
            _ => new(version, suite, null),
        };
    }
}
