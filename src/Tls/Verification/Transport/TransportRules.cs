using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Verification.Transport;

/// <summary>What TCP segments did below TLS: it explains faults above, and may be an attack.</summary>
internal static class TransportRules
{
    public static readonly Rule[] Rows =
    [
        Of(
            "tcp-conflicting-overlap", "RFC 9293, Section 3.8.1",
            "A retransmission carries the same octets as the first transmission.",
            Severity.Warning, SegmentAnomaly.ConflictingOverlap,
            "octets that differ from those already seen at their place; the first ones were decoded"),
        Of(
            "tcp-data-after-fin", "RFC 9293, Section 3.6",
            "An end that has sent its FIN sends no more data.",
            Severity.Warning, SegmentAnomaly.DataAfterFin, "data behind a FIN; it was not decoded"),
        Of(
            "tcp-out-of-window", "RFC 7323, Section 2.3; RFC 9293, Section 3.4",
            "A segment lies within the largest window that there is.",
            Severity.Note, SegmentAnomaly.OutOfWindow,
            "a sequence number out of any window; the segment was not decoded"),
        Of(
            "tcp-buffer-full", "RFC 9293, Section 3.8",
            "Segments that come early wait for those before them, up to a limit of this decoder.",
            Severity.Note, SegmentAnomaly.BufferFull,
            "more early segments than are kept; what they waited for was given up"),
    ];

    private static Rule Of(
        string id, string rfc, string sentence, Severity severity, SegmentAnomaly anomaly, string got) =>
        new(id, rfc, sentence, severity, (evidence, hits) =>
        {
            foreach (var item in evidence.Events)
            {
                if (item is AnomalyEvent { Anomaly: var seen } && seen == anomaly)
                    hits.Add(new RuleHit($"The segment holds {got}.", item.Direction, item.At.Number));
            }
        });
}
