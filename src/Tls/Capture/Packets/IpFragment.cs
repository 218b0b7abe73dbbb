using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>Which packet a fragment is a piece of.</summary>
/// <param name="Source">Sender, as in <see cref="TcpEndPoint.Address"/>.</param>
/// <param name="Destination">Receiver.</param>
/// <param name="Identification">16 bits in IPv4, 32 in IPv6.</param>
/// <param name="Protocol">Protocol of the payload; it tells packets apart in IPv4 only, else 0.</param>
/// <remarks>RFC 791, Section 2.3; RFC 8200, Section 4.5.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IpFragmentKey(
    PackedAddress Source, PackedAddress Destination, uint Identification, byte Protocol);

/// <summary>Which piece of its packet's payload a fragment is.</summary>
/// <param name="Offset">Octets of the payload before it.</param>
/// <param name="Identification">Common to the pieces of a packet.</param>
/// <param name="IsLast">True if no piece follows.</param>
public readonly record struct IpFragment(int Offset, uint Identification, bool IsLast)
{
    /// <summary>True if this is a whole packet: offset 0 and nothing follows (RFC 6946).</summary>
    public bool IsWhole => Offset == 0 && IsLast;
}
