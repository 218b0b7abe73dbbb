using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>How records are made, and how messages lie in them.</summary>
internal static class StructureRules
{
    // OpenSSL closes a connection after 32 of them in a row, others after fewer or more.
    private const int MostEmptyRecords = 32;

    public static readonly Rule[] Rows =
    [
        new(
            "empty-fragment", "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            "Records of handshake messages, alerts and ChangeCipherSpec are not empty, padded or not.",
            Severity.Error,
            EmptyFragments),
        new(
            "empty-records-in-a-row", "RFC 5246, Section 6.2.1",
            "Empty records of application data serve to hide its length; so many in a row only keep the peer busy.",
            Severity.Warning,
            EmptyInARow),
        new(
            "record-version", "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            "From ServerHello on, the header of a record holds the negotiated version, in TLS 1.3 that of TLS 1.2.",
            Severity.Warning,
            WrongVersion),
        new(
            "content-type-unknown", "RFC 8446, Section 5; RFC 5246, Section 6.2.1",
            "A record is of a content type that TLS knows.",
            Severity.Error,
            UnknownType),
        new(
            "message-interrupted", "RFC 8446, Section 5.1",
            "Between the records of one handshake message there are none of another content type.",
            Severity.Error,
            Interrupted),
        new(
            "key-change-within-record", "RFC 8446, Section 5.1",
            "A message after which the keys change ends its record: ServerHello, Finished, EndOfEarlyData, KeyUpdate.",
            Severity.Error,
            WithinRecord),
        new(
            "plaintext-after-keys", "RFC 8446, Section 5.2; RFC 5246, Section 7.1",
            "Once an end has sent a protected record or ChangeCipherSpec, all that follows is protected.",
            Severity.Error,
            PlaintextAfterKeys),
    ];

    private static void EmptyFragments(Evidence evidence, RuleHits hits)
    {
        foreach (var record in evidence.Records)
        {
            if (RecordPlaces.ContentOf(record) is { Content.IsEmpty: true } found
                && found.Type.IsKnown && found.Type != ContentType.ApplicationData)
            {
                hits.Add($"Expected at least one octet of {found.Type}. Got: none.", record);
            }
        }
    }

    private static void EmptyInARow(Evidence evidence, RuleHits hits)
    {
        var counts = new int[2];
        foreach (var record in evidence.Records)
        {
            ref var count = ref counts[(int)record.Direction];
            count = RecordPlaces.ContentOf(record) is { Content.IsEmpty: true } ? count + 1 : 0;
            if (count != MostEmptyRecords + 1) continue;
            hits.Add($"Expected at most {MostEmptyRecords} empty records in a row. Got: more.", record);
            return;
        }
    }

    private static void WrongVersion(Evidence evidence, RuleHits hits)
    {
        var handshake = evidence.Handshakes.FirstOrDefault(handshake => handshake.Choice is not null);
        if (handshake is null) return;
        var version = handshake.Choice!.Version;
        // Drafts of TLS 1.3 had other values here.
        if (!ProtocolVersion.Known.Contains(version)) return;
        var expected = version > ProtocolVersion.Tls12 ? ProtocolVersion.Tls12 : version;
        var hello = evidence.Places.Find(handshake.ServerHello!)?.First;
        if (hello is null) return;
        var (isBegun, isClientTold, isServerTold) = (false, false, false);
        foreach (var record in evidence.Records)
        {
            isBegun |= ReferenceEquals(record, hello);
            if (!isBegun || record.Record.Version == expected || record.Record.IsSslV2) continue;
            ref var isTold = ref isServerTold;
            if (record.Direction == Direction.ClientToServer) isTold = ref isClientTold;
            if (isTold) continue;
            isTold = true;
            hits.Add(
                $"Expected {expected} in the header of a record of {version}. Got: {record.Record.Version}.", record);
        }
    }

    private static void UnknownType(Evidence evidence, RuleHits hits)
    {
        // RFC 6520, Section 2: heartbeats come where both ends agreed on them.
        var hasHeartbeats = evidence.Handshakes.Any(handshake =>
            handshake.Messages.Any(
                item => item.Direction == Direction.ServerToClient
                    && item.Message.Body.Extensions.Has(ExtensionType.Heartbeat)));
        foreach (var record in evidence.Records)
        {
            if (RecordPlaces.ContentOf(record) is not { Type: var type } || type.Code is >= 20 and <= 23) continue;
            if (!(hasHeartbeats && type.IsKnown))
                hits.Add($"Expected a content type of TLS. Got: {type}.", record);
        }
    }

