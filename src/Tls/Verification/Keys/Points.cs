using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math.EC;

namespace TlsInterop.Tls.Verification.Keys;

/// <summary>Looks at public keys of elliptic curves with managed code. Foreign bytes never throw.</summary>
internal static class Points
{
    // The keys of order 1, 2, 4 and 8, and those that equal them modulo p = 2^255 - 19: with them every secret is zero.
    private static readonly string[] SmallOrder =
    [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];

    private static readonly HashSet<string> SmallOrderKeys = new(SmallOrder, StringComparer.Ordinal);
    private static readonly Dictionary<string, ECCurve?> Curves = [];
    private static readonly Lock Gate = new();

    /// <summary>True for a key of X25519 with which every secret comes out as zero.</summary>
    public static bool HasSmallOrder(ReadOnlySpan<byte> key)
    {
        if (key.Length != 32) return false;
        // RFC 7748, Section 5: the most significant bit is not part of the number.
        byte[] masked = [.. key];
        masked[^1] &= 0x7f;
        return SmallOrderKeys.Contains(Convert.ToHexStringLower(masked));
    }

    /// <summary>Why octets are no point of a curve; null if they are, or if nothing is known of the curve.</summary>
    /// <param name="curveName">Name as in the registry of groups.</param>
    /// <param name="octets">The point (SEC 1, Section 2.3.3).</param>
    public static string? WhyNot(string curveName, ReadOnlySpan<byte> octets)
    {
        if (CurveOf(curveName) is not { } curve) return null;
        if (octets is [0]) return "the point at infinity";
        if (octets.IsEmpty || octets[0] is not (2 or 3 or 4)) return "octets that encode no point";
        try
        {
            return curve.DecodePoint(octets.ToArray()).IsValid() ? null : "a point that is not on the curve";
        }
        catch (Exception exception) when (exception is ArgumentException or ArithmeticException or FormatException)
        {
            return "octets that encode no point of the curve";
        }
    }

    private static ECCurve? CurveOf(string name)
    {
        lock (Gate)
        {
            if (Curves.TryGetValue(name, out var known)) return known;
            // Names come from the registry of groups, so there are not many.
            var curve = ECNamedCurveTable.GetByName(name)?.Curve;
            Curves[name] = curve;
            return curve;
        }
    }
}
