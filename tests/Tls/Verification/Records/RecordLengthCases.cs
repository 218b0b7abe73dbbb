using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Records;

internal static class RecordLengthCases
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Tls13 = "tls1.3-AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("record-plaintext-too-long", "one octet more", () =>
            SessionEvidence.WithOpened(Tls12, Holding((1 << 14) + 1))),
        Quiet("record-plaintext-too-long", "2^14 octets", () => SessionEvidence.WithOpened(Tls12, Holding(1 << 14))),
        Loud("record-too-long", "TLS 1.3, one octet more", () => Fragments(Tls13, (1 << 14) + 257)),
        Loud("record-too-long", "a header that says so", () =>
            SessionEvidence.OfBytes((Direction.ClientToServer, [22, 3, 1, 0xff, 0xff, 1]))),
        Quiet("record-too-long", "TLS 1.3, 2^14 + 256 octets", () => Fragments(Tls13, (1 << 14) + 256)),
        Quiet("record-too-long", "TLS 1.2, 2^14 + 257 octets", () => Fragments(Tls12, (1 << 14) + 257)),
        Loud("record-size-limit", "TLS 1.2, one octet more", () => SizeLimit(Tls12, ofServer: true, 65)),
        Loud("record-size-limit", "TLS 1.3 counts the inner content type", () => SizeLimit(Tls13, ofServer: true, 64)),
        Quiet("record-size-limit", "TLS 1.2, as many as the limit", () => SizeLimit(Tls12, ofServer: true, 64)),
        Quiet("record-size-limit", "the server did not answer it", () => SizeLimit(Tls12, ofServer: false, 65)),
        Loud("max-fragment-length", "512 agreed, a Certificate of more", () => FragmentLength(Tls12, 1)),
        Quiet("max-fragment-length", "4096 agreed", () => FragmentLength(Tls12, 4)),
    ];

    private static Func<DecodedRecord, OpenedRecord?> Holding(int octets) => record =>
        record.Opened is { ContentType: 23 } opened ? opened with { Content = new byte[octets] } : record.Opened;

    private static Evidence Fragments(string name, int octets) => SessionEvidence.WithRecords(name, records =>
        records.Select(record => record.Record.Type == ContentType.ApplicationData
            ? record with { Record = record.Record with { Fragment = new byte[octets] } }
            : record));

    // Both ends name 64, the least that is allowed; every piece of data is as long as asked.
    private static Evidence SizeLimit(string name, bool ofServer, int octets) => SessionEvidence.With(
        name,
        item => item.Message.Body switch
        {
            ClientHello or ServerHello or EncryptedExtensions when Names(item.Message.Body, name, ofServer) =>
                WithExtension(item.Message.Body, ExtensionType.RecordSizeLimit, 0, 64),
            _ => null,
        },
        record => record.Opened is { } opened
            ? opened with { Content = new byte[opened.ContentType == 23 ? octets : 16] }
            : null);

    private static bool Names(HandshakeBody body, string name, bool ofServer) =>
        body is ClientHello || (ofServer && body is EncryptedExtensions == (name == Tls13));

    private static Evidence FragmentLength(string name, byte code) => SessionEvidence.With(name, item =>
        item.Message.Body is ClientHello or ServerHello
            ? WithExtension(item.Message.Body, ExtensionType.MaxFragmentLength, code)
            : null);

    private static HandshakeBody WithExtension(HandshakeBody body, ExtensionType type, params byte[] data) =>
        body switch
    {
        ClientHello hello => hello with
        {
            ExtensionList = SessionEvidence.With(hello.ExtensionList, type, ExtensionPlace.ClientHello, data),
        },
        ServerHello hello => hello with
        {
            ExtensionList = SessionEvidence.With(hello.ExtensionList, type, ExtensionPlace.ServerHello, data),
        },
        _ => new EncryptedExtensions(
            SessionEvidence.With(body.Extensions, type, ExtensionPlace.EncryptedExtensions, data)),
    };
}
