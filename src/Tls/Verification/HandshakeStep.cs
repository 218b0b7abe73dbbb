using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>A whole handshake message in the order of the wire.</summary>
/// <param name="From">Its sender.</param>
/// <param name="Bytes">Its original bytes with the header of four octets.</param>
/// <param name="Frame">Frame of the capture that completed it.</param>
public readonly record struct HandshakeStep(Direction From, ReadOnlyMemory<byte> Bytes, long Frame)
{
    /// <summary>What it is.</summary>
    public HandshakeType Type => new(Bytes.IsEmpty ? byte.MaxValue : Bytes.Span[0]);

    /// <summary>The bytes behind the header.</summary>
    public ReadOnlyMemory<byte> Body => Bytes.Length < 4 ? default : Bytes[4..];
}
