using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>An elliptic curve that is sent as numbers.</summary>
/// <param name="PrimeP">The prime of the field; empty for a binary field.</param>
/// <param name="M">Degree of a binary field; 0 for a prime field.</param>
/// <param name="K">Exponents of the reduction polynomial of a binary field: one or three; else none.</param>
/// <param name="A">First coefficient of the curve.</param>
/// <param name="B">Second coefficient of the curve.</param>
/// <param name="Base">The base point.</param>
/// <param name="Order">Order of the base point.</param>
/// <param name="Cofactor">Cofactor.</param>
/// <remarks>RFC 4492, Section 5.4; no longer allowed since RFC 8422, Section 5.4.</remarks>
public sealed record ExplicitCurve(
    ReadOnlyMemory<byte> PrimeP,
    ushort M,
    IReadOnlyList<ReadOnlyMemory<byte>> K,
    ReadOnlyMemory<byte> A,
    ReadOnlyMemory<byte> B,
    ReadOnlyMemory<byte> Base,
    ReadOnlyMemory<byte> Order,
    ReadOnlyMemory<byte> Cofactor)
{
    private const byte Trinomial = 1;
    private const byte Pentanomial = 2;

    /// <summary>Length of the field in bits.</summary>
    public int FieldBits => PrimeP.IsEmpty ? M : WellKnownPrimes.BitLength(PrimeP.Span);

    internal static ExplicitCurve Read(ref WireReader reader, EcCurveType curveType)
    {
        // enum { ec_basis_trinomial(1), ec_basis_pentanomial(2) } ECBasisType;
        // struct { opaque a <1..2^8-1>; opaque b <1..2^8-1>; } ECCurve;
        // case explicit_prime: opaque prime_p <1..2^8-1>;
        // case explicit_char2: uint16 m; ECBasisType basis; select (basis) { case ec_trinomial: opaque k <1..2^8-1>;
        //     case ec_pentanomial: opaque k1 <1..2^8-1>; opaque k2 <1..2^8-1>; opaque k3 <1..2^8-1>; };
        // both: ECCurve curve; ECPoint base; opaque order <1..2^8-1>; opaque cofactor <1..2^8-1>;
        var primeP = default(ReadOnlyMemory<byte>);
        var m = (ushort)0;
        var k = new List<ReadOnlyMemory<byte>>();
        if (curveType == EcCurveType.ExplicitPrime)
        {
            primeP = reader.Vector8("prime_p", min: 1);
        }
        else
        {
            m = reader.U16("m");
            var basis = reader.U8("basis");
            if (basis is not (Trinomial or Pentanomial))
                reader.Reject("basis", $"Expected ec_basis_trinomial or ec_basis_pentanomial. Got: {basis}");
            for (var i = basis == Trinomial ? 2 : 0; i < 3; i++) k.Add(reader.Vector8("k", min: 1));
        }
        var a = reader.Vector8("a", min: 1);
        var b = reader.Vector8("b", min: 1);
        var basePoint = reader.Vector8("base", min: 1);
        var order = reader.Vector8("order", min: 1);
        var cofactor = reader.Vector8("cofactor", min: 1);
        return new(primeP, m, k, a, b, basePoint, order, cofactor);
    }

    internal void Write(WireWriter writer)
    {
        if (PrimeP.IsEmpty)
        {
            writer.U16(M);
            writer.U8(K.Count == 1 ? Trinomial : Pentanomial);
            foreach (var exponent in K) writer.Vector8(exponent.Span, "k");
        }
        else
        {
            writer.Vector8(PrimeP.Span, "prime_p");
        }
        writer.Vector8(A.Span, "a");
        writer.Vector8(B.Span, "b");
        writer.Vector8(Base.Span, "base");
        writer.Vector8(Order.Span, "order");
        writer.Vector8(Cofactor.Span, "cofactor");
    }
}