    private static void Interrupted(Evidence evidence, RuleHits hits)
    {
        HandshakeEvent? cutOfClient = null, cutOfServer = null;
        foreach (var item in evidence.Events)
        {
            ref var cut = ref cutOfServer;
            if (item.Direction == Direction.ClientToServer) cut = ref cutOfClient;
            var message = cut;
            cut = null;
            if (message is not null && What(item) is { } other)
            {
                hits.Add(
                    $"Expected the rest of {message.Message.Type} after {message.Message.Bytes.Length} octets of it. "
                    + $"Got: {other}.",
                    message);
            }
            if (item is HandshakeEvent
                {
                    Message.Fault: { Kind: WireFaultKind.Truncated, Owner: FaultOwner.Peer },
                } begun
                && IsCut(begun.Message))
            {
                cut = begun;
            }
        }
    }

    // A message that is shorter inside than its fields say is whole in its records.
    private static bool IsCut(HandshakeMessage message)
    {
        var reader = new WireReader(message.Bytes);
        _ = reader.U8("msg_type");
        var length = reader.U24("length");
        return reader.Fault is not null || length > reader.Remaining;
    }

    private static string? What(ConnectionEvent next) => next switch
    {
        ChangeCipherSpecEvent => "change_cipher_spec",
        ApplicationDataEvent => "application_data",
        EncryptedEvent encrypted => encrypted.Type.ToString(),
        FaultEvent { Fault: { Kind: WireFaultKind.Unexpected } } => "a record of an unknown type",
        _ => null,
    };

    private static void WithinRecord(Evidence evidence, RuleHits hits)
    {
        foreach (var handshake in evidence.Handshakes)
        {
            if (handshake.Terms is not { Version.IsTls13: true }) continue;
            foreach (var item in handshake.Sent)
            {
                if (!ChangesKeys(item.Message)
                    || evidence.Places.Find(item) is not { Behind: > 0 and var behind })
                {
                    continue;
                }
                hits.Add(
                    $"Expected {item.Message.Type} at the end of its record. "
                    + $"Got: {behind} octets of messages behind it.",
                    item);
            }
        }
    }

    private static bool ChangesKeys(HandshakeMessage message) =>
        message.Type == HandshakeType.Finished
        || message.Type == HandshakeType.EndOfEarlyData
        || message.Type == HandshakeType.KeyUpdate
        || message.Body is ServerHello { IsHelloRetryRequest: false };

    private static void PlaintextAfterKeys(Evidence evidence, RuleHits hits)
    {
        var isTls13 = evidence.Connection.Facts.Version is { IsTls13: true };
        var hasKeys = new bool[2];
        var hasHello = false;
        var hello = isTls13 ? HelloRecord(evidence) : null;
        foreach (var record in evidence.Records)
        {
            hasHello |= ReferenceEquals(record, hello);
            if (hasKeys[(int)record.Direction] && (isTls13 ? IsPlain13(record) : IsPlainAlert(record)))
            {
                hits.Add(
                    $"Expected protected records only. "
                    + $"Got: {record.Record.Type} with {record.Record.Fragment.Length} octets in the clear.",
                    record, record.Record.Fragment);
            }
            // Early data is protected before the handshake is; if it is refused, a plain ClientHello may follow.
            hasKeys[(int)record.Direction] |= isTls13 ? hasHello && record.IsProtected
                : record.Record.Type == ContentType.ChangeCipherSpec;
        }
    }

    private static DecodedRecord? HelloRecord(Evidence evidence) =>
        evidence.Handshakes.Select(handshake => handshake.ServerHello).OfType<HandshakeEvent>()
            .FirstOrDefault() is { } hello
            ? evidence.Places.Find(hello)?.First
            : null;

    // RFC 8446, Appendix D.4: ChangeCipherSpec means nothing and may come in between.
    private static bool IsPlain13(DecodedRecord record) =>
        !record.IsProtected && record.Record.Type != ContentType.ChangeCipherSpec;

    // Up to TLS 1.2 nothing marks a protected record as such, but a bare alert is shorter than any MAC.
    private static bool IsPlainAlert(DecodedRecord record) =>
        record is { IsProtected: true, Opened: not { IsOk: true } }
        && record.Record.Type == ContentType.Alert
        && record.Record.Fragment.Length == 2;
}
