namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>The connections of each phase in the order of their latest segments: tells which to forget.</summary>
internal sealed class ConnectionAges
{
    private readonly Row[] _rows;
    private readonly int _manyOpening;
    private long _previous = long.MaxValue;

    public ConnectionAges(ReassemblyLimits limits)
    {
        _manyOpening = limits.Connections / 4;
        _rows =
        [
            new(limits.EndedPatience, limits.EndedConnections),
            new(limits.OpeningPatience, int.MaxValue),
            new(limits.IdlePatience, int.MaxValue),
        ];
    }

    /// <summary>The capture's time, in nanoseconds since 1970.</summary>
    public long Now { get; private set; } = long.MinValue;

    /// <summary>The connections of a phase.</summary>
    private sealed record Row(TimeSpan Patience, int Most)
    {
        public long PatienceNanoseconds { get; } = Patience.Ticks * TimeSpan.NanosecondsPerTick;

        public LinkedList<TcpConnection> Connections { get; } = new();

        public TcpConnection? Oldest => Connections.First?.Value;
    }

    /// <summary>
    /// The connection that is missed least: one that has ended; else one without data while those are many, as in a
    /// scan; else one with data. Of its phase it is the one silent longest.
    /// </summary>
    public TcpConnection? LeastUseful =>
        _rows[0].Oldest ?? (_rows[1].Connections.Count > _manyOpening ? null : _rows[2].Oldest) ?? _rows[1].Oldest;

    /// <summary>The connection that may hold most: of the last phase that has any, the one silent longest.</summary>
    public TcpConnection? Costliest => _rows[2].Oldest ?? _rows[1].Oldest ?? _rows[0].Oldest;

    /// <summary>A connection that has been silent for longer than its phase allows, or null.</summary>
    public TcpConnection? Overdue
    {
        get
        {
            foreach (var row in _rows)
            {
                if (row.Oldest is not { } oldest) continue;
                if (row.Connections.Count > row.Most || Now - oldest.LastSeenUnixNanoseconds > row.PatienceNanoseconds)
                    return oldest;
            }
            return null;
        }
    }

    /// <summary>Notes that a connection had a segment, and its time.</summary>
    public void Touch(TcpConnection connection)
    {
        // One frame with a time far ahead must not age all connections: two in a row count.
        Now = Math.Min(connection.LastSeenUnixNanoseconds, _previous);
        _previous = connection.LastSeenUnixNanoseconds;
        Remove(connection);
        _rows[(int)connection.Phase].Connections.AddLast(connection.Node);
    }

    public static void Remove(TcpConnection connection) => connection.Node.List?.Remove(connection.Node);
}
