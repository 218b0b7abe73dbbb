using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Verification.Records;

/// <summary>What heartbeats say of their length, and what is answered. Who may send them: the extension.</summary>
internal static class HeartbeatRules
{
    public static readonly Rule[] Rows =
    [
        new(
            "heartbeat-payload-length", "RFC 6520, Section 4",
            "A heartbeat holds as many octets of payload as it says.",
            Severity.Error,
            PayloadTooLong)
        {
            HoldsAlone = true,
        },
        new(
            "heartbeat-padding", "RFC 6520, Section 4",
            "Behind the payload of a heartbeat are at least 16 octets of padding.",
            Severity.Warning,
            PaddingTooShort)
        {
            HoldsAlone = true,
        },
        new(
            "heartbeat-not-discarded", "RFC 6520, Section 4",
            "A heartbeat that says it holds more payload than it does is discarded silently: an answer leaks memory.",
            Severity.Error,
            Answered),
        Rule.OfHandshake(
            "heartbeat-in-handshake", "RFC 6520, Section 3",
            "Nobody should ask for a heartbeat during a handshake.",
            Severity.Warning,
            InHandshake),
    ];

    private static void PayloadTooLong(Evidence evidence, RuleHits hits)
    {
        foreach (var item in evidence.Events)
        {
            if (item is not HeartbeatEvent { IsRequestOrResponse: true, HasTooLittlePayload: true } beat) continue;
            hits.Add(
                $"Expected payload_length {Math.Max(beat.Room, 0)} at most in a heartbeat of {beat.Octets} octets. "
                + $"Got: {beat.PayloadLength}.",
                beat);
        }
    }

    private static void PaddingTooShort(Evidence evidence, RuleHits hits)
    {
        foreach (var item in evidence.Events)
        {
            if (item is not HeartbeatEvent { IsRequestOrResponse: true, HasTooLittlePayload: false } beat) continue;
            var padding = beat.Room - beat.PayloadLength;
            if (padding < HeartbeatEvent.LeastPadding)
                hits.Add($"Expected at least {HeartbeatEvent.LeastPadding} octets of padding. Got: {padding}.", beat);
        }
    }

    // An answer repeats the payload of what it answers, so it tells by its length which of two requests that is.
    private static void Answered(Evidence evidence, RuleHits hits)
    {
        HeartbeatEvent?[] honest = [null, null], lying = [null, null];
        foreach (var item in evidence.Events)
        {
            if (item is not HeartbeatEvent { IsRequestOrResponse: true } beat) continue;
            var (own, peer) = ((int)beat.Direction, 1 - (int)beat.Direction);
            if (beat.IsRequest)
            {
                (beat.HasTooLittlePayload ? lying : honest)[own] = beat;
            }
            else if (lying[peer] is { } request
                && (honest[peer] is null || beat.PayloadLength == request.PayloadLength))
            {
                lying[peer] = null;
                hits.Add(
                    $"Expected no answer to the heartbeat of frame {request.At.Number}, which says payload_length "
                    + $"{request.PayloadLength} and holds {Math.Max(request.Room, 0)} octets. "
                    + $"Got: one of {beat.Octets} octets.",
                    beat);
            }
            else
            {
                honest[peer] = null;
            }
        }
    }

    private static void InHandshake(SeenHandshake handshake, RuleHits hits)
    {
        var course = handshake.Course;
        var end = Math.Max(course.Finished(Direction.ClientToServer), course.Finished(Direction.ServerToClient));
        for (var index = 0; index < course.Events.Count && index < end; index++)
        {
            // Behind a record that stays closed the handshake may be over.
            if (end == HandshakeCourse.Never && course.Events[index] is EncryptedEvent) return;
            if (course.Events[index] is HeartbeatEvent { IsRequest: true } beat)
                hits.Add("Expected no heartbeat request before both Finished. Got: one.", beat);
        }
    }
}
