using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>How long a record may be.</summary>
internal static class RecordLengthRules
{
    private const int Most = 1 << 14;
    private const int MostProtected13 = Most + 256;

    public static readonly Rule[] Rows =
    [
        new(
            "record-plaintext-too-long", "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            "A record holds at most 2^14 octets of plaintext.",
            Severity.Error,
            (evidence, hits) => PlainLongerThan(evidence, _ => Most, "2^14 octets", hits)),
        new(
            "record-too-long", "RFC 8446, Section 5.2; RFC 5246, Section 6.2.3",
            "A protected record is at most 256 octets longer than 2^14, up to TLS 1.2 at most 2048.",
            Severity.Error,
            TooLong),
        new(
            "record-size-limit", "RFC 8449, Section 4",
            "A protected record holds no more than the record_size_limit that its receiver named.",
            Severity.Error,
            (evidence, hits) =>
                PlainLongerThan(evidence, SizeLimits(evidence), "the receiver's record_size_limit", hits)),
        new(
            "max-fragment-length", "RFC 6066, Section 4",
            "Once max_fragment_length is agreed, no record holds more than that.",
            Severity.Error,
            (evidence, hits) =>
                PlainLongerThan(evidence, FragmentLengths(evidence), "the agreed max_fragment_length", hits)),
    ];

    private static void PlainLongerThan(
        Evidence evidence, Func<DecodedRecord, int?> limitOf, string name, RuleHits hits)
    {
        foreach (var record in evidence.Records)
        {
            if (limitOf(record) is not { } limit || RecordPlaces.ContentOf(record) is not { } found) continue;
            if (found.Content.Length > limit)
                hits.Add(
                    $"Expected at most {limit} octets, {name}. Got: {found.Content.Length}.", record);
        }
    }

    private static void TooLong(Evidence evidence, RuleHits hits)
    {
        foreach (var item in evidence.Connection.Events.OfType<FaultEvent>())
        {
            if (item.Fault is { Kind: WireFaultKind.LengthOutOfRange, Field: "TLSPlaintext" })
                hits.Add($"{item.Fault.Detail}.", item);
        }
        if (evidence.Connection.Facts.Version is not { IsTls13: true }) return;
        foreach (var record in evidence.ProtectedRecords)
        {
            if (record.Record.Fragment.Length > MostProtected13)
                hits.Add(
                    $"Expected at most 2^14 + 256 octets. Got: {record.Record.Fragment.Length}.", record);
        }
    }

    // RFC 8449, Section 4: each end names what it can take; a server that leaves the extension out takes any. TLS 1.3
    // counts the octet of the inner content type as well.
    private static Func<DecodedRecord, int?> SizeLimits(Evidence evidence)
    {
        var handshakes = evidence.Handshakes.Where(handshake => handshake.Terms is not null).ToArray();
        // A connection that renegotiates may name other limits for each handshake.
        if (handshakes is not [{ Offer: { } offer } handshake]
            || offer.Extensions.Find<RecordSizeLimitExtension>() is not { } ofClient
            || Answer<RecordSizeLimitExtension>(handshake) is not { } ofServer)
        {
            return _ => null;
        }
        var innerType = handshake.Terms!.Version.IsTls13 ? 1 : 0;
        return record => !record.IsProtected ? null
            : (record.Direction == Direction.ServerToClient ? ofClient.Limit : ofServer.Limit) - innerType;
    }

    private static Func<DecodedRecord, int?> FragmentLengths(Evidence evidence)
    {
        if (evidence.Handshakes is not [{ ServerHello: { } hello } handshake]
            || Answer<MaxFragmentLengthExtension>(handshake) is not { Length.Octets: { } agreed }
            || evidence.Places.Find(hello)?.Last is not { } agreement)
        {
            return _ => null;
        }
        var before = evidence.Connection.Records.TakeWhile(record => !ReferenceEquals(record, agreement))
            .ToHashSet<DecodedRecord>(ReferenceEqualityComparer.Instance);
        return record => before.Contains(record) || ReferenceEquals(record, agreement) ? null : agreed;
    }

    private static T? Answer<T>(SeenHandshake handshake)
        where T : ExtensionBody =>
        handshake.Choice?.Extensions.Find<T>()
        ?? handshake.Seen<EncryptedExtensions>(Direction.ServerToClient)
            .Select(seen => seen.Body.Extensions.Find<T>()).FirstOrDefault(found => found is not null);
}
