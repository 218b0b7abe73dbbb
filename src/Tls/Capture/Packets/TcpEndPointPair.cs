using System.Runtime.InteropServices;

namespace TlsInterop.Tls.Capture.Packets;

/// <summary>Both ends of a connection without a direction: the key under which both directions are found.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct TcpEndPointPair : IEquatable<TcpEndPointPair>
{
    private readonly TcpEndPoint _low;
    private readonly TcpEndPoint _high;

    public TcpEndPointPair(TcpEndPoint one, TcpEndPoint other) =>
        (_low, _high) = one < other ? (one, other) : (other, one);

    public bool Equals(TcpEndPointPair other) => _low.Equals(other._low) && _high.Equals(other._high);

    public override bool Equals(object? obj) => obj is TcpEndPointPair other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_low.GetHashCode(), _high.GetHashCode());
}
