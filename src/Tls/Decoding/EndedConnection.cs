using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Tls.Decoding;

/// <summary>A connection that nothing is added to any more.</summary>
internal sealed record EndedConnection(TcpConnectionInfo Info, ConnectionDecoder Decoder);
