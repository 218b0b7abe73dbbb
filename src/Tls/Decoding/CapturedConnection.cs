using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Decoding;

/// <summary>A connection of a capture.</summary>
/// <param name="Info">Who talked to whom, and since when.</param>
/// <param name="Decoded">What was said.</param>
/// <param name="KeyLog">The secrets that it was decoded with.</param>
public sealed record CapturedConnection(TcpConnectionInfo Info, DecodedConnection Decoded, KeyLog KeyLog);
