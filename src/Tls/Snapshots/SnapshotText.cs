using System.Text;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Snapshots;

/// <summary>
/// The decoded connection as text that a reviewer reads and a machine compares: the same for every run and machine, as
/// long as both ends behave the same. Volatile values are tokens; what timing decides is left out or put into a fixed
/// order.
/// </summary>
public sealed class SnapshotText
{
    private const int Width = 118;
    private const int NameWidth = 23;
    private const int ExtensionWidth = 21;

    private readonly StringBuilder _text = new();
    private readonly SnapshotTokens _tokens = new();
    private readonly DecodedConnection _connection;
    private readonly Direction? _only;

    private SnapshotText(DecodedConnection connection, Direction? only = null) =>
        (_connection, _only) = (connection, only);

    /// <summary>Renders a snapshot with LF line ends.</summary>
    public static string Render(DecodedConnection connection, SnapshotHeader header)
    {
        var snapshot = new SnapshotText(connection, header.AnswerFrom);
        snapshot.Append(header);
        return snapshot._text.ToString();
    }

    /// <summary>The decoded connection alone, without header and findings: what two runs may share.</summary>
    public static string RenderBody(DecodedConnection connection, string? payloadRemark = null)
    {
        var snapshot = new SnapshotText(connection);
        snapshot.AppendBody(payloadRemark);
        return snapshot._text.ToString();
    }

    /// <summary>
    /// What was agreed, in one line: version, suite, group, signature scheme and what else is remarkable.
    /// </summary>
    public static string FactsLine(HandshakeFacts facts)
    {
        if (facts.Version is not { } version) return "no ServerHello";
        string?[] parts =
        [
            version.ToString(), facts.Suite?.ToString(), facts.Group, facts.SignatureScheme,
            facts.Authentication, facts.Alpn is { } alpn ? $"alpn {alpn}" : null,
            facts.Compression is { Code: not 0 } compression ? $"compression {compression}" : null,
        ];
        return string.Join(" · ", parts.OfType<string>());
    }

    private void Append(SnapshotHeader header)
    {
        Line(header.CellId);
        Line($"verdict {header.Verdict} · {FactsLine(_connection.Facts)}");
        Line("");
        AppendBody(header.PayloadRemark);
        if (header.Findings.Count == 0) Line("findings: none");
        else Line("findings:");
        foreach (var finding in header.Findings) Line($"  {FindingScrub.Line(finding)}");
    }

    private void AppendBody(string? payloadRemark)
    {
        var phases = SnapshotPhases.Of(_connection);
        foreach (var text in phases.ClearText.Where(IsTold))
            Line($"{Arrow(text.Direction)} {ClearTextScrub.Line(text.Line)}".TrimEnd());
        foreach (var (number, events) in phases.Handshakes)
        {
            if (number > 0) Line($"renegotiation {number}");
            AppendEvents(HandshakeOrder.Sort(events).Where(IsTold));
        }
        AppendEvents(phases.Afterwards.Where(IsTold).OrderBy(item => item.Direction));
        AppendApplicationData(phases, payloadRemark);
        var closing = _only is { } direction
            ? ClosingText.Of(direction, _connection, phases)
            : ClosingText.Lines(_connection, phases);
        foreach (var line in closing) Line(line);
    }

    private bool IsTold(ConnectionEvent item) => _only is not { } direction || item.Direction == direction;

    private void AppendEvents(IEnumerable<ConnectionEvent> events)
    {
        foreach (var item in events)
        {
            switch (item)
            {
                case HandshakeEvent handshake: AppendMessage(handshake); break;
                case ChangeCipherSpecEvent: Event(item, "ChangeCipherSpec", ""); break;
                case AlertEvent alert: Event(item, "alert", alert.Alert.ToString()); break;
                case EncryptedEvent { Type: var type }:
                    Event(item, type == ContentType.Handshake ? "Finished (encrypted)" : $"{type} (encrypted)", "");
                    break;
                // A record that a closing end cuts off is timing once the handshake is through.
                case FaultEvent { Fault.Kind: WireFaultKind.Truncated } when _connection.Facts.IsComplete: break;
                case FaultEvent fault: Event(item, "fault", Describe(fault.Fault)); break;
                case HeartbeatEvent { MessageType: var type, PayloadLength: var length }:
                    Event(item, "heartbeat", $"type {type}, payload_length {length}");
                    break;
                case SslV2ErrorEvent error: Event(item, "ERROR", error.Meaning); break;
                case GapEvent: Event(item, "gap", "octets that the capture lacks"); break;
            }
        }
    }

