using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Records;
using TlsInterop.Tls.Verification.Transport;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>All that the rules look at: one connection, taken apart for them.</summary>
public sealed class Evidence
{
    private readonly SeenHandshake[] _handshakes;
    private RecordPlaces? _places;
    private WayToTls? _wayToTls;
    private IReadOnlyList<RecordEpoch>? _epochs;

    /// <summary>Collects it and recomputes what the handshakes prove.</summary>
    /// <param name="connection">The decoded connection.</param>
    /// <param name="keyLog">The secrets that it was decoded with; null if nobody gave any.</param>
    public Evidence(DecodedConnection connection, KeyLog? keyLog)
    {
        Connection = connection;
        Events = [.. connection.Events];
        Records = WithoutForeign(connection);
        KeyLog = keyLog;
        ProtectedRecords = WithoutRefusedEarlyData(connection);
        var closed = ProtectedRecords.FirstOrDefault(record => record.Opened is not { IsOk: true });
        AllRecordsOpened = closed is null;
        var completeUntil = Math.Min(
            GapEvent.First(Events) ?? long.MaxValue, closed?.Record.At.Number ?? long.MaxValue);
        _handshakes =
        [
            .. ByHandshake(connection).Select(events => new SeenHandshake(events, keyLog, completeUntil)),
        ];
    }

    /// <summary>The connection.</summary>
    public DecodedConnection Connection { get; }

    /// <summary>Everything in the order of the capture, to be gone through without an enumerator.</summary>
    internal ConnectionEvent[] Events { get; }

    /// <summary>
    /// The records in the order of the capture, likewise; without those of an end that spoke something else than TLS:
    /// its octets look like records by chance, or because it repeats some of what the other end sent.
    /// </summary>
    internal DecodedRecord[] Records { get; }

    /// <summary>The secrets, or null.</summary>
    public KeyLog? KeyLog { get; }

    /// <summary>True if every protected record was opened, and fits.</summary>
    public bool AllRecordsOpened { get; }

    /// <summary>Where clear text and TLS begin.</summary>
    internal WayToTls WayToTls => _wayToTls ??= new WayToTls(Connection);

    /// <summary>The alerts of both ends, in the order of the capture.</summary>
    public IReadOnlyList<AlertEvent> Alerts => field ??= [.. Connection.Events.OfType<AlertEvent>()];

    /// <summary>Which record each event came in.</summary>
    public RecordPlaces Places => _places ??= new RecordPlaces(this);

    /// <summary>The protected records, by the keys that protect them.</summary>
    public IReadOnlyList<RecordEpoch> Epochs => _epochs ??= RecordEpoch.Of(this);

    /// <summary>The handshakes in order; more than one if the connection renegotiated.</summary>
    public IReadOnlyList<SeenHandshake> Handshakes => _handshakes;

    /// <summary>Lets a rule look at each handshake.</summary>
    internal void EachHandshake(Action<SeenHandshake, RuleHits> check, RuleHits hits)
    {
        foreach (var handshake in _handshakes) check(handshake, hits);
    }

    /// <summary>
    /// The protected records in the order of the capture, without early data that the server refused.
    /// </summary>
    public IReadOnlyList<DecodedRecord> ProtectedRecords { get; }

    // What is no message belongs to the handshake of the last message before it.
    private static List<List<ConnectionEvent>> ByHandshake(DecodedConnection connection)
    {
        var handshakes = new List<List<ConnectionEvent>>();
        var number = -1;
        foreach (var item in connection.Events)
        {
            if (item is HandshakeEvent message && message.Handshake > number)
            {
                number = message.Handshake;
                handshakes.Add([]);
            }
            if (number >= 0) handshakes[^1].Add(item);
        }
        return handshakes;
    }

    private static DecodedRecord[] WithoutForeign(DecodedConnection connection)
    {
        bool[] isTls = [false, false], isForeign = [false, false];
        for (var i = 0; i < connection.Events.Count; i++)
        {
            var item = connection.Events[i];
            if (item is FaultEvent { Fault.Kind: WireFaultKind.NotTls }) isForeign[(int)item.Direction] = true;
            else if (item is not (EndEvent or AnomalyEvent or GapEvent or ClearTextEvent))
                isTls[(int)item.Direction] = true;
        }
        return [.. connection.Records.Where(record =>
            isTls[(int)record.Direction] || !isForeign[(int)record.Direction])];
    }

    // RFC 8446, Section 4.2.10: a server that refuses early data skips it, so nobody needs the secret for it.
    private static List<DecodedRecord> WithoutRefusedEarlyData(DecodedConnection connection)
    {
        var records = connection.Records.Where(record => record.IsProtected);
        var mayBeEarly = connection.Messages.FirstOrDefault()?.Message.Body is ClientHello hello
            && hello.Extensions.Has(ExtensionType.EarlyData);
        var kept = new List<DecodedRecord>();
        foreach (var record in records)
        {
            if (mayBeEarly && record.Direction == Direction.ClientToServer)
            {
                if (record.Opened is not { IsOk: true }) continue;
                mayBeEarly = false;
            }
            kept.Add(record);
        }
        return kept;
    }
}
