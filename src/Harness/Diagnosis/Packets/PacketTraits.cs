namespace TlsInterop.Harness.Diagnosis.Packets;

/// <summary>What the packets of a connection tell below the stream of octets.</summary>
public sealed record PacketTraits
{
    /// <summary>Segments of the client that ask for a connection: more than one if nobody answers.</summary>
    public int Openings { get; init; }

    /// <summary>True if the server took the connection: SYN and ACK.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>
    /// The time to live of the packets of the end that sent the first RST, and how often it was that.
    /// </summary>
    public IReadOnlyDictionary<int, int> HopsOfResetter { get; init; } = new Dictionary<int, int>();

    /// <summary>The time to live of the first RST; null if there was none.</summary>
    public int? HopsOfReset { get; init; }

    /// <summary>Frame of the first RST; 0 if there was none.</summary>
    public long ResetFrame { get; init; }

    /// <summary>True if the end that sent the first RST sent something else a good while behind it.</summary>
    public bool LivesOnAfterReset { get; init; }

    /// <summary>What of the client never was acknowledged.</summary>
    public UnacknowledgedSegment FromClient { get; init; }

    /// <summary>What of the server never was acknowledged.</summary>
    public UnacknowledgedSegment FromServer { get; init; }
}
