using System.Collections.Concurrent;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>
/// y² = x³ + ax + b over a prime field, in Jacobian coordinates on 64-bit words. Not in constant time: it works on
/// what others have sent.
/// </summary>
/// <remarks>
/// IEEE Std 1363-2000, Annex A.10. A point is three numbers in Montgomery's form, X, Y and Z behind each other; Z is 0
/// at infinity. A point of a table has X and Y alone.
/// </remarks>
internal sealed class EllipticCurve
{
    private static readonly ConcurrentDictionary<DerObjectIdentifier, EllipticCurve?> Known = new();

    private readonly ulong[] _a;
    private readonly bool _isAMinus3;
    private readonly byte[] _fermat;
    private readonly Lazy<PointTable> _generator;

    private EllipticCurve(ECDomainParameters domain)
    {
        var p = domain.Curve.Field.Characteristic;
        Field = new OddModulus(p.ToByteArrayUnsigned());
        Order = new OddModulus(domain.N.ToByteArrayUnsigned());
        OrderBits = domain.N.BitLength;
        var a = domain.Curve.A.ToBigInteger();
        _isAMinus3 = a.Add(BigInteger.Three).Equals(p);
        _a = Read(a);
        _fermat = p.Subtract(BigInteger.Two).ToByteArrayUnsigned();
        _generator = new(() => new PointTable(this, domain.G));
    }

    /// <summary>The prime of the coordinates.</summary>
    public OddModulus Field { get; }

    /// <summary>The order of the generator.</summary>
    public OddModulus Order { get; }

    /// <summary>Bits of the order.</summary>
    public int OrderBits { get; }

    /// <summary>Words of a number.</summary>
    public int Words => Field.Words;

    /// <summary>The multiples of the generator.</summary>
    public PointTable Generator => _generator.Value;

    /// <summary>The curve of a key; null if it has no name or is of another kind.</summary>
    public static EllipticCurve? Of(ECPublicKeyParameters key) =>
        key.PublicKeyParamSet is not { } name ? null
        // Only curves that Bouncy Castle knows have come so far, so there are not many.
        : Known.GetOrAdd(name, static (_, domain) => TryCreate(domain), key.Parameters);

    private static EllipticCurve? TryCreate(ECDomainParameters domain)
    {
        if (!ECAlgorithms.IsFpCurve(domain.Curve)) return null;
        var curve = new EllipticCurve(domain);
        return curve.Order.Words == curve.Words ? curve : null;
    }

    /// <summary>A coordinate in Montgomery's form.</summary>
    public ulong[] Read(BigInteger number)
    {
        var words = new ulong[Words];
        Field.TryRead(number.ToByteArrayUnsigned(), words);
        Field.ToMontgomery(words, words);
        return words;
    }

    /// <summary>Doubles a point in its place.</summary>
    public void Double(Span<ulong> point)
    {
        var w = Words;
        var x = point[..w];
        var y = point.Slice(w, w);
        var z = point.Slice(2 * w, w);
        Span<ulong> room = stackalloc ulong[5 * w];
        var delta = room[..w];
        var gamma = room.Slice(w, w);
        var beta = room.Slice(2 * w, w);
        var alpha = room.Slice(3 * w, w);
        var t = room.Slice(4 * w, w);

        Field.Multiply(z, z, delta);
        Field.Multiply(y, y, gamma);
        Field.Multiply(x, gamma, beta);
        // alpha = 3x² + az⁴
        if (_isAMinus3)
        {
            Field.Subtract(x, delta, t);
            Field.Add(x, delta, alpha);
            Field.Multiply(alpha, t, alpha);
            Field.Add(alpha, alpha, t);
            Field.Add(alpha, t, alpha);
        }
        else
        {
            Field.Multiply(x, x, t);
            Field.Add(t, t, alpha);
            Field.Add(alpha, t, alpha);
            Field.Multiply(delta, delta, t);
            Field.Multiply(t, _a, t);
            Field.Add(alpha, t, alpha);
        }
        // z = (y + z)² - gamma - delta
        Field.Add(y, z, t);
        Field.Multiply(t, t, z);
        Field.Subtract(z, gamma, z);
        Field.Subtract(z, delta, z);
        // x = alpha² - 8 beta
        Field.Add(beta, beta, beta);
        Field.Add(beta, beta, beta);
        Field.Add(beta, beta, t);
        Field.Multiply(alpha, alpha, x);
        Field.Subtract(x, t, x);
        // y = alpha (4 beta - x) - 8 gamma²
        Field.Subtract(beta, x, beta);
        Field.Multiply(alpha, beta, y);
        Field.Multiply(gamma, gamma, gamma);
        Field.Add(gamma, gamma, gamma);
        Field.Add(gamma, gamma, gamma);
        Field.Add(gamma, gamma, gamma);
        Field.Subtract(y, gamma, y);
    }

