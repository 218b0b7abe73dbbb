using TlsInterop.Tls.Capture.Packets;

namespace TlsInterop.Tls.Capture.Leases;

/// <summary>One connection of a lease: who opened it, and which ends have closed.</summary>
internal sealed class LeasedConnection(CaptureLease lease, TcpEndPoint client, uint initialSequenceNumber)
{
    private bool _clientFinished;
    private bool _serverFinished;
    private bool _reset;

    public CaptureLease Lease { get; } = lease;

    public bool IsEnded => _reset || (_clientFinished && _serverFinished);

    /// <summary>A SYN is this connection's own if it repeats the first one.</summary>
    public bool IsRepeatedOpening(in TcpSegment segment) =>
        segment.SequenceNumber == initialSequenceNumber && segment.Source.Equals(client);

    /// <summary>Notes FIN and RST. True if the connection ended with this segment.</summary>
    public bool Ends(in TcpSegment segment)
    {
        if (IsEnded) return false;
        _reset |= segment.Has(TcpFlags.Rst);
        if (segment.Has(TcpFlags.Fin))
        {
            var fromClient = segment.Source.Equals(client);
            _clientFinished |= fromClient;
            _serverFinished |= !fromClient;
        }
        return IsEnded;
    }
}
