using TlsInterop.Harness.Endpoints;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>Finds out what a server does in one version, by what it answers to ClientHellos.</summary>
/// <param name="probe">Asks the server.</param>
/// <param name="serverName">The name that it is asked for.</param>
internal sealed class PolicyProbe(ServerProbe probe, string serverName)
{
    /// <summary>
    /// What an answer that is kept depends on beside the server: counted up where other questions are asked.
    /// </summary>
    public const int Revision = 3;

    /// <summary>The versions that a server is asked for.</summary>
    public static IReadOnlyList<ProtocolVersion> Versions { get; } =
        [.. ProtocolVersion.Known.Where(version => version >= ProtocolVersion.Tls10)];

    // Code points that some server may take from a client that it knows nothing of.
    private static readonly ushort[] Suites =
    [
        .. CipherSuites.All.Where(suite => suite.KeyExchange is KeyExchangeAlgorithm.Tls13 or KeyExchangeAlgorithm.Rsa
                or KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.Ecdhe
            && suite.Authentication is AuthenticationAlgorithm.Tls13 or AuthenticationAlgorithm.Rsa
                or AuthenticationAlgorithm.Ecdsa).Select(suite => suite.Code),
    ];

    private static readonly ushort[] UsualShares =
        [.. new[] { "x25519", "secp256r1", "secp384r1" }.Select(name => NamedGroups.Find(name)!.Code)];

    private static readonly ushort[] Groups =
        [.. NamedGroups.All.Where(group => group.ClientShareLength > 0).Select(group => group.Code)];

    private static readonly Dictionary<string, string> Curves = new(StringComparer.Ordinal)
    {
        ["p256"] = "secp256r1", ["p384"] = "secp384r1", ["p521"] = "secp521r1",
    };

    // wolfSSL keeps the first 16 alone: those of RFC 8446, Section 9.1, and what else is met come first.
    private static readonly ushort[] Schemes =
    [
        .. new[]
        {
            "ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "ecdsa_secp521r1_sha512", "ed25519", "ed448",
            "rsa_pss_rsae_sha256", "rsa_pss_rsae_sha384", "rsa_pss_rsae_sha512",
            "rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512",
            "rsa_pkcs1_sha256", "rsa_pkcs1_sha384", "rsa_pkcs1_sha512",
        }.Select(name => SignatureSchemes.Find(name)!.Code)
            .Union(SignatureSchemes.All.Select(scheme => scheme.Code)),
    ];

    /// <summary>What a server does, in every version from TLS 1.0 on.</summary>
    /// <exception cref="EndpointException">Nothing listens there.</exception>
    public static async Task<ServerPolicy> AskAsync(
        ServerProbe probe, string serverName, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, VersionPolicy>(StringComparer.Ordinal);
        foreach (var version in Versions)
        {
            var policy = await new PolicyProbe(probe, serverName).AskAsync(version, cancellationToken);
            if (policy.Suites.Ranks.Count > 0) versions[version.Id] = policy;
        }
        return new ServerPolicy(versions);
    }

    private async Task<VersionPolicy> AskAsync(ProtocolVersion version, CancellationToken cancellationToken)
    {
        ushort[] suites = [.. Suites.Where(code => IsOf(version, code))];
        // Some servers never ask for a key share: here they have the usual ones.
        var hello = new ProbeHello(version, serverName)
        {
            Suites = suites, Groups = Groups, Schemes = Schemes, Shares = UsualShares,
        };
        var taken = await Preference.OfAsync(
            suites, some => probe.AskAsync(hello with { Suites = some }, SuiteOf, cancellationToken));
        if (taken.Ranks.Count == 0) return VersionPolicy.None;
        hello = hello with { Suites = [.. taken.All], Shares = [] };
        return version.IsTls13
            ? await NewAsync(hello, taken, cancellationToken)
            : await OldAsync(hello, taken, cancellationToken);
    }

    private async Task<VersionPolicy> NewAsync(
        ProbeHello hello, Preference suites, CancellationToken cancellationToken)
    {
        var groups = await Preference.OfAsync(
            Groups, some => probe.AskAsync(hello with { Groups = some }, GroupOf, cancellationToken));
        ushort[] shareable = [.. ProbeShares.Groups.Where(groups.All.Contains)];
        var shared = await Preference.OfAsync(
            shareable, some => probe.AskAsync(hello with { Groups = some, Shares = some }, GroupOf, cancellationToken));
        var overtaken = await OvertakenAsync(hello, groups, shareable, cancellationToken);
        // The signature comes behind a key exchange.
        ushort[] share = [.. shareable.Take(1)];
        var schemes = probe.SeesSecrets && share.Length > 0
            ? await Preference.OfAsync(Schemes, some => probe.AskAsync(
                hello with { Groups = share, Shares = share, Schemes = some }, SchemeOf, cancellationToken))
            : Preference.Unknown;
        return new(
            suites, Known(groups), Known(shared), Known(schemes), overtaken,
            ExtendedMasterSecret: null, EncryptThenMac: null);
    }

