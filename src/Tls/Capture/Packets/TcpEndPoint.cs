using System.Net;
using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>An address and a port as a value that costs nothing to compare.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">Port.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TcpEndPoint(PackedAddress Address, ushort Port) : IComparable<TcpEndPoint>
{
    public static TcpEndPoint From(IPEndPoint endPoint) => From(endPoint.Address, (ushort)endPoint.Port);

    public static TcpEndPoint From(IPAddress address, ushort port) => new(PackedAddress.From(address), port);

    /// <summary>The same as .NET's own type; IPv4 comes back as IPv4.</summary>
    public IPEndPoint ToIPEndPoint() => new(Address.ToIPAddress(), Port);

    public bool Equals(TcpEndPoint other) => Address == other.Address && Port == other.Port;

    public override int GetHashCode() => HashCode.Combine(Address.Low, Address.High, Port);

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
