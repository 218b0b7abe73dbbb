using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>
/// ECDSA with a key whose multiples are at hand: several times faster than Bouncy Castle's. Only what fits is decided
/// here; before a signature is called wrong, Bouncy Castle is asked.
/// </summary>
/// <remarks>FIPS 186-5, Section 6.4.2.</remarks>
/// <param name="curve">The curve of the key.</param>
/// <param name="table">The multiples of the key.</param>
internal sealed class EcdsaOfKey(EllipticCurve curve, PointTable table) : IDsa
{
    private readonly ECDsaSigner _other = new();
    private BigInteger _order = BigInteger.One;

    public string AlgorithmName => "ECDSA";

    public BigInteger Order => _order;

    public void Init(bool forSigning, ICipherParameters parameters)
    {
        if (forSigning) throw new NotSupportedException("Signatures are verified here, not made.");
        _other.Init(forSigning, parameters);
        _order = ((ECPublicKeyParameters)parameters).Parameters.N;
    }

    public BigInteger[] GenerateSignature(byte[] message) =>
        throw new NotSupportedException("Signatures are verified here, not made.");

    public bool VerifySignature(byte[] message, BigInteger r, BigInteger s) =>
        Fits(message, r, s) || _other.VerifySignature(message, r, s);

    /// <summary>True if the signature fits. False if it does not, or if that can't be said.</summary>
    internal bool Fits(byte[] hash, BigInteger r, BigInteger s)
    {
        if (r.SignValue <= 0 || s.SignValue <= 0 || r.CompareTo(_order) >= 0 || s.CompareTo(_order) >= 0) return false;

        var e = new BigInteger(1, hash);
        if (hash.Length * 8 > _order.BitLength) e = e.ShiftRight((hash.Length * 8) - _order.BitLength);
        if (e.CompareTo(_order) >= 0) e = e.Subtract(_order);
        var w = curve.Words;
        Span<ulong> numbers = stackalloc ulong[3 * w];
        var inverse = numbers[..w];
        var u1 = numbers.Slice(w, w);
        var u2 = numbers[(2 * w)..];
        var order = curve.Order;
        if (!order.TryRead(BigIntegers.ModOddInverseVar(_order, s).ToByteArrayUnsigned(), inverse)
            || !order.TryRead(e.ToByteArrayUnsigned(), u1)
            || !order.TryRead(r.ToByteArrayUnsigned(), u2)) return false;
        order.ToMontgomery(inverse, inverse);
        order.Multiply(u1, inverse, u1);
        order.Multiply(u2, inverse, u2);

        Span<ulong> sum = stackalloc ulong[3 * w];
        for (var place = PointTable.DistanceOf(curve) - 1; place >= 0; place--)
        {
            curve.Double(sum);
            if (curve.Generator.At(u1, place) is { IsEmpty: false } ofGenerator) curve.Add(sum, ofGenerator);
            if (table.At(u2, place) is { IsEmpty: false } ofKey) curve.Add(sum, ofKey);
        }
        return IsX(sum, r) || IsX(sum, r.Add(_order));
    }

    // X / Z² is the coordinate: multiplying is cheaper than dividing.
    private bool IsX(ReadOnlySpan<ulong> point, BigInteger expected)
    {
        var w = curve.Words;
        var z = point[(2 * w)..];
        if (!z.ContainsAnyExcept(0UL)) return false;
        Span<ulong> room = stackalloc ulong[2 * w];
        var x = room[..w];
        var square = room[w..];
        if (!curve.Field.TryRead(expected.ToByteArrayUnsigned(), x)) return false;
        curve.Field.ToMontgomery(x, x);
        curve.Field.Multiply(z, z, square);
        curve.Field.Multiply(x, square, x);
        return x.SequenceEqual(point[..w]);
    }
}
