using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// Says what a device made of a configuration, by the wire alone: what it is meant to do, and what it thinks of it, is
/// known to nobody here.
/// </summary>
internal static class DeviceJudge
{
    private const string Expected =
        "a handshake that goes through, no fatal alert behind it, and a device that then says something";

    /// <summary>Judges one. The first that came to TLS is meant; see <see cref="HelloOf"/>.</summary>
    public static Judgement Judge(CellObservation seen)
    {
        if (seen.Server.Server is null) return NotStarted(seen);
        var connection = seen.Connection!;
        if (Outcome.Of(connection) == Outcome.Complete && Outcome.Alert(connection.Facts) is null
            && !LeavesWithoutWord(connection))
            return Judgement.Passed;
        // Who does not offer it has no fault by not doing it.
        if (HelloOf(connection) is { } hello && connection.Facts.ServerHello is null
            && DeviceOffer.Of(hello).Lack(seen.Cell) is { } lack)
            return Judgement.Other(
                Verdict.Unsupported, $"a device that offers {CellWords.Asked(seen)}",
                $"the device does not offer {lack}");
        return Judgement.Failed(seen, Expected, CellWords.HowItEnded(connection));
    }

    /// <summary>The first ClientHello of a connection; null if it never came to TLS.</summary>
    public static ClientHello? HelloOf(DecodedConnection? connection) =>
        connection?.Messages.Select(item => item.Message.Body).OfType<ClientHello>().FirstOrDefault();

    // RFC 8446, Section 6.1: who closes sends close_notify. Clients that look at the certificate when the handshake is
    // over, and do not like it, send neither that nor an alert, and have not said a word by then.
    private static bool LeavesWithoutWord(DecodedConnection connection) =>
        connection.Facts.FirstClose is
            { Direction: Direction.ClientToServer, Kind: CloseKind.Fin or CloseKind.Reset }
        && !connection.Events.Any(item => item.Direction == Direction.ClientToServer
            && (item is ApplicationDataEvent
                || (item is EncryptedEvent record && record.Type == ContentType.ApplicationData)));

    private static Judgement NotStarted(CellObservation seen) => Judgement.Other(
        seen.Server.ExitCode == 127 ? Verdict.Unsupported : Verdict.Error,
        $"the server {seen.Cell.Server} listening for {CellWords.Asked(seen)}",
        seen.Server.ExitCode == 127
            ? "exit code 127: it can't do that" : $"exit code {seen.Server.ExitCode} at its start",
        CellWords.Last("server", seen.Server.Output));
}
