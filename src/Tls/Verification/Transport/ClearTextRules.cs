using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Tls.Verification.Transport;

/// <summary>
/// What goes wrong before TLS: an end that does not expect it, one that does, and the way from one to the other.
/// </summary>
internal static class ClearTextRules
{
    public static readonly Rule[] Rows =
    [
        new(
            "clear-text-to-tls-server", "RFC 9110, Section 4.2.2; RFC 8314, Section 3",
            "A client begins with a ClientHello where the server expects TLS from the first octet.",
            Severity.Error,
            ClearTextToTlsServer),
        new(
            "clear-text-unanswered", "RFC 9110, Section 4.2.2; RFC 8314, Section 3",
            "A server that is spoken to in clear text says something before it closes.",
            Severity.Note,
            Unanswered),
        new(
            "tls-to-clear-text-server", "RFC 8446, Section 4.1.3; RFC 8314, Section 3",
            "A server that gets a ClientHello answers by TLS.",
            Severity.Error,
            TlsToClearTextServer),
        new(
            "clear-text-after-starttls", "RFC 3207, Section 4.2; RFC 9051, Section 6.2.1; RFC 4511, Section 4.14.1",
            "Between the request for TLS and the handshake the client says nothing, nor the server once it has agreed.",
            Severity.Error,
            AfterStartTls),
        new(
            "starttls-refused-and-ignored", "RFC 3207, Section 4; RFC 8314, Section 4.1",
            "A client that asked for TLS and does not get it leaves.",
            Severity.Warning,
            RefusedAndIgnored),
        new(
            "tls-before-go-ahead", "RFC 3207, Section 4; RFC 9051, Section 6.2.1; RFC 4511, Section 4.14.1",
            "TLS begins when the server has agreed to it.",
            Severity.Error,
            BeforeGoAhead),
    ];

    private static void ClearTextToTlsServer(Evidence evidence, RuleHits hits)
    {
        var way = evidence.WayToTls;
        if (!way.HasClearText) return;
        if (way.HasGap || way.ClientTls >= 0 || way.FirstSaid is not { } said) return;
        var answer = way.Dialogue.FirstOrDefault(item =>
            item.Direction == Direction.ServerToClient && (item is ClearTextEvent || WayToTls.IsTls(item)));
        if (answer is ClearTextEvent)
        {
            answer = way.Dialogue.FirstOrDefault(item => item is ClearTextEvent text
                && WrongPort.Sentences.Any(sentence => text.Line.Contains(sentence, StringComparison.Ordinal)));
        }
        if (answer is null) return;
        hits.Add(
            $"Expected a ClientHello. Got{Named(said)}: \"{said.Line}\"; the server answered by {Answer(answer)}.",
            Direction.ClientToServer, answer.At.Number);
    }

    private static void Unanswered(Evidence evidence, RuleHits hits)
    {
        var way = evidence.WayToTls;
        if (!way.HasClearText) return;
        if (way.HasGap || way.ClientTls >= 0 || way.FirstSaid is not { } said) return;
        // Who closes first may not have waited for an answer.
        var answer =
            way.Dialogue.FirstOrDefault(item => item is EndEvent || item.Direction == Direction.ServerToClient);
        if (answer is not EndEvent { Direction: Direction.ServerToClient } end) return;
        hits.Add(
            $"Expected an answer to{Named(said)}: \"{said.Line}\". "
            + $"Got: {(end.End == ConnectionEnd.Fin ? "FIN" : "RST")} alone; "
            + $"servers with OpenSSL do so where they expect TLS.",
            Direction.ServerToClient, end.At.Number);
    }

    private static void TlsToClearTextServer(Evidence evidence, RuleHits hits)
    {
        var way = evidence.WayToTls;
        if (!way.HasClearText) return;
        var isFirst = way.ClientTls >= 0 && way.FirstSaid is null && way.ServerTls < 0;
        if (!isFirst || way.Events[way.ClientTls] is not HandshakeEvent) return;
        var answer = way.Dialogue.OfType<ClearTextEvent>().FirstOrDefault(item =>
            item.Direction == Direction.ServerToClient && item.Meaning != ClearTextMeaning.NoText);
        if (answer is null) return;
        hits.Add(
            $"Expected an answer to the ClientHello. Got clear text{Named(answer)}: \"{answer.Line}\".",
            Direction.ServerToClient, answer.At.Number);
    }

    private static void AfterStartTls(Evidence evidence, RuleHits hits)
    {
        var way = evidence.WayToTls;
        if (!way.HasClearText) return;
        ClearTextEvent? request = null;
        ClearTextEvent? goAhead = null;
        foreach (var item in way.Events.OfType<ClearTextEvent>())
        {
            var isClient = item.Direction == Direction.ClientToServer;
            if (isClient ? request is not null : goAhead is not null)
            {
                hits.Add(
                    $"Expected TLS after {Quoted(isClient ? request! : goAhead!)}. Got in clear text: {Quoted(item)}.",
                    item.Direction, item.At.Number);
                return;
            }
            if (item.Meaning == ClearTextMeaning.StartTls) request = item;
            if (item.Meaning == ClearTextMeaning.Refusal) request = null;
            if (item.Meaning == ClearTextMeaning.GoAhead && request is not null) goAhead = item;
        }
    }

    private static void RefusedAndIgnored(Evidence evidence, RuleHits hits)
    {
        if (!evidence.WayToTls.HasClearText) return;
        ClearTextEvent? request = null;
        ClearTextEvent? refusal = null;
        foreach (var item in evidence.Connection.Events.OfType<ClearTextEvent>())
        {
            if (item.Meaning == ClearTextMeaning.StartTls) (request, refusal) = (item, null);
            else if (item.Meaning == ClearTextMeaning.Refusal && request is not null) refusal = item;
            else if (refusal is not null && item.Direction == Direction.ClientToServer)
            {
                if (item.Meaning == ClearTextMeaning.Goodbye) return;
                hits.Add(
                    $"The server refused TLS: {Quoted(refusal)}. The client went on in clear text: {Quoted(item)}.",
                    Direction.ClientToServer, item.At.Number);
                return;
            }
        }
    }

    private static void BeforeGoAhead(Evidence evidence, RuleHits hits)
    {
        var way = evidence.WayToTls;
        if (!way.HasClearText) return;
        if (way.HasGap || way.ClientTls < 0) return;
        var request = way.IndexOf(ClearTextMeaning.StartTls);
        if (request < 0 || request > way.ClientTls) return;
        var goAhead = way.IndexOf(ClearTextMeaning.GoAhead);
        if (goAhead >= 0 && goAhead < way.ClientTls) return;
        var answer = goAhead >= 0 ? goAhead : way.IndexOf(ClearTextMeaning.Refusal);
        if (answer < 0) return;
        hits.Add(
            $"Expected an answer to {Quoted((ClearTextEvent)way.Events[request])} before TLS. Got: a ClientHello "
            + $"{(answer < way.ClientTls ? "after" : "before")} {Quoted((ClearTextEvent)way.Events[answer])}.",
            Direction.ClientToServer, way.Events[way.ClientTls].At.Number);
    }

    private static string Named(ClearTextEvent item) => item.Protocol is { } name ? $" ({name})" : "";

    private static string Quoted(ClearTextEvent item) => $"\"{item.Line}\"";

    private static string Answer(ConnectionEvent item) => item switch
    {
        AlertEvent alert => $"an alert, {alert.Alert}",
        ClearTextEvent text => Quoted(text),
        _ => "a record of TLS",
    };
}
