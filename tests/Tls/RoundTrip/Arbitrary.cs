using FsCheck;
using FsCheck.Fluent;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.RoundTrip;

/// <summary>Arbitrary numbers, octets and code points.</summary>
internal static class Arbitrary
{
    public static Gen<byte> U8 { get; } = Gen.Choose(0, byte.MaxValue).Select(value => (byte)value);

    public static Gen<ushort> U16 { get; } = Gen.Choose(0, ushort.MaxValue).Select(value => (ushort)value);

    public static Gen<uint> U32 { get; } =
        from high in U16
        from low in U16
        select (uint)high << 16 | low;

    public static Gen<CipherSuite> CipherSuite { get; } = U16.Select(code => new CipherSuite(code));

    public static Gen<SignatureScheme> SignatureScheme { get; } = U16.Select(code => new SignatureScheme(code));

    public static Gen<NamedGroup> NamedGroup { get; } = U16.Select(code => new NamedGroup(code));

    public static Gen<ProtocolVersion> ProtocolVersion { get; } = U16.Select(code => new ProtocolVersion(code));

    /// <summary>Octets: mostly few, sometimes the most that are allowed.</summary>
    public static Gen<ReadOnlyMemory<byte>> Octets(int min = 0, int max = 40) =>
        from length in Gen.Choose(min, max)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Seeded(length, seed);

    /// <summary>A list of few elements.</summary>
    public static Gen<T[]> List<T>(Gen<T> element, int min = 0) =>
        from length in Gen.Choose(min, min + 6)
        from items in element.ArrayOf(length)
        select items;

    public static Gen<T?> OrNull<T>(Gen<T> value) where T : struct =>
        Gen.OneOf(Gen.Constant<T?>(null), value.Select(item => (T?)item));

    private static ReadOnlyMemory<byte> Seeded(int length, int seed)
    {
        var octets = new byte[length];
        new Random(seed).NextBytes(octets);
        return octets;
    }
}
