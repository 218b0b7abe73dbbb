using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Decoding;

/// <summary>What comes out of a connection, within its limits.</summary>
internal sealed class DecodingLog(DecodingLimits limits, bool openingSeen)
{
    /// <summary>Octets of what could not be read that say enough of it; its place tells the rest.</summary>
    private const int MostOctetsOfFault = 64;

    private List<ConnectionEvent> _events = [];
    private List<DecodedRecord> _records = [];
    private long _clientRecord;
    private long _serverRecord;
    private int _applicationRecords;
    private long _applicationOctets;
    private long _messageOctets;
    private bool _isFull;

    public StreamTotals FromClient { get; } = new();

    public StreamTotals FromServer { get; } = new();

    public StreamTotals Of(Direction direction) => direction == Direction.ClientToServer ? FromClient : FromServer;

    /// <summary>True if something had to wait before it could be read: the order is then that of the frames.</summary>
    public bool IsOutOfOrder { get; set; }

    public DecodedConnection Connection()
    {
        if (IsOutOfOrder)
        {
            _events = [.. _events.OrderBy(item => item.At.Number)];
            _records = [.. _records.OrderBy(item => item.Record.At.Number)];
            IsOutOfOrder = false;
        }
        return new(_events, _records, FromClient, FromServer) { OpeningSeen = openingSeen };
    }

    /// <summary>What comes next is of this record.</summary>
    public void Begin(Direction direction, long number)
    {
        if (direction == Direction.ClientToServer) _clientRecord = number;
        else _serverRecord = number;
    }

    /// <summary>Adds an event of the record that was begun last in its direction, if there is room.</summary>
    public void Add(ConnectionEvent item)
    {
        if (item is EndEvent || HasRoom(item.Direction, waiting: 0, item.At)) Keep(item);
    }

    private void Keep(ConnectionEvent item)
    {
        item.RecordNumber = item.Direction == Direction.ClientToServer ? _clientRecord : _serverRecord;
        _events.Insert(PlaceOf(item), item);
    }

    // Text without a line end is told when its direction ends: the other one may have ended before, but later than it.
    private int PlaceOf(ConnectionEvent item)
    {
        var place = _events.Count;
        if (item is not ClearTextEvent) return place;
        while (place > 0 && _events[place - 1] is EndEvent end && end.At.Number > item.At.Number) place--;
        return place;
    }

    public void Add(Direction direction, in TlsRecord record, long number, bool isProtected, OpenedRecord? opened)
    {
        if (limits.KeepsRecords) _records.Add(new(direction, record, number, isProtected, opened));
    }

    /// <summary>Counts what a message keeps: its octets, and those that it unpacks to.</summary>
    public void Add(HandshakeMessage message) =>
        _messageOctets += message.Bytes.Length
            + (message.Body is CompressedCertificate { Certificate: not null } packed ? packed.UncompressedLength : 0);

    /// <summary>
    /// Adds a fault. Its octets are copied: a slice would keep much more alive, for each of many faults.
    /// </summary>
    public void Fault(Direction direction, WireFault fault, ReadOnlyMemory<byte> bytes, FrameStamp at) =>
        Add(new FaultEvent(direction, at, fault, bytes[..Math.Min(bytes.Length, MostOctetsOfFault)].ToArray()));

    /// <summary>False, with a fault at the first time, if nothing more is kept.</summary>
    public bool HasRoom(Direction direction, int waiting, FrameStamp at)
    {
        if (_isFull) return false;

        _isFull = _events.Count + _records.Count + waiting >= limits.Items || _messageOctets > limits.Octets;
        if (_isFull)
        {
            Keep(new FaultEvent(direction, at, new(WireFaultKind.LimitExceeded, "connection", 0, FaultOwner.Decoder,
                $"Expected at most {limits.Items} records and messages, {limits.Octets} octets of messages. "
                + "Got: more; the rest is not decoded"), default));
        }

        return !_isFull;
    }

    /// <summary>Counts a record of application data; false if its detail is not kept any more.</summary>
    public bool HasRoomForApplicationData(StreamTotals totals, int octets)
    {
        totals.ApplicationOctets += octets;
        if (_applicationRecords >= limits.ApplicationRecords || _applicationOctets + octets > limits.ApplicationOctets)
        {
            totals.CountedOnly++;
            return false;
        }
        _applicationRecords++;
        _applicationOctets += octets;
        return true;
    }

    /// <summary>Counts a protected record.</summary>
    public static void Count(StreamTotals totals, OpenedRecord? opened)
    {
        totals.ProtectedRecords++;
        if (opened is { IsReadable: true }) totals.OpenedRecords++;
        else if (opened is not null) totals.FailedRecords++;
    }
}
