using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Digests;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>
/// ML-KEM with the one key that needs no algorithm: secret, error and matrix seed are all zeros. Its encapsulation key
/// is as valid as any, whoever encapsulates for it shares a secret, and everybody who looks on can work it out.
/// </summary>
/// <remarks>FIPS 203, Algorithms 14, 15 and 17; no polynomial is multiplied, since every factor is zero.</remarks>
internal sealed class MlKemAgreement : KeyAgreement
{
    private const int Coefficients = 256;
    private const int Modulus = 3329;

    // The last part of a ciphertext is one polynomial of so many bits a coefficient: d_v of FIPS 203, Table 2.
    private static readonly Dictionary<string, int> BitsOfV = new(StringComparer.Ordinal)
    {
        ["MLKEM512"] = 4, ["MLKEM768"] = 4, ["MLKEM1024"] = 5,
    };

    private readonly int _bitsOfV;

    [SetsRequiredMembers]
    private MlKemAgreement(NamedGroup group, int bitsOfV)
    {
        Group = group;
        _bitsOfV = bitsOfV;
        PublicKey = new byte[group.Info!.ClientShareLength];
    }

    public override byte[] PublicKey { get; }

    /// <summary>True for a parameter set.</summary>
    public static bool IsSet(NamedGroup group) => group.Info is { } info && BitsOfV.ContainsKey(info.Name);

    /// <summary>The key of a parameter set; null for any other group.</summary>
    public static MlKemAgreement? OfSet(NamedGroup group) =>
        group.Info is { } info && BitsOfV.TryGetValue(info.Name, out var bits) ? new(group, bits) : null;

    private protected override byte[] Compute(byte[] peer, bool isTls13)
    {
        // FIPS 203, Section 7.3: a ciphertext of another length is none.
        if (peer.Length != Group.Info!.ServerShareLength) throw new ArgumentException($"{peer.Length} octets");
        var v = peer.AsSpan(peer.Length - (Coefficients * _bitsOfV / 8));
        // K-PKE.Decrypt: w = v - s * u = v; a coefficient near q/2 is a 1.
        var message = new byte[Coefficients / 8];
        for (var i = 0; i < Coefficients; i++)
        {
            var value = Bits(v, i * _bitsOfV, _bitsOfV) * Modulus / (1 << _bitsOfV);
            if (value is > Modulus / 4 and < Modulus - (Modulus / 4)) message[i / 8] |= (byte)(1 << (i % 8));
        }
        // ML-KEM.Encaps_internal: (K, r) = G(m || H(ek))
        var both = Hash(new Sha3Digest(512), [.. message, .. Hash(new Sha3Digest(256), PublicKey)]);
        return both[..32];
    }

    // ByteDecode: little-endian in bits as well as in octets.
    private static int Bits(ReadOnlySpan<byte> octets, int start, int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++)
            value |= (octets[(start + i) / 8] >> ((start + i) % 8) & 1) << i;
        return value;
    }

    private static byte[] Hash(Sha3Digest digest, byte[] data)
    {
        digest.BlockUpdate(data, 0, data.Length);
        var output = new byte[digest.GetDigestSize()];
        digest.DoFinal(output, 0);
        return output;
    }
}
