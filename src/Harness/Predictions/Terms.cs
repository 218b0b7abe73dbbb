using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>What a client's hello and a server's policy come to in one version.</summary>
/// <param name="hello">The hello.</param>
/// <param name="version">The version.</param>
/// <param name="policy">What the server does in it.</param>
internal sealed class Terms(ClientHello hello, ProtocolVersion version, VersionPolicy policy)
{
    private readonly IReadOnlyList<ushort>? _groups =
        Codes(hello.Extensions.Find<SupportedGroupsExtension>()?.Groups, group => group.Code);

    private readonly IReadOnlyList<ushort>? _schemes =
        Codes(hello.Extensions.Find<SignatureAlgorithmsExtension>()?.Schemes, scheme => scheme.Code);

    private readonly IReadOnlyList<ushort> _shares =
        Codes(hello.Extensions.Find<KeyShareExtension>()?.Entries, entry => entry.Group.Code) ?? [];

    public VersionPolicy Policy => policy;

    /// <summary>The suite that is chosen; null if there is none, or none can be foretold.</summary>
    // RFC 5246, Section 7.4.1.3; RFC 8422, Section 4: a suite of ECDHE needs a curve that both have.
    public CipherSuite? Suite => Chosen(policy.Suites,
        [.. hello.CipherSuites.Select(suite => suite.Code).Where(IsPossible)]) is { } code
            ? new CipherSuite(code) : null;

    /// <summary>True if the client's list of groups has none that the server takes.</summary>
    public bool HasNoGroup => policy.Groups.IsProven && _groups is not null && policy.Groups.Choose(_groups) is null;

    /// <summary>True if the client's list of signature schemes has none that the server can use.</summary>
    public bool HasNoScheme =>
        policy.Schemes.IsProven && _schemes is not null && policy.Schemes.Choose(_schemes) is null;

    /// <summary>The group; null if there is none, or none can be foretold.</summary>
    // RFC 8446, Section 4.2.8; RFC 8422, Section 4: before TLS 1.3 a server is free without a list.
    public NamedGroup? Group
    {
        get
        {
            if (_groups is null || !UsesGroups || Chosen(policy.Groups, _groups) is not { } best) return null;
            if (!version.IsTls13 || Chosen(policy.Shared, _shares) is not { } shared) return new NamedGroup(best);
            // One that has a key share may go before one for which the server would have to ask.
            var isTaken = _shares.Contains(best) || policy.Overtaken.GetValueOrDefault(shared, []).Contains(best);
            return new NamedGroup(isTaken ? shared : best);
        }
    }

    /// <summary>True if the server has to ask for a key share.</summary>
    // RFC 8446, Section 4.1.4
    public bool? RetriesHello => version.IsTls13 && Group is { } group ? !_shares.Contains(group.Code) : null;

    /// <summary>The scheme of the server's signature; null if there is none, or none can be foretold.</summary>
    // RFC 8446, Section 4.2.3; RFC 5246, Section 7.4.1.4.1
    public SignatureScheme? Scheme =>
        _schemes is not null && IsSigned && Chosen(policy.Schemes, _schemes) is { } code
            ? new SignatureScheme(code) : null;

    /// <summary>Whether an extension is agreed on, if it is known whether the server has it.</summary>
    public bool? Answers(ExtensionType type, bool? hasIt) =>
        version.IsTls13 || hasIt is not { } has ? null : has && hello.Extensions.Has(type);

    private bool UsesGroups => version.IsTls13 || Suite?.Info?.KeyExchange == KeyExchangeAlgorithm.Ecdhe;

    private bool IsSigned => UsesGroups || Suite?.Info?.KeyExchange == KeyExchangeAlgorithm.Dhe;

    private bool IsPossible(ushort code) => version.IsTls13 || new CipherSuite(code).Info?.KeyExchange switch
    {
        KeyExchangeAlgorithm.Ecdhe => !(HasNoGroup || HasNoScheme),
        KeyExchangeAlgorithm.Dhe => !HasNoScheme,
        _ => true,
    };

    private static ushort? Chosen(Preference preference, IReadOnlyList<ushort> offered) =>
        preference.IsProven ? preference.Choose(offered) : null;

    private static List<ushort>? Codes<T>(IReadOnlyList<T>? items, Func<T, ushort> code) =>
        items is null ? null : [.. items.Select(code)];
}
