using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Diagnosis.Records;

/// <summary>An encrypted record that is an alert by its size and its place.</summary>
/// <param name="Record">The record.</param>
/// <param name="By">Who sent it.</param>
public sealed record HiddenAlert(EncryptedEvent Record, Direction By)
{
    // RFC 8446, Section 5.2: an alert of two octets, its content type, and the tag of an AEAD; some pad it.
    private const int LongestAlert = 24;

    /// <summary>A client's last flight: Certificate, CertificateVerify, Finished.</summary>
    private const int LongestFlight = 3;

    /// <summary>The alert; null if there is none, or it can be read.</summary>
    internal static HiddenAlert? Of(DecodedConnection connection, ConnectionEnding ending)
    {
        if (connection.Facts.Version is not { IsTls13: true } || !ending.IsSilent) return null;
        var closed = connection.Events.OfType<EncryptedEvent>().ToList();
        if (closed is not [.., { Length: <= LongestAlert } last]) return null;
        // Who answers the other's end says close_notify.
        if (connection.Events.Any(item => item is EndEvent && item.At.Number < last.At.Number)) return null;
        // What can be read behind it is no part of an ending.
        if (connection.Events.Any(item => item.At.Number > last.At.Number && item is not (EndEvent or AnomalyEvent)))
            return null;
        return last.Direction == Direction.ClientToServer ? OfClient(closed, last) : OfServer(closed, last);
    }

    // Finished and what a client has to say are longer; behind them a short record is close_notify.
    private static HiddenAlert? OfClient(List<EncryptedEvent> closed, EncryptedEvent last) =>
        closed.Count(item => item.Direction == last.Direction) == 1 && closed.Count > 1
            ? new(last, last.Direction) : null;

    // Servers that are content send tickets or data, which are longer, before they close. Who answers the client's
    // own close_notify, a record of the same length, is content as well.
    private static HiddenAlert? OfServer(List<EncryptedEvent> closed, EncryptedEvent last)
    {
        var fromClient = closed.FindAll(item => item.Direction == Direction.ClientToServer);
        return closed is [.., { Direction: Direction.ClientToServer } before, _] && before.Length != last.Length
            && fromClient.Count <= LongestFlight
                ? new(last, last.Direction) : null;
    }
}
