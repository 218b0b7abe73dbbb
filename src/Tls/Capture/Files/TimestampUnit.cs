namespace TlsInterop.Tls.Capture.Files;

/// <summary>How an interface of a pcapng file counts time.</summary>
/// <param name="Resolution">
/// if_tsresol: 10 to the minus this; 2 to the minus its lower bits if the highest bit is set.
/// </param>
/// <param name="OffsetSeconds">if_tsoffset.</param>
/// <remarks>draft-ietf-opsawg-pcapng, Section 4.2.</remarks>
internal readonly record struct TimestampUnit(byte Resolution, long OffsetSeconds)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    public static readonly TimestampUnit Default = new(6, 0);

    public long ToUnixNanoseconds(ulong units)
    {
        // Nearly all captures count microseconds or nanoseconds since 1970.
        if (Resolution > 9 || OffsetSeconds != 0) return Clamped(units);
        var nanosecondsPerUnit = PowerOfTen(9 - Resolution);
        return units <= long.MaxValue / nanosecondsPerUnit ? (long)(units * nanosecondsPerUnit) : long.MaxValue;
    }

    private long Clamped(ulong units)
    {
        var nanoseconds = (Int128)Scale(units) + ((Int128)OffsetSeconds * NanosecondsPerSecond);
        return (long)Int128.Clamp(nanoseconds, long.MinValue, long.MaxValue);
    }

    private UInt128 Scale(ulong units)
    {
        var exponent = Resolution & 0x7f;
        if ((Resolution & 0x80) != 0) return ((UInt128)units * NanosecondsPerSecond) >> exponent;
        if (exponent <= 9) return units * (UInt128)PowerOfTen(9 - exponent);
        return exponent - 9 > 19 ? 0 : units / PowerOfTen(exponent - 9);
    }

    private static ulong PowerOfTen(int exponent)
    {
        ulong power = 1;
        for (; exponent > 0; exponent--) power *= 10;
        return power;
    }
}
