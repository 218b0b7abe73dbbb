using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Records;

internal static class ProtectionCases
{
    private const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    private const string Tls11 = "tls1.1-ECDHE_RSA_WITH_AES_128_CBC_SHA";
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string ChaCha20 = "tls1.2-DHE_RSA_WITH_CHACHA20_POLY1305_SHA256";

    public static readonly RuleCase[] Rows =
    [
        Loud("padding-not-minimal", "three blocks more", () => SessionEvidence.WithOpened(Tls10, record =>
            record.Opened is { } opened ? opened with { ExtraPaddingBlocks = 3, PaddingLength = 63 } : null)),
        Quiet("padding-not-minimal", "a recorded session", () => SessionEvidence.Of(Tls10)),
        Loud("nonce-repeated", "the same explicit nonce in all records", () => Beginning(Tls12, new byte[8])),
        Quiet("nonce-repeated", "a recorded session", () => SessionEvidence.Of(Tls12)),
        Quiet("nonce-repeated", "a cipher whose nonces are not sent", () => Beginning(ChaCha20, new byte[8])),
        Loud("iv-repeated", "the same IV in all records", () => Beginning(Tls11, new byte[16])),
        Quiet("iv-repeated", "a recorded session", () => SessionEvidence.Of(Tls11)),
        Quiet("iv-repeated", "TLS 1.0 sends no IVs", () => Beginning(Tls10, new byte[16])),
        Loud("iv-foretold", "the last block of the record before", () => Chained(Tls11)),
        Quiet("iv-foretold", "a recorded session", () => SessionEvidence.Of(Tls11)),
        Loud("key-used-too-long", "2^24.5 records", () => Numbered(23_726_566)),
        Quiet("key-used-too-long", "one fewer", () => Numbered(23_726_565)),
        Loud("first-octet-not-split", "a second turn at once", () => SecondTurn(isSplit: false)),
        Quiet("first-octet-not-split", "a second turn with an empty record first", () => SecondTurn(isSplit: true)),
    ];

    private static Evidence Beginning(string name, byte[] start) => SessionEvidence.WithRecords(name, records =>
        records.Select(record => record.IsProtected ? Beginning(record, start) : record));

    private static DecodedRecord Beginning(DecodedRecord record, ReadOnlySpan<byte> start) => record with
    {
        Record = record.Record with { Fragment = (byte[])[.. start, .. record.Record.Fragment.Span[start.Length..]] },
    };

    private static Evidence Chained(string name) => SessionEvidence.WithRecords(name, records =>
    {
        var chained = records.ToArray();
        for (var index = 0; index < chained.Length; index++)
        {
            var before = chained.Take(index)
                .LastOrDefault(record => record.IsProtected && record.Direction == chained[index].Direction);
            if (before is not null)
                chained[index] = Beginning(chained[index], before.Record.Fragment.Span[^16..]);
        }
        return chained;
    });

    private static Evidence Numbered(ulong number) => SessionEvidence.WithOpened(Tls12, record =>
        record.Opened is { ContentType: 23 } opened ? opened with { SequenceNumber = number } : record.Opened);

    // What both ends said, once more.
    private static Evidence SecondTurn(bool isSplit) => SessionEvidence.WithRecords(Tls10, records =>
    [
        .. records,
        .. records.Where(record => record.Opened is { ContentType: 23 } opened && (isSplit || !opened.Content.IsEmpty)),
    ]);
}
