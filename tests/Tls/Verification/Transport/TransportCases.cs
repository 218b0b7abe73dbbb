using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Transport;

internal static class TransportCases
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    public static readonly RuleCase[] Rows =
    [
        .. Of("tcp-conflicting-overlap", SegmentAnomaly.ConflictingOverlap, SegmentAnomaly.DataAfterFin),
        .. Of("tcp-data-after-fin", SegmentAnomaly.DataAfterFin, SegmentAnomaly.ConflictingOverlap),
        .. Of("tcp-out-of-window", SegmentAnomaly.OutOfWindow, SegmentAnomaly.DataAfterFin),
        .. Of("tcp-buffer-full", SegmentAnomaly.BufferFull, SegmentAnomaly.DataAfterFin),
    ];

    private static RuleCase[] Of(string rule, SegmentAnomaly anomaly, SegmentAnomaly other) =>
    [
        Loud(rule, "a segment that did it", () => With(anomaly)),
        Quiet(rule, "a segment that did something else", () => With(other)),
    ];

    private static Evidence With(SegmentAnomaly anomaly) =>
        SessionEvidence.WithEvents(Tls12, events =>
            [.. events, new AnomalyEvent(Direction.ServerToClient, new FrameStamp(1000, 0), anomaly)]);
}
