using System.ComponentModel;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation.Json;

/// <summary>All that there is to tell of a connection, as a program reads it.</summary>
internal sealed record ConnectionDocument(
    [property: Description("The connection in short, as --summary --format jsonl writes it")] SummaryDocument Summary,
    [property: Description("What the first handshake agreed on, and how the connection went")] HandshakeFacts Facts,
    [property: Description("Everything in the order of the capture; of much application data the beginning")]
    IReadOnlyList<ConnectionEvent> Events,
    [property: Description("The client's direction as a whole")] StreamTotals FromClient,
    [property: Description("The server's direction as a whole")] StreamTotals FromServer,
    [property: Description("What the rules found")] IReadOnlyList<FindingDocument> Findings,
    [property: Description("What could not be read")] IReadOnlyList<FaultDocument> Faults)
{
    public static ConnectionDocument Of(CapturedConnection connection, IReadOnlyList<Finding> findings) => new(
        SummaryDocument.Of(ConnectionSummary.Of(connection.Info, connection.Decoded)),
        connection.Decoded.Facts,
        connection.Decoded.Events,
        connection.Decoded.FromClient,
        connection.Decoded.FromServer,
        FindingDocument.Of(findings),
        [.. connection.Decoded.Faults.Select(fault => new FaultDocument(fault.Direction, fault.At, fault.Fault))]);
}

/// <summary>Something that could not be read, with its place.</summary>
internal sealed record FaultDocument(Direction Direction, FrameStamp At, WireFault Fault);
