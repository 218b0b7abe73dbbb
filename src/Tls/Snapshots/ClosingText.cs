using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Snapshots;

/// <summary>
/// How the two ends closed. Whether an end that already said goodbye sends FIN or RST, and what the other end's socket
/// then does, is timing and not told.
/// </summary>
internal static class ClosingText
{
    private static readonly Direction[] Both = [Direction.ClientToServer, Direction.ServerToClient];

    public static IEnumerable<string> Lines(DecodedConnection connection, SnapshotPhases phases)
    {
        var facts = connection.Facts;
        if (facts.IsComplete && ServerTruncates(connection, phases))
        {
            yield return "→ closed   ← no close_notify";
            yield break;
        }
        // An alert that answers a bare FIN or RST is no news without it.
        if (facts is { IsComplete: true, FirstFatalAlert: not null,
            FirstClose: { Kind: CloseKind.Fin or CloseKind.Reset } first })
            yield return $"{Arrow(first.Direction)} {Name(first.Kind)}                    without close_notify";
        foreach (var alert in Alerts(phases).OrderBy(item => item.Direction)) yield return Told(alert);

        if (!facts.IsComplete)
        {
            // The alert tells it already, or may be in a closed record; a bare FIN or RST is the whole message of that
            // end.
            if (!connection.Events.Any(item => item is EncryptedEvent)
                && facts.FirstClose is { Kind: CloseKind.Fin or CloseKind.Reset } close)
                yield return $"{Arrow(close.Direction)} {Name(close.Kind)}                    without an alert";
            yield break;
        }
        if (facts.FirstFatalAlert is not null) yield break;
        yield return string.Join(
            "   ", Both.Select(direction => $"{Arrow(direction)} {Goodbye(connection, phases, direction)}"));
    }

    /// <summary>How one end said goodbye, whatever the other did: nothing more behind a fatal alert.</summary>
    public static IEnumerable<string> Of(
        Direction direction, DecodedConnection connection, SnapshotPhases phases)
    {
        foreach (var alert in Alerts(phases).Where(item => item.Direction == direction)) yield return Told(alert);
        var said = connection.Events.Where(item => item.Direction == direction).ToList();
        if (said.Exists(item => item is AlertEvent { Alert.IsFatal: true })) yield break;
        var last = said.Exists(IsCloseNotify) ? "close_notify"
            : said.Exists(item => item is EncryptedEvent { Type: var type } && type == ContentType.Alert)
                ? "alert (encrypted)"
                : "no close_notify";
        yield return $"{Arrow(direction)} {last}";
    }

    private static IEnumerable<AlertEvent> Alerts(SnapshotPhases phases) =>
        phases.Alerts.OfType<AlertEvent>().Where(item => !IsCloseNotify(item));

    private static string Told(AlertEvent alert) =>
        $"{Arrow(alert.Direction)} alert                  {alert.Alert}{Remark(alert)}";

    // RFC 8446, Section 6.1. Whether the client of such a server still says close_notify, complains with decode_error
    // or only closes depends on what reaches it first, the server's last word or its FIN; and so does whether that FIN
    // is an RST.
    private static bool ServerTruncates(DecodedConnection connection, SnapshotPhases phases) =>
        !phases.Alerts.Exists(
            item => item is EncryptedEvent || (item.Direction == Direction.ServerToClient && IsCloseNotify(item)))
        && (connection.Facts.FirstFatalAlert is not { } alert
            || alert.Alert.Description == AlertDescription.DecodeError)
        && connection.Facts.FirstTcpEnd is not null;

    private static string Goodbye(DecodedConnection connection, SnapshotPhases phases, Direction direction)
    {
        if (phases.Alerts.Exists(item => item.Direction == direction && item is EncryptedEvent))
            return "alert (encrypted)";
        if (phases.Alerts.Exists(item => item.Direction == direction && IsCloseNotify(item))) return "close_notify";
        var reset = connection.Facts.FirstClose is { Kind: CloseKind.Reset } close && close.Direction == direction;
        if (reset) return "RST without close_notify";
        var hasEnd = connection.Facts.FirstClose is not null;
        return hasEnd ? "no close_notify" : "open at the end of the capture";
    }

    private static bool IsCloseNotify(ConnectionEvent item) =>
        item is AlertEvent { Alert: var alert } && alert.Description == AlertDescription.CloseNotify;

    private static string Name(CloseKind kind) => kind == CloseKind.Fin ? "FIN" : "RST";

    private static string Arrow(Direction direction) => direction == Direction.ClientToServer ? "→" : "←";

    private static string Remark(ConnectionEvent item) => item.Remark is { } remark ? $", {remark}" : "";
}
