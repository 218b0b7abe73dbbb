using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What a scripted end has code for.</summary>
public static class ScriptedOffers
{
    private static readonly ProtocolVersion[] Versions =
        [ProtocolVersion.Tls10, ProtocolVersion.Tls11, ProtocolVersion.Tls12, ProtocolVersion.Tls13];

    /// <summary>Names of the groups, in the order of the registry.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        [.. NamedGroups.All.Where(group => KeyAgreement.Covers(new(group.Code))).Select(group => group.Name)];

    /// <summary>Code points of the suites of a version, in the order of the registry.</summary>
    public static IReadOnlyList<ushort> SuitesAt(ProtocolVersion version) => Versions.Contains(version)
        ? [.. CipherSuites.All.Where(suite => IsOf(version, suite)).Select(suite => suite.Code)]
        : [];

    /// <summary>True if there is code for a suite in a version.</summary>
    public static bool IsOf(ProtocolVersion version, CipherSuiteInfo suite) =>
        suite.OldestVersion <= version && version <= suite.NewestVersion
        && suite.KeyExchange is KeyExchangeAlgorithm.Tls13 or KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.Dhe
            or KeyExchangeAlgorithm.Ecdhe
        && suite.Authentication is AuthenticationAlgorithm.Tls13 or AuthenticationAlgorithm.Rsa
            or AuthenticationAlgorithm.Ecdsa
        && !suite.Name.Contains("EXPORT", StringComparison.Ordinal)
        && UncoveredSuites.WhyNot(suite) is null;
}
