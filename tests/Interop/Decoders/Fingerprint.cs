using System.Security.Cryptography;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>Octets in few characters: two decoders that give the same fingerprint read the same octets.</summary>
internal static class Fingerprint
{
    public static string Of(ReadOnlySpan<byte> octets) =>
        $"{octets.Length}:{Convert.ToHexStringLower(SHA256.HashData(octets).AsSpan(0, 4))}";
}
