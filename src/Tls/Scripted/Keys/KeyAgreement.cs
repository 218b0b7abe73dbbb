using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>An ephemeral key of one group, and what it comes to with the peer's.</summary>
internal abstract class KeyAgreement
{
    // A longer prime would keep a processor busy for as long as a peer likes.
    private const int LeastPrimeBits = 512, MostPrimeBits = 8192;

    private static readonly Dictionary<string, Func<SecureRandom, KeyAgreement>> Rows = new(StringComparer.Ordinal)
    {
        ["x25519"] = random => new X25519Agreement(random),
        ["x448"] = random => new X448Agreement(random),
        ["ffdhe2048"] = random => OfDh(DHStandardGroups.rfc7919_ffdhe2048, random),
        ["ffdhe3072"] = random => OfDh(DHStandardGroups.rfc7919_ffdhe3072, random),
        ["ffdhe4096"] = random => OfDh(DHStandardGroups.rfc7919_ffdhe4096, random),
    };

    /// <summary>The group.</summary>
    public required NamedGroup Group { get; init; }

    /// <summary>The public key as a key share carries it (RFC 8446, Section 4.2.8).</summary>
    public abstract byte[] PublicKey { get; }

    /// <summary>The numbers of a finite field, as ServerKeyExchange has them; null for any other group.</summary>
    public virtual (byte[] Prime, byte[] Generator)? Numbers => null;

    /// <summary>True if there is managed code for a group.</summary>
    public static bool Covers(NamedGroup group) => group.Info is { } info
        && (Rows.ContainsKey(info.Name) || CustomNamedCurves.GetByName(info.Name) is not null
            || MlKemAgreement.IsSet(group)
            || info.Parts.Count > 0 && info.Parts.All(part => Covers(new(NamedGroups.Find(part)!.Code))));

    /// <summary>A fresh key of a group; null if there is no managed code for the group.</summary>
    public static KeyAgreement? Of(NamedGroup group, SecureRandom random)
    {
        if (group.Info?.Name is not { } name) return null;
        if (Rows.TryGetValue(name, out var make)) return make(random);
        return CustomNamedCurves.GetByName(name) is { } curve
            ? new CurveAgreement(group, curve, random)
            : HybridAgreement.OfParts(group, random) ?? (KeyAgreement?)MlKemAgreement.OfSet(group);
    }

    /// <summary>A fresh key of a group that was sent as numbers (RFC 5246, Section 7.4.3).</summary>
    /// <exception cref="ScriptedFault">The numbers are no group that can be worked with.</exception>
    public static KeyAgreement OfNumbers(ReadOnlySpan<byte> prime, ReadOnlySpan<byte> generator, SecureRandom random)
    {
        var (p, g) = (new BigInteger(1, prime.ToArray()), new BigInteger(1, generator.ToArray()));
        if (p.BitLength is < LeastPrimeBits or > MostPrimeBits)
            throw new ScriptedFault($"the group's prime has {p.BitLength} bits", "insufficient_security");
        try
        {
            return new FiniteFieldAgreement(new DHParameters(p, g), random) { Group = default };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ScriptedFault($"the numbers are no group ({exception.Message})", "illegal_parameter");
        }
    }

    /// <summary>The secret that both ends have then, as a key schedule takes it.</summary>
    /// <param name="peer">The peer's public key.</param>
    /// <param name="isTls13">
    /// True if a finite field's secret keeps its leading zeros (RFC 8446, Section 7.4.1), false if it loses them
    /// (RFC 5246, Section 8.1.2).
    /// </param>
    /// <exception cref="ScriptedFault">The peer's key is none of the group.</exception>
    public byte[] Secret(ReadOnlySpan<byte> peer, bool isTls13)
    {
        try
        {
            return Compute(peer.ToArray(), isTls13);
        }
        // The primitives throw many kinds of exceptions on broken keys: each means that it is none.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ScriptedFault(
                $"the peer's public key is none of {Group} ({exception.Message})", "illegal_parameter");
        }
    }

    private protected abstract byte[] Compute(byte[] peer, bool isTls13);

    private static FiniteFieldAgreement OfDh(DHParameters parameters, SecureRandom random) =>
        new(parameters, random)
        {
            Group = new(NamedGroups.Find($"ffdhe{parameters.P.BitLength}")!.Code),
        };
}
