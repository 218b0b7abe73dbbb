using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Decoding.ClearText;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Verification.Transport;

namespace TlsInterop.Tls.Tests.Verification.Transport;

public sealed class TransportRulesTests
{
    [TestCase(SegmentAnomaly.ConflictingOverlap, "tcp-conflicting-overlap", Severity.Warning)]
    [TestCase(SegmentAnomaly.DataAfterFin, "tcp-data-after-fin", Severity.Warning)]
    [TestCase(SegmentAnomaly.OutOfWindow, "tcp-out-of-window", Severity.Note)]
    [TestCase(SegmentAnomaly.BufferFull, "tcp-buffer-full", Severity.Note)]
    public void What_a_segment_did_wrong_is_a_finding_with_its_frame(SegmentAnomaly anomaly, string rule,
        Severity severity)
    {
        var findings = Findings(decoder => decoder.Anomaly(Direction.ServerToClient, anomaly, new(9, 0)));

        Assert.That(findings.Single(), Has.Property("RuleId").EqualTo(rule).And.Property("Severity").EqualTo(severity)
            .And.Property("Frame").EqualTo(9).And.Property("Direction").EqualTo(Direction.ServerToClient));
    }

    [Test]
    public void Segments_in_order_break_no_rule() =>
        Assert.That(Findings(_ => { }), Is.Empty);

    [Test]
    public void Anomalies_without_end_are_limited()
    {
        var connection = Decode(decoder =>
        {
            for (var i = 0; i < 1000; i++)
                decoder.Anomaly(Direction.ClientToServer, SegmentAnomaly.DataAfterFin, default);
        });

        Assert.That(connection.Events.OfType<AnomalyEvent>().Count(), Is.EqualTo(100));
    }

    // The hellos of the samples break rules of their own.
    private static IEnumerable<Finding> Findings(Action<ConnectionDecoder> between) => ConnectionVerifier
        .Verify(Decode(between), null).Where(finding => TransportRules.Rows.Any(rule => rule.Id == finding.RuleId));

    private static DecodedConnection Decode(Action<ConnectionDecoder> between)
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(Direction.ClientToServer, SampleDialogue.ClientHello, new(1, 0));
        between(decoder);
        decoder.Data(Direction.ServerToClient, SampleDialogue.ServerHello, new(2, 0));
        return decoder.Decode();
    }
}
