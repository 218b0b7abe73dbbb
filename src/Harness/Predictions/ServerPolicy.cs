using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>What a server with one configuration takes of ClientHellos, and what it likes best.</summary>
/// <param name="Versions">What it does in each version that it speaks, by the version's name in cell ids.</param>
public sealed record ServerPolicy(IReadOnlyDictionary<string, VersionPolicy> Versions)
{
    /// <summary>That of a server which takes one version, one suite and one group, or any.</summary>
    public static ServerPolicy Exactly(ProtocolVersion version, string suite, string? group)
    {
        var only = new VersionPolicy(
            CipherSuites.Find(suite) is { } row ? new Preference([[row.Code]]) : Preference.Unknown,
            group is not null && NamedGroups.Find(group) is { } named
                ? new Preference([[named.Code]]) : Preference.Unknown,
            Preference.Unknown, Preference.Unknown, new Dictionary<ushort, IReadOnlyList<ushort>>(), null, null);
        return new(new Dictionary<string, VersionPolicy>(StringComparer.Ordinal) { [version.Id] = only });
    }
}

/// <summary>What a server does in one version.</summary>
/// <param name="Suites">Cipher suites, with the certificate that it has.</param>
/// <param name="Groups">Groups of (EC)DHE; in TLS 1.3, where none has a key share.</param>
/// <param name="Shared">TLS 1.3: groups, where all have a key share.</param>
/// <param name="Schemes">Signature schemes of its own signature; none before TLS 1.2.</param>
/// <param name="Overtaken">
/// TLS 1.3: for a group, those that it goes before if it is the only one with a key share, though the server likes them
/// better.
/// </param>
/// <param name="ExtendedMasterSecret">
/// True if it answers extended_master_secret (RFC 7627), up to TLS 1.2; null if that is not known.
/// </param>
/// <param name="EncryptThenMac">The same of encrypt_then_mac (RFC 7366), with a CBC suite.</param>
public sealed record VersionPolicy(
    Preference Suites,
    Preference Groups,
    Preference Shared,
    Preference Schemes,
    IReadOnlyDictionary<ushort, IReadOnlyList<ushort>> Overtaken,
    bool? ExtendedMasterSecret,
    bool? EncryptThenMac)
{
    /// <summary>Of a version that it does not speak.</summary>
    public static VersionPolicy None { get; } = new(
        Preference.None, Preference.None, Preference.None, Preference.None,
        new Dictionary<ushort, IReadOnlyList<ushort>>(), null, null);
}
