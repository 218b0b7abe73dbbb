namespace TlsInterop.Tls.Capture.Packets;

/// <summary>The control bits of a segment.</summary>
/// <remarks>RFC 9293, Section 3.1.</remarks>
[Flags]
public enum TcpFlags : byte { Fin = 1, Syn = 2, Rst = 4, Psh = 8, Ack = 16, Urg = 32, Ece = 64, Cwr = 128 }
