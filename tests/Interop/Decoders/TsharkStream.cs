using System.Net;
using System.Xml.Linq;
using TlsInterop.Tls.Capture.Reassembly;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>The TLS layers of one TCP connection in tshark's PDML, each with the end that sent it.</summary>
internal sealed class TsharkStream
{
    /// <summary>tshark's number of the stream, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>The first frame that it found TLS in.</summary>
    public required long FirstFrame { get; init; }

    /// <summary>The ends of that frame.</summary>
    public required (IPEndPoint Source, IPEndPoint Destination) Ends { get; init; }

    public List<(IPEndPoint Source, XElement Layer)> Layers { get; } = [];

    /// <summary>True if this is a part of the connection: the same ends, and none of its frames is earlier.</summary>
    public bool IsPartOf(TcpConnectionInfo info) =>
        info.FirstFrame.Number <= FirstFrame
        && (Ends == (info.Client, info.Server) || Ends == (info.Server, info.Client)
            || (Ends.Source.Equals(info.Client) && Ends.Destination.Equals(info.Server))
            || (Ends.Source.Equals(info.Server) && Ends.Destination.Equals(info.Client)));
}
