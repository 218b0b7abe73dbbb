using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>How an end uses its keys: nonces, IVs, padding, and how long.</summary>
internal static class ProtectionRules
{
    private const int ExplicitNonceLength = 8;

    // RFC 8446, Section 5.5: 2^24.5 full-size records.
    private const ulong MostGcmRecords = 23_726_566;

    public static readonly Rule[] Rows =
    [
        new(
            "padding-not-minimal", "RFC 5246, Section 6.2.3.2; RFC 6101, Section 5.2.3.2",
            "CBC padding fills the last block; more is allowed since TLS 1.0, and some peers take it for an error.",
            Severity.Note,
            PaddingNotMinimal),
        new(
            "nonce-repeated", "RFC 5288, Section 3; RFC 5116, Section 3.1",
            "Under one key, no two records of an AEAD cipher have the same nonce.",
            Severity.Error,
            (evidence, hits) => Repeated(evidence, ExplicitNonceLengthOf, "explicit nonce", hits)),
        new(
            "iv-repeated", "RFC 5246, Section 6.2.3.2; RFC 4346, Section 6.2.3.2",
            "Since TLS 1.1 each record of a CBC cipher has an IV of its own.",
            Severity.Error,
            (evidence, hits) => Repeated(evidence, IvLengthOf, "IV", hits)),
        new(
            "iv-foretold", "RFC 5246, Section 6.2.3.2; RFC 4346, Section 6.2.3.2",
            "The IV of a record is not the last block of the record before it: who sees that one knows the next.",
            Severity.Error,
            Foretold),
        new(
            "key-used-too-long", "RFC 8446, Section 5.5",
            "A key of AES-GCM protects at most 2^24.5 records before it is changed.",
            Severity.Warning,
            UsedTooLong),
        new(
            "first-octet-not-split", "RFC 7457, Section 2.2",
            "Up to TLS 1.0 what is sent with CBC begins with a record of one octet or none: nobody knows the IV then.",
            Severity.Note,
            NotSplit),
    ];

    private static void PaddingNotMinimal(Evidence evidence, RuleHits hits)
    {
        foreach (var epoch in evidence.Epochs)
        {
            var padded = epoch.Records.Where(record => record.Opened is { IsOk: true, ExtraPaddingBlocks: > 0 })
                .ToList();
            if (padded is not [var first, ..]) continue;
            var most = padded.Max(record => record.Opened!.Value.ExtraPaddingBlocks);
            hits.Add(
                $"Expected no block of padding beyond the last of the data. "
                + $"Got: up to {most} blocks of {epoch.Terms.Suite.BlockLength} "
                + $"octets more, in {padded.Count} of {epoch.Records.Count} records; in the first of them "
                + $"{first.Opened!.Value.ExtraPaddingBlocks} (padding_length {first.Opened.Value.PaddingLength}).",
                first);
        }
    }

    private static void Repeated(
        Evidence evidence, Func<HandshakeTerms, int> lengthOf, string name, RuleHits hits)
    {
        foreach (var epoch in evidence.Epochs)
        {
            var length = lengthOf(epoch.Terms);
            if (length == 0) continue;
            var seen = new HashSet<UInt128>();
            foreach (var record in epoch.Records)
            {
                var fragment = record.Record.Fragment;
                if (fragment.Length < length || seen.Add(Number(fragment.Span[..length]))) continue;
                var value = Convert.ToHexStringLower(fragment.Span[..length]);
                hits.Add(
                    $"Expected an {name} of its own. Got: {value} again.", record, fragment[..length]);
            }
        }
    }

    private static UInt128 Number(ReadOnlySpan<byte> octets)
    {
        UInt128 number = 0;
        foreach (var octet in octets) number = (number << 8) | octet;
        return number;
    }

    // RFC 5288, Section 3; RFC 6655, Section 3. TLS 1.3 and ChaCha20-Poly1305 make their nonces of the sequence number.
    private static int ExplicitNonceLengthOf(HandshakeTerms terms) =>
        terms.Version == ProtocolVersion.Tls12 && terms.Suite.IsAead && terms.Suite.Mode != CipherMode.ChaCha20Poly1305
            ? ExplicitNonceLength
            : 0;

    private static int IvLengthOf(HandshakeTerms terms) =>
        terms.Version > ProtocolVersion.Tls10 && terms.Suite.Mode == CipherMode.Cbc ? terms.Suite.BlockLength : 0;

    private static void Foretold(Evidence evidence, RuleHits hits)
    {
        foreach (var epoch in evidence.Epochs)
        {
            // RFC 7366, Section 3: a MAC may follow the last block, and so hide it.
            var length = IvLengthOf(epoch.Terms);
            if (length == 0) continue;
            for (var index = 1; index < epoch.Records.Count; index++)
            {
                var (before, fragment) =
                    (epoch.Records[index - 1].Record.Fragment, epoch.Records[index].Record.Fragment);
                if (before.Length < 2 * length || fragment.Length < length
                    || !before.Span[^length..].SequenceEqual(fragment.Span[..length]))
                {
                    continue;
                }
                hits.Add(
                    "Expected an IV that nobody can foretell. Got: the last block of the record before it.",
                    epoch.Records[index], fragment[..length]);
            }
        }
    }

    private static void UsedTooLong(Evidence evidence, RuleHits hits)
    {
        foreach (var epoch in evidence.Epochs)
        {
            if (epoch.Terms.Suite.Mode != CipherMode.Gcm) continue;
            var beyond = epoch.Records.FirstOrDefault(record => record.Opened is { SequenceNumber: >= MostGcmRecords });
            if (beyond is not null)
                hits.Add($"Expected a new key after {MostGcmRecords} records. Got: none.", beyond);
        }
    }

    private static void NotSplit(Evidence evidence, RuleHits hits)
    {
        if (evidence.Connection.Facts is not { Version: { } version, Suite.Info.Mode: CipherMode.Cbc }) return;
        if (version > ProtocolVersion.Tls10) return;
        var unsplit = FirstOfLaterTurns(evidence).Where(record => Content(record)?.Length > 1);
        foreach (var record in unsplit.DistinctBy(record => record.Direction))
            hits.Add(
                $"Expected a record of one octet or none first. Got: {Content(record)?.Length} octets at once.",
                record);
    }

    // The IV of what an end says first is a block of its Finished, which nobody could choose.
    private static IEnumerable<DecodedRecord> FirstOfLaterTurns(Evidence evidence)
    {
        var hasSpoken = new bool[2];
        Direction? last = null;
        foreach (var record in evidence.ProtectedRecords)
        {
            var isFirst = last != record.Direction;
            last = record.Direction;
            if (Content(record) is null) continue;
            if (isFirst && hasSpoken[(int)record.Direction]) yield return record;
            hasSpoken[(int)record.Direction] = true;
        }
    }

    private static ReadOnlyMemory<byte>? Content(DecodedRecord record) =>
        RecordPlaces.ContentOf(record) is { } found && found.Type == ContentType.ApplicationData ? found.Content : null;
}
