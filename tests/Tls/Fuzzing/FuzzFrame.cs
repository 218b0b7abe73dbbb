using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>A TCP segment of a conversation.</summary>
/// <param name="Direction">Who sends it.</param>
/// <param name="Sequence">Offset of its first octet in the sender's stream, plus one for the SYN.</param>
/// <param name="Flags">SYN, ACK and the like, as in the TCP header.</param>
/// <param name="Payload">What it carries.</param>
internal sealed record FuzzFrame(Direction Direction, uint Sequence, byte Flags, byte[] Payload)
{
    public const byte Fin = 0x01;
    public const byte Syn = 0x02;
    public const byte Reset = 0x04;
    public const byte Ack = 0x10;
}
