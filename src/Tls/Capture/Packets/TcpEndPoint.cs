using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>
/// An address and a port as a value that costs nothing to compare. IPv4 is kept as an IPv4-mapped address.
/// </summary>
/// <param name="Address">The 128 bits of the address (RFC 4291, Section 2.5.5.2 for IPv4).</param>
/// <param name="Port">Port.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TcpEndPoint(UInt128 Address, ushort Port) : IComparable<TcpEndPoint>
{
    private static readonly UInt128 MappedPrefix = new(0, 0x0000_ffff_0000_0000);

    internal static UInt128 Mapped(uint address) => MappedPrefix | address;

    public static TcpEndPoint From(IPEndPoint endPoint) => From(endPoint.Address, (ushort)endPoint.Port);

    public static TcpEndPoint From(IPAddress address, ushort port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return address.AddressFamily == AddressFamily.InterNetwork && written == 4
            ? new(Mapped(BinaryPrimitives.ReadUInt32BigEndian(bytes)), port)
            : new(BinaryPrimitives.ReadUInt128BigEndian(bytes), port);
    }

    /// <summary>The same as .NET's own type; IPv4 comes back as IPv4.</summary>
    public IPEndPoint ToIPEndPoint()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
        var mapped = Address >> 32 == MappedPrefix >> 32;
        return new(new IPAddress(mapped ? bytes[12..] : bytes), Port);
    }

    public bool Equals(TcpEndPoint other) => Address == other.Address && Port == other.Port;

    public override int GetHashCode() => HashCode.Combine((ulong)Address, (ulong)(Address >> 64), Port);

    public int CompareTo(TcpEndPoint other)
    {
        var byAddress = Address.CompareTo(other.Address);
        return byAddress != 0 ? byAddress : Port.CompareTo(other.Port);
    }

    public static bool operator <(TcpEndPoint left, TcpEndPoint right) => left.CompareTo(right) < 0;
    public static bool operator >(TcpEndPoint left, TcpEndPoint right) => left.CompareTo(right) > 0;
    public static bool operator <=(TcpEndPoint left, TcpEndPoint right) => left.CompareTo(right) <= 0;
    public static bool operator >=(TcpEndPoint left, TcpEndPoint right) => left.CompareTo(right) >= 0;

    public override string ToString() => ToIPEndPoint().ToString();
}
