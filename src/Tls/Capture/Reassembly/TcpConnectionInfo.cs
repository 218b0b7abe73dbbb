using System.Net;

namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>Who talks to whom.</summary>
/// <param name="Number">Number of the connection in its capture, from 1 in the order of first frames.</param>
/// <param name="Client">
/// The end that sent the first SYN; without one, the better guess (see <paramref name="OpeningSeen"/>).
/// </param>
/// <param name="Server">The other end.</param>
/// <param name="FirstFrame">The first frame of the connection.</param>
/// <param name="OpeningSeen">
/// True if a SYN decides who is the client. Otherwise the first TLS handshake message did; else the end with the higher
/// port is taken.
/// </param>
public sealed record TcpConnectionInfo(
    int Number, IPEndPoint Client, IPEndPoint Server, FrameStamp FirstFrame, bool OpeningSeen);
