namespace TlsInterop.Harness.Predictions;

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
