using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Snapshots;

/// <summary>
/// Which event belongs to which part of a snapshot. Only order within a direction decides, never timing.
/// </summary>
internal sealed class SnapshotPhases
{
    // RFC 9051, Section 7.1; RFC 5321, Section 4.2; RFC 1939, Section 4
    private static readonly string[] Greetings = ["* OK", "* PREAUTH", "220", "+OK"];

    private SnapshotPhases()
    {
    }

    /// <summary>Lines before TLS.</summary>
    public List<ClearTextEvent> ClearText { get; } = [];

    /// <summary>Handshakes in order: the first, then renegotiations.</summary>
    public SortedDictionary<int, List<ConnectionEvent>> Handshakes { get; } = [];

    /// <summary>Handshake messages and faults after the handshake.</summary>
    public List<ConnectionEvent> Afterwards { get; } = [];

    /// <summary>Application data, readable or not.</summary>
    public List<ConnectionEvent> Application { get; } = [];

    /// <summary>Alerts after the handshake, readable or not.</summary>
    public List<ConnectionEvent> Alerts { get; } = [];

    public static SnapshotPhases Of(DecodedConnection connection)
    {
        var phases = new SnapshotPhases();
        var facts = connection.Facts;
        var isTls13 = facts.Version is { IsTls13: true };
        var finished = new HashSet<Direction>();
        var current = new Dictionary<Direction, int>();
        foreach (var item in connection.Events)
        {
            var isAfter = facts.IsComplete && finished.Contains(item.Direction);
            switch (item)
            {
                case ClearTextEvent text:
                    phases.ClearText.Add(text);
                    break;
                case HandshakeEvent handshake when handshake.Handshake > 0:
                    current[item.Direction] = handshake.Handshake;
                    phases.Handshake(handshake.Handshake).Add(item);
                    break;
                case ChangeCipherSpecEvent when current.TryGetValue(item.Direction, out var number):
                    phases.Handshake(number).Add(item);
                    break;
                // A server may send tickets before or after the client's Finished (RFC 8446, Section 4.6.1).
                case HandshakeEvent { Message.Type: var type }
                    when isAfter || isTls13 && type == HandshakeType.NewSessionTicket:
                    phases.Afterwards.Add(item);
                    break;
                case ApplicationDataEvent:
                    phases.Application.Add(item);
                    break;
                case EncryptedEvent { Type: var type } when type == ContentType.ApplicationData:
                    phases.Application.Add(item);
                    break;
                case AlertEvent or EncryptedEvent when isAfter && item is not EncryptedEvent { Type.Code: 22 }:
                    phases.Alerts.Add(item);
                    break;
                case ChangeCipherSpecEvent or EncryptedEvent or FaultEvent or GapEvent or HeartbeatEvent when isAfter:
                    phases.Afterwards.Add(item);
                    break;
                case EndEvent:
                    break;
                default:
                    phases.Handshake(0).Add(item);
                    break;
            }
            if (item is HandshakeEvent { Message.Type.Code: 20 } or EncryptedEvent { Type.Code: 22 })
                finished.Add(item.Direction);
        }
        phases.GreetFirst();
        return phases;
    }

    // Some clients don't wait for it (gnutls-cli with IMAP): then timing would decide what stands first.
    private void GreetFirst()
    {
        var at = ClearText.FindIndex(item => item.Direction == Direction.ServerToClient);
        if (at <= 0 || !Array.Exists(Greetings, ClearText[at].Line.StartsWith)) return;
        var greeting = ClearText[at];
        ClearText.RemoveAt(at);
        ClearText.Insert(0, greeting);
    }

    private List<ConnectionEvent> Handshake(int number)
    {
        if (!Handshakes.TryGetValue(number, out var events)) Handshakes[number] = events = [];
        return events;
    }
}
