using System.Collections.Concurrent;
using System.Security.Cryptography;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>
/// Public keys that a server takes for a client's. Nobody needs their private keys: the handshake ends with the
/// server's answer.
/// </summary>
internal static class ProbeShares
{
    private static readonly Dictionary<string, ECCurve> Curves = new(StringComparer.Ordinal)
    {
        ["secp256r1"] = ECCurve.NamedCurves.nistP256,
        ["secp384r1"] = ECCurve.NamedCurves.nistP384,
        ["secp521r1"] = ECCurve.NamedCurves.nistP521,
    };

    private static readonly ConcurrentDictionary<ushort, byte[]> Made = new();

    /// <summary>The groups for which there is one.</summary>
    public static IEnumerable<ushort> Groups => NamedGroups.All.Where(IsKnown).Select(group => group.Code);

    /// <summary>A public key of a group, as a key share has it (RFC 8446, Section 4.2.8.2).</summary>
    public static byte[] Of(ushort group) =>
        Made.GetOrAdd(group, _ => Of(NamedGroups.All.First(row => row.Code == group)));

    private static byte[] Of(NamedGroupInfo group)
    {
        if (group.Parts.Count > 0)
            return [.. group.Parts.SelectMany(part => Of(NamedGroups.Find(part)!))];
        if (Curves.TryGetValue(group.Name, out var curve))
        {
            using var key = ECDiffieHellman.Create(curve);
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
        // RFC 7748, Section 5: any octets are a key. FIPS 203, Section 7.2: so are coefficients of zero.
        return group.Kind == NamedGroupKind.Kem
            ? new byte[group.ClientShareLength]
            : RandomNumberGenerator.GetBytes(group.ClientShareLength);
    }

    private static bool IsKnown(NamedGroupInfo group) => group.Parts.Count > 0
        ? group.Parts.All(part => IsKnown(NamedGroups.Find(part)!))
        : Curves.ContainsKey(group.Name) || group.Name is "x25519" or "x448" || group.Kind == NamedGroupKind.Kem;
}
