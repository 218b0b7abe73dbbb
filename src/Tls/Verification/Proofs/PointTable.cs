using Org.BouncyCastle.Math.EC;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>
/// Multiples of a point that is multiplied again and again: a comb, by which several bits of a number are taken at
/// once.
/// </summary>
/// <remarks>C. H. Lim and P. J. Lee, "More Flexible Exponentiation with Precomputation", 1994.</remarks>
internal sealed class PointTable
{
    private const int Teeth = 6;

    private readonly ulong[] _points;
    private readonly int _pointLength;
    private readonly int _distance;

    /// <summary>Computes the multiples; that takes about as long as checking two signatures.</summary>
    public PointTable(EllipticCurve curve, ECPoint point)
    {
        var normal = point.Normalize();
        (_pointLength, _distance) = (2 * curve.Words, DistanceOf(curve));
        Span<ulong> spread = new ulong[Teeth * 3 * curve.Words];
        Span<ulong> moving = new ulong[3 * curve.Words];
        curve.Read(normal.AffineXCoord.ToBigInteger()).CopyTo(moving);
        curve.Read(normal.AffineYCoord.ToBigInteger()).CopyTo(moving[curve.Words..]);
        curve.Field.One.CopyTo(moving[_pointLength..]);
        for (var tooth = 0; tooth < Teeth; tooth++)
        {
            moving.CopyTo(spread[(tooth * moving.Length)..]);
            for (var i = 0; i < _distance && tooth < Teeth - 1; i++) curve.Double(moving);
        }
        var teeth = new ulong[Teeth * _pointLength];
        curve.Normalize(spread, teeth);

        // Each sum of teeth is one that is there already and the highest tooth in it.
        Span<ulong> sums = new ulong[((1 << Teeth) - 1) * moving.Length];
        for (var index = 1; index < 1 << Teeth; index++)
        {
            var highest = int.Log2(index);
            var sum = sums.Slice((index - 1) * moving.Length, moving.Length);
            var rest = index - (1 << highest);
            if (rest > 0) sums.Slice((rest - 1) * moving.Length, moving.Length).CopyTo(sum);
            curve.Add(sum, teeth.AsSpan(highest * _pointLength, _pointLength));
        }
        _points = new ulong[((1 << Teeth) - 1) * _pointLength];
        curve.Normalize(sums, _points);
    }

    /// <summary>How often the sum must be doubled for a number of the curve.</summary>
    public static int DistanceOf(EllipticCurve curve) => (curve.OrderBits + Teeth - 1) / Teeth;

    /// <summary>What is to be added for the bits of a number that the comb touches; empty if they are all 0.</summary>
    /// <param name="number">The number, the lowest word first.</param>
    /// <param name="place">The lowest of the bits.</param>
    public ReadOnlySpan<ulong> At(ReadOnlySpan<ulong> number, int place)
    {
        var index = 0;
        for (var tooth = 0; tooth < Teeth; tooth++)
        {
            var bit = place + (tooth * _distance);
            if (bit / 64 < number.Length) index |= (int)((number[bit / 64] >> (bit % 64)) & 1) << tooth;
        }
        return index == 0 ? [] : _points.AsSpan((index - 1) * _pointLength, _pointLength);
    }
}
