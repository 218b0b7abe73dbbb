using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>
/// An IP address as a value that costs nothing to compare. IPv4 is kept as an IPv4-mapped address (RFC 4291,
/// Section 2.5.5.2).
/// </summary>
/// <remarks>Not a <see cref="UInt128"/>: code that has one is never compiled ahead of time, only at each
/// start.</remarks>
/// <param name="High">The first 64 bits.</param>
/// <param name="Low">The last 64 bits.</param>
public readonly record struct PackedAddress(ulong High, ulong Low) : IComparable<PackedAddress>
{
    private const ulong MappedPrefix = 0x0000_ffff_0000_0000;
    private const int Length = 16;

    internal static PackedAddress Version4(uint address) => new(0, MappedPrefix | address);

    internal static PackedAddress Version6(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    internal static PackedAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        address.TryWriteBytes(bytes, out var written);
        return address.AddressFamily == AddressFamily.InterNetwork && written == 4
            ? Version4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : Version6(bytes);
    }

    /// <summary>The same as .NET's own type; IPv4 comes back as IPv4.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        var isMapped = High == 0 && Low >> 32 == MappedPrefix >> 32;
        return new(isMapped ? bytes[12..] : bytes);
    }

    public int CompareTo(PackedAddress other) =>
        High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public static bool operator <(PackedAddress left, PackedAddress right) => left.CompareTo(right) < 0;
    public static bool operator >(PackedAddress left, PackedAddress right) => left.CompareTo(right) > 0;
    public static bool operator <=(PackedAddress left, PackedAddress right) => left.CompareTo(right) <= 0;
    public static bool operator >=(PackedAddress left, PackedAddress right) => left.CompareTo(right) >= 0;
}
