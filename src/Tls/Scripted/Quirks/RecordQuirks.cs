using TlsInterop.Tls.Scripted.Channel;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>What becomes of content on its way into records and segments.</summary>
internal static class RecordQuirks
{
    private const int MostPadding = 255;

    public static readonly IReadOnlyList<Quirk> Rows =
    [
        new("cbc-padding-random",
            "pads each CBC record by a random number of blocks more than it needs",
            "peers that take the least padding alone, as a phone of 2006 did",
            "RFC 5246, Section 6.2.3.2; Debian bug #390712",
            behaviour => behaviour.Records.ExtraPadding = (random, content, block) =>
                block == 0 ? 0 : random.Next(MostBlocks(block) + 1))
        {
            Newest = ProtocolVersion.Tls12,
            IsOfCbc = true,
            Of = QuirkSide.Both,
        },
        new("cbc-padding-most",
            "pads each CBC record by as many blocks as fit",
            "peers that take the least padding alone",
            "RFC 5246, Section 6.2.3.2",
            behaviour => behaviour.Records.ExtraPadding = (_, content, block) => block == 0 ? 0 : MostBlocks(block))
        {
            Newest = ProtocolVersion.Tls12,
            IsOfCbc = true,
            Of = QuirkSide.Both,
        },
        new("tls13-padding",
            "adds a hundred zeros to each record of TLS 1.3",
            "peers that expect the content type at the end of a record",
            "RFC 8446, Section 5.4",
            behaviour => behaviour.Records.ExtraPadding = (_, content, block) =>
                block == 0 ? Math.Clamp(RecordManner.MostContent - content, 0, 100) : 0)
        {
            Oldest = ProtocolVersion.Tls13,
            Of = QuirkSide.Both,
        },
        new("record-split-1-n",
            "sends the first octet of application data in a record of its own",
            "peers that take what one record holds for all that was said",
            "the answer of 2011 to the BEAST attack on TLS 1.0",
            Cuts((type, content) => type == ContentType.ApplicationData && content.Length > 1
                ? [content[..1], content[1..]]
                : [content]))
        {
            Of = QuirkSide.Both,
        },
        new("handshake-fragmented",
            "sends each handshake message in records of at most 16 octets",
            "peers that expect a message whole",
            "RFC 8446, Section 5.1",
            Cuts((type, content) => type == ContentType.Handshake ? RecordManner.Pieces(content, 16) : [content]))
        {
            Of = QuirkSide.Both,
        },
        new("hello-split-over-records",
            "sends the ClientHello in records of at most 64 octets",
            "peers and middleboxes that look for it in the first record",
            "RFC 8446, Section 5.1",
            behaviour =>
            {
                var cut = behaviour.Records.Cut;
                behaviour.Records.Cut = (type, content, isProtected) =>
                    type == ContentType.Handshake && !isProtected && content.Span is [1, ..]
                        ? RecordManner.Pieces(content, 64)
                        : cut(type, content, isProtected);
            }),
        new("alert-fragmented",
            "sends alerts in two records of one octet each",
            "peers that read an alert without counting its octets; TLS 1.3 forbids it",
            "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            Cuts((type, content) => type == ContentType.Alert ? RecordManner.Pieces(content, 1) : [content]))
        {
            Ends = QuirkEnding.Either,
            Of = QuirkSide.Both,
        },
        new("empty-records",
            "sends a record without content before application data",
            "peers that take nothing for the end",
            "RFC 5246, Section 6.2.1; OpenSSL 0.9.6d did so in TLS 1.0",
            Cuts((type, content) => type == ContentType.ApplicationData ? [default, content] : [content]))
        {
            Of = QuirkSide.Both,
        },
        new("empty-handshake-record",
            "sends a handshake record without content before each message",
            "unexpected_message: such records are forbidden",
            "RFC 8446, Section 5.1; RFC 5246, Section 6.2.1",
            Cuts((type, content) => type == ContentType.Handshake ? [default, content] : [content]))
        {
            Ends = QuirkEnding.Either,
            Of = QuirkSide.Both,
        },
        new("segments-of-16",
            "writes its first kilobyte 16 octets at a time, each a TCP segment",
            "peers that expect a record, or its header, in one segment",
            "RFC 9293, Section 3.4: a stream has no boundaries",
            behaviour => behaviour.Records.SegmentLength = 16)
        {
            Of = QuirkSide.Both,
        },
        new("slow-octets",
            "writes its first kilobyte 8 octets at a time, 2 ms between them",
            "peers with a deadline for the first read, or that read what there is and no more",
            "RFC 9293, Section 3.4",
            behaviour =>
            {
                behaviour.Records.SegmentLength = 8;
                behaviour.Records.SegmentPause = TimeSpan.FromMilliseconds(2);
            })
        {
            Of = QuirkSide.Both,
        },
        new("record-version-ssl3",
            "says SSL 3.0 in the header of the first record",
            "peers that choose the version there",
            "RFC 5246, Appendix E.1",
            VersionOfFirst(ProtocolVersion.Ssl3)),
        new("record-version-newest",
            "says TLS 1.3 in the header of every record",
            "peers that compare what they have to ignore",
            "RFC 8446, Section 5.1",
            behaviour => behaviour.Records.Version = (_, _) => ProtocolVersion.Tls13)
        {
            Ends = QuirkEnding.Either,
            Of = QuirkSide.Both,
        },
        new("record-version-unknown",
            "says 3.255 in the header of the first record",
            "peers that compare more than the major version",
            "RFC 5246, Appendix E.1",
            VersionOfFirst(new ProtocolVersion(0x03ff))),
        new("record-oversized",
            "sends a record of 2^14 + 1 zeros before application data",
            "record_overflow",
            "RFC 8446, Section 5.1",
            Cuts((type, content) => type == ContentType.ApplicationData
                ? [new byte[RecordManner.MostContent + 1], content]
                : [content]))
        {
            Ends = QuirkEnding.Refused,
            Of = QuirkSide.Both,
        },
        new("mac-corrupted",
            "alters the last octet of each record with application data",
            "bad_record_mac",
            "RFC 8446, Section 5.2; RFC 5246, Section 7.2.2",
            behaviour =>
            {
                var before = behaviour.Records.Alter;
                behaviour.Records.Alter = (type, isProtected, record) =>
                {
                    var altered = before(type, isProtected, record);
                    if (isProtected && type == ContentType.ApplicationData) altered[^1] ^= 1;
                    return altered;
                };
            })
        {
            Ends = QuirkEnding.Refused,
            Of = QuirkSide.Both,
        },
        new("content-type-unknown",
            "sends a record of type 99 before its first",
            "unexpected_message",
            "RFC 8446, Section 5; RFC 5246, Section 6",
            behaviour => AtFirst(behaviour, [99, 3, 1, 0, 1, 0]))
        {
            Ends = QuirkEnding.Refused,
            Of = QuirkSide.Both,
        },
        new("http-first",
            "begins as a browser without TLS does",
            "a clear answer, or the end, rather than silence",
            "RFC 9110",
            behaviour => AtFirst(behaviour, "GET / HTTP/1.0\r\n\r\n"u8.ToArray()))
        {
            Ends = QuirkEnding.Refused,
        },
    ];

    private static int MostBlocks(int block) => (MostPadding + 1 - block) / block;

    private static Action<Behaviour> Cuts(
        Func<ContentType, ReadOnlyMemory<byte>, IEnumerable<ReadOnlyMemory<byte>>> cut) =>
        behaviour =>
        {
            var before = behaviour.Records.Cut;
            behaviour.Records.Cut = (type, content, isProtected) =>
                before(type, content, isProtected).SelectMany(piece => cut(type, piece));
        };

    private static Action<Behaviour> VersionOfFirst(ProtocolVersion version) => behaviour =>
    {
        var isFirst = true;
        behaviour.Records.Version = (_, right) =>
        {
            var used = isFirst ? version : right;
            isFirst = false;
            return used;
        };
    };

    private static void AtFirst(Behaviour behaviour, byte[] octets)
    {
        var isFirst = true;
        var before = behaviour.Records.Alter;
        behaviour.Records.Alter = (type, isProtected, record) =>
        {
            var altered = before(type, isProtected, record);
            if (!isFirst) return altered;
            isFirst = false;
            return [.. octets, .. altered];
        };
    }
}