    // What a server answers to no question was not seen, rather than refused: it took its suites.
    private static Preference Known(Preference found) => found.Ranks.Count > 0 ? found : Preference.Unknown;

    // Before TLS 1.3 all of the answer is clear text, and only some suites have a group and a signature.
    private async Task<VersionPolicy> OldAsync(
        ProbeHello hello, Preference suites, CancellationToken cancellationToken)
    {
        var signed = hello with { Suites = [.. suites.All.Where(IsEphemeral)] };
        var (groups, schemes) = (Preference.Unknown, Preference.Unknown);
        if (signed.Suites.Count > 0)
        {
            // RFC 8422, Section 5.1: the curve of the certificate must be among the client's.
            ushort[] needed = await probe.AskAsync(signed, CurveOf, cancellationToken) is { } curve ? [curve] : [];
            groups = Known(await Preference.OfAsync(Groups, some => probe.AskAsync(
                signed with { Groups = [.. some, .. needed.Except(some)] }, GroupOf, cancellationToken)));
            if (hello.Version == ProtocolVersion.Tls12)
                schemes = Known(await Preference.OfAsync(
                    Schemes, some => probe.AskAsync(signed with { Schemes = some }, SchemeOf, cancellationToken)));
        }
        var chained = hello with { Suites = [.. suites.All.Where(IsCbc)] };
        return new(
            suites, groups, Preference.None, schemes, new Dictionary<ushort, IReadOnlyList<ushort>>(),
            await probe.AskAsync(hello, Answers(ExtensionType.ExtendedMasterSecret), cancellationToken) == true,
            chained.Suites.Count == 0
                ? null
                : await probe.AskAsync(chained, Answers(ExtensionType.EncryptThenMac), cancellationToken) == true);
    }

    // Two groups, and a key share of the one that is not to be chosen: the server takes it, or asks for the other.
    private async Task<Dictionary<ushort, IReadOnlyList<ushort>>> OvertakenAsync(
        ProbeHello hello, Preference groups, IEnumerable<ushort> shareable, CancellationToken cancellationToken)
    {
        var overtaken = new Dictionary<ushort, IReadOnlyList<ushort>>();
        foreach (var share in shareable)
        {
            var left = new List<ushort>();
            foreach (var better in groups.All.Where(group => group != share))
            {
                var asked = hello with { Groups = [better, share], Shares = [share] };
                if (groups.Choose(asked.Groups) == better
                    && await probe.AskAsync(asked, GroupOf, cancellationToken) == share)
                    left.Add(better);
            }
            if (left.Count > 0) overtaken[share] = left;
        }
        return overtaken;
    }

    private static ServerHello? HelloOf(DecodedConnection answer) =>
        answer.Messages.Select(item => item.Message.Body).OfType<ServerHello>().FirstOrDefault();

    private static ushort? SuiteOf(DecodedConnection answer) => HelloOf(answer)?.CipherSuite.Code;

    private static ushort? GroupOf(DecodedConnection answer) =>
        HelloOf(answer)?.Extensions.Find<KeyShareExtension>() is { } share
            ? share.SelectedGroup?.Code ?? share.Entries.Select(entry => entry.Group.Code).FirstOrDefault()
            : answer.Facts.Group is { } name ? NamedGroups.Find(name)?.Code : null;

    private static ushort? SchemeOf(DecodedConnection answer) =>
        answer.Facts.SignatureScheme is { } name ? SignatureSchemes.Find(name)?.Code : null;

    private static ushort? CurveOf(DecodedConnection answer) =>
        answer.Facts.ServerCertificate is { Entries: [var leaf, ..] }
            && Curves.TryGetValue(leaf.Summary?.PublicKey.Curve ?? "", out var name)
            ? NamedGroups.Find(name)?.Code : null;

    private static Func<DecodedConnection, bool?> Answers(ExtensionType type) =>
        answer => HelloOf(answer) is { } hello ? hello.Extensions.Has(type) : null;

    private static CipherSuiteInfo? Row(ushort code) => new CipherSuite(code).Info;

    private static bool IsOf(ProtocolVersion version, ushort code) =>
        Row(code) is { } row && version >= row.OldestVersion && version <= row.NewestVersion;

    private static bool IsEphemeral(ushort code) => Row(code)?.KeyExchange == KeyExchangeAlgorithm.Ecdhe;

    private static bool IsCbc(ushort code) => Row(code)?.Mode == CipherMode.Cbc;
}
