using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Tests.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Records;

internal static class StructureCases
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";
    private const string Tls13GnuTls = "tls1.3-gnutls";

    private static readonly byte[] EmptyEncryptedExtensions = [8, 0, 0, 2, 0, 0];
    private static readonly byte[] FatalAlert = [2, 40];

    public static readonly RuleCase[] Rows =
    [
        Loud("empty-fragment", "a handshake record", () =>
            SessionEvidence.WithRecords(Tls12, records => [.. records, Plain(ContentType.Handshake)])),
        Loud("empty-fragment", "an alert", () =>
            SessionEvidence.WithRecords(Tls12, records => [.. records, Plain(ContentType.Alert)])),
        Loud("empty-fragment", "of a server that says no more", () => SessionEvidence.OfBytes(
            (Direction.ServerToClient, [22, 3, 1, 0, 0]))),
        Quiet("empty-fragment", "a server that speaks Modbus and repeats the first octets of a ClientHello", () =>
            SessionEvidence.OfBytes(
                (Direction.ClientToServer, [22, 3, 1, 0, 4, 1, 0, 0, 0]),
                (Direction.ServerToClient, [22, 3, 1, 0, 0, 3, 0, 128, 1]))),
        Quiet("empty-fragment", "empty application data", () => SessionEvidence.Of(Tls10)),
        Loud("empty-records-in-a-row", "33", () =>
            SessionEvidence.WithRecords(Tls10, records => [.. records, .. Empty(33)])),
        Quiet("empty-records-in-a-row", "32", () => SessionEvidence.WithRecords(Tls10, records =>
            [.. records.Where(record => record.Opened is not { Content.IsEmpty: true }), .. Empty(32)])),
        Loud("record-version", "TLS 1.0 in a record of TLS 1.2", () => SessionEvidence.WithRecords(Tls12, records =>
            [.. records.SkipLast(1),
                records[^1] with { Record = records[^1].Record with { Version = ProtocolVersion.Tls10 } }])),
        Loud("record-version", "TLS 1.3 in a record of TLS 1.3", () => SessionEvidence.WithRecords(Tls13, records =>
            [.. records.SkipLast(1),
                records[^1] with { Record = records[^1].Record with { Version = ProtocolVersion.Tls13 } }])),
        Quiet("record-version", "a ClientHello of TLS 1.3 in a record of TLS 1.0", () => SessionEvidence.Of(Tls13)),
        Loud("content-type-unknown", "a heartbeat that nobody agreed on", () =>
            SessionEvidence.WithRecords(Tls12, records => [.. records, Plain(new ContentType(24), 1, 0, 0)])),
        Quiet("content-type-unknown", "a heartbeat that was agreed on", () => Heartbeat(Tls12)),
        Loud("message-interrupted", "ChangeCipherSpec in a Certificate", () => SessionEvidence.OfBytes(
            (Direction.ServerToClient, [22, 3, 3, 0, 6, 11, 0, 0, 9, 0, 0]),
                (Direction.ServerToClient, [20, 3, 3, 0, 1, 1]))),
        Quiet("message-interrupted", "the capture ends in a Certificate", () =>
            SessionEvidence.OfBytes((Direction.ServerToClient, [22, 3, 3, 0, 6, 11, 0, 0, 9, 0, 0]))),
        Loud("key-change-within-record", "EncryptedExtensions in the record of ServerHello", () =>
            SessionEvidence.WithWire(Tls13, records =>
            records.Select(record => record is { From: Direction.ServerToClient, Type: 22 }
                ? record with { Fragment = [.. record.Fragment, .. EmptyEncryptedExtensions] }
                : record))),
        Quiet("key-change-within-record", "all messages up to Finished in one record", () =>
            SessionEvidence.Of(Tls13GnuTls)),
        Loud("plaintext-after-keys", "a plain alert of TLS 1.3", () => WithPlainAlert(Tls13)),
        Loud("plaintext-after-keys", "a plain alert of TLS 1.2", () => WithPlainAlert(Tls12)),
        Quiet("plaintext-after-keys", "ChangeCipherSpec among protected records", () => SessionEvidence.Of(Tls13)),
    ];

    private static DecodedRecord Plain(ContentType type, params byte[] fragment) => new(
        Direction.ServerToClient,
        new TlsRecord(type, ProtocolVersion.Tls12, fragment, new FrameStamp(99, 0)),
        Number: 99,
        IsProtected: false,
        Opened: null);

    private static IEnumerable<DecodedRecord> Empty(int count) =>
        Enumerable.Range(0, count).Select(_ => Plain(ContentType.ApplicationData));

    private static Evidence Heartbeat(string name)
    {
        var agreed = SessionEvidence.With(name, item => item.Message.Body is ServerHello hello
            ? hello with
            {
                ExtensionList =
                    SessionEvidence.With(hello.ExtensionList, new ExtensionType(15), ExtensionPlace.ServerHello, [1]),
            }
            : null);
        var connection = new DecodedConnection(
            agreed.Connection.Events, [.. agreed.Connection.Records, Plain(new ContentType(24), 1, 0, 0)]);
        return new Evidence(connection, agreed.KeyLog);
    }

    private static Evidence WithPlainAlert(string name) => SessionEvidence.WithWire(name, records =>
        [.. records, new RecordedSession.Record(Direction.ServerToClient, 21, 0x0303, FatalAlert)]);
}