    /// <summary>Adds a point of a table to a point in its place.</summary>
    public void Add(Span<ulong> point, ReadOnlySpan<ulong> added)
    {
        var w = Words;
        var x = point[..w];
        var y = point.Slice(w, w);
        var z = point.Slice(2 * w, w);
        if (!z.ContainsAnyExcept(0UL))
        {
            added.CopyTo(point);
            Field.One.CopyTo(z);
            return;
        }
        Span<ulong> room = stackalloc ulong[4 * w];
        var h = room[..w];
        var r = room.Slice(w, w);
        var hh = room.Slice(2 * w, w);
        var t = room.Slice(3 * w, w);

        Field.Multiply(z, z, t);
        Field.Multiply(added[..w], t, h);
        Field.Subtract(h, x, h);
        Field.Multiply(t, z, t);
        Field.Multiply(added[w..], t, r);
        Field.Subtract(r, y, r);
        if (!h.ContainsAnyExcept(0UL))
        {
            // The same point, or its opposite.
            if (r.ContainsAnyExcept(0UL)) z.Clear();
            else Double(point);
            return;
        }
        Field.Multiply(z, h, z);
        Field.Multiply(h, h, hh);
        Field.Multiply(h, hh, h);
        Field.Multiply(x, hh, hh);
        // x = r² - h³ - 2 x h²
        Field.Multiply(r, r, x);
        Field.Subtract(x, h, x);
        Field.Subtract(x, hh, x);
        Field.Subtract(x, hh, x);
        // y = r (x h² - x') - y h³
        Field.Subtract(hh, x, hh);
        Field.Multiply(r, hh, t);
        Field.Multiply(y, h, y);
        Field.Subtract(t, y, y);
    }

    /// <summary>Brings points to the form that tables have. None of them may be at infinity.</summary>
    /// <param name="points">The points.</param>
    /// <param name="table">Where they go, as many.</param>
    public void Normalize(ReadOnlySpan<ulong> points, Span<ulong> table)
    {
        // One inversion for all: each number is multiplied by those before it.
        var w = Words;
        var count = points.Length / (3 * w);
        Span<ulong> products = new ulong[(count + 1) * w];
        Field.One.CopyTo(products);
        for (var i = 0; i < count; i++)
            Field.Multiply(products.Slice(i * w, w), Z(points, i), products.Slice((i + 1) * w, w));

        Span<ulong> room = new ulong[3 * w];
        var inverse = room[..w];
        var ofZ = room.Slice(w, w);
        var square = room[(2 * w)..];
        Field.Power(products[(count * w)..], _fermat, inverse);
        for (var i = count - 1; i >= 0; i--)
        {
            Field.Multiply(inverse, products.Slice(i * w, w), ofZ);
            Field.Multiply(inverse, Z(points, i), inverse);
            Field.Multiply(ofZ, ofZ, square);
            Field.Multiply(points.Slice(3 * i * w, w), square, table.Slice(2 * i * w, w));
            Field.Multiply(square, ofZ, square);
            Field.Multiply(points.Slice(((3 * i) + 1) * w, w), square, table.Slice(((2 * i) + 1) * w, w));
        }

        ReadOnlySpan<ulong> Z(ReadOnlySpan<ulong> all, int index) => all.Slice(((3 * index) + 2) * w, w);
    }
}