    private void AppendMessage(HandshakeEvent handshake)
    {
        var message = handshake.Message;
        var name =
            message.Body is ServerHello { IsHelloRetryRequest: true } ? "HelloRetryRequest" : message.Type.ToString();
        Event(handshake, name, message.Body.Describe(_tokens));
        foreach (var (detail, text) in message.Body.Details(_tokens)) Detail(detail, text);

        // Wire order is kept; neighbours that have nothing but a name share a line.
        var names = new List<string>();
        foreach (var extension in message.Body.Extensions)
        {
            var label = Grease.Label(extension.Type.Code, extension.Type.ToString());
            var text = label == "GREASE" ? "" : extension.Body.Describe(_tokens);
            if (extension.Fault is { } fault) text += $" fault: {Describe(fault)}";
            if (text is "" or "(empty)")
            {
                names.Add(text.Length == 0 ? label : $"{label} {text}");
                continue;
            }
            FlushNames(names);
            Detail(label, text);
        }
        FlushNames(names);
        if (message.Fault is not null) Detail("fault", Describe(message.Fault));
    }

    private void FlushNames(List<string> names)
    {
        if (names.Count > 0) Line($"    {string.Join(", ", names)}");
        names.Clear();
    }

    private void AppendApplicationData(SnapshotPhases phases, string? remark)
    {
        if (!phases.Application.Exists(IsTold)) return;
        var early = phases.Application.OfType<ApplicationDataEvent>().Where(item => item.IsEarly && IsTold(item))
            .Sum(item => item.Content.Length);
        if (early > 0) Line($"→ early data             {early} octets");

        var (client, server) = ApplicationText.Describe(
            Content(phases, Direction.ClientToServer), Content(phases, Direction.ServerToClient));
        if (IsClosed(phases, Direction.ClientToServer)) client = "encrypted";
        if (IsClosed(phases, Direction.ServerToClient)) server = "encrypted";
        var name = _connection.Facts is { IsComplete: false, Version.IsTls13: true }
            ? "protected records"
            : "application data";
        var said = _only switch
        {
            Direction.ClientToServer => $"→ {name.PadRight(NameWidth - 1)} {client}",
            Direction.ServerToClient => $"← {name.PadRight(NameWidth - 1)} {server}",
            _ => $"↔ {name.PadRight(NameWidth - 1)} → {client}   ← {server}",
        };
        Line($"{said}{(remark is null ? "" : $"     {remark}")}");
    }

    private static byte[] Content(SnapshotPhases phases, Direction direction) =>
    [
        .. phases.Application.OfType<ApplicationDataEvent>()
            .Where(item => item.Direction == direction && !item.IsEarly)
            .SelectMany(item => item.Content.ToArray()),
    ];

    private static bool IsClosed(SnapshotPhases phases, Direction direction) =>
        phases.Application.Exists(item => item is EncryptedEvent && item.Direction == direction);

    // Lengths and offsets inside certificates and signatures vary, so a fault shows what is wrong, in which field and
    // whose it is.
    private static string Describe(WireFault fault) => $"{fault.What} in {fault.Field} ({fault.Whose})";

    private void Event(ConnectionEvent item, string name, string text)
    {
        if (item.Remark is { } remark) text = text.Length == 0 ? remark : $"{text}, {remark}";
        Line($"{Arrow(item.Direction)} {name.PadRight(NameWidth - 1)} {text}".TrimEnd());
    }

    private void Detail(string name, string text)
    {
        // Long lists go on below their first value, so that a changed one shows as a short difference.
        var start = $"    {name.PadRight(ExtensionWidth - 1)} ";
        var line = new StringBuilder(start);
        foreach (var part in text.Split(", "))
        {
            if (line.Length > start.Length && line.Length + part.Length + 1 > Width)
            {
                Line(line.ToString().TrimEnd());
                line.Clear().Append(' ', start.Length);
            }
            line.Append(part).Append(", ");
        }
        Line(line.ToString().TrimEnd(' ', ','));
    }

    private void Line(string line)
    {
        foreach (var character in line) _text.Append(char.IsControl(character) ? '?' : character);
        _text.Append('\n');
    }

    private static string Arrow(Direction direction) => direction == Direction.ClientToServer ? "→" : "←";
}
