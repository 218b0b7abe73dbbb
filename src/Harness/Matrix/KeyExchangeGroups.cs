using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Matrix;

/// <summary>The groups of the registry as an axis of matrices.</summary>
public static class KeyExchangeGroups
{
    // The last elliptic code point of before TLS 1.3; what was registered later is for TLS 1.3 (RFC 8734, Section 2).
    private const ushort LastOfEcdheSuites = 30;

    /// <summary>
    /// Every group that a matrix may name; two code points of the registry stand for curves of any kind and are none.
    /// </summary>
    public static readonly IReadOnlyList<NamedGroupInfo> All =
        [.. NamedGroups.All.Where(group => group.ClientShareLength > 0)];

    /// <summary>The group that a cell id names, spelt exactly as the registry does, or null.</summary>
    public static NamedGroupInfo? Find(string name) => All.FirstOrDefault(group => group.Name == name);

    /// <summary>
    /// The group that a person names: in any case, or as OpenSSL or GnuTLS calls it; null for any other word.
    /// </summary>
    public static NamedGroupInfo? FindAny(string name) => All.FirstOrDefault(group =>
        string.Equals(group.Name, name, StringComparison.OrdinalIgnoreCase)
        || group.OpenSsl == name || group.GnuTls == name);

    /// <summary>True if a suite at a version can negotiate the group.</summary>
    // RFC 8422, Section 5.1.1; RFC 7919, Section 3; RFC 8446, Section 4.2.7
    public static bool AppliesTo(
        this NamedGroupInfo group, CipherSuiteInfo suite, ProtocolVersion version) => suite.KeyExchange switch
    {
        KeyExchangeAlgorithm.Tls13 => group.Tls13,
        KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk =>
            group.Kind == NamedGroupKind.EllipticCurve && group.Code <= LastOfEcdheSuites
                && version > ProtocolVersion.Ssl3,
        KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.DhePsk =>
            group.Kind == NamedGroupKind.FiniteField && version > ProtocolVersion.Ssl3,
        _ => false,
    };
}
