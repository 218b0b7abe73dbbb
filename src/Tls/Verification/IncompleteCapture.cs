using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>
/// A capture that lacks octets of a connection. What is missing may be what a rule misses: nobody is blamed for that.
/// The same holds for a record behind a gap whose keys and number were found again and which then does not fit: it is
/// wrong for certain, but a fault of the connection and not a finding, for whose doing that is nobody knows who has not
/// seen all that went before.
/// </summary>
/// <param name="FirstGap">The first frame in which something may be missing; 0 for the beginning.</param>
/// <param name="HasHandshake">True if both Finished are there: what was before the gap can be judged.</param>
internal sealed record IncompleteCapture(long FirstGap, bool HasHandshake)
{
    /// <summary>What the capture of a connection lacks; null if nothing.</summary>
    public static IncompleteCapture? Of(DecodedConnection connection)
    {
        if (LacksHello(connection) || MayBeSecondHello(connection)) return new(0, connection.Facts.IsComplete);
        return GapEvent.First(connection.Events) is { } gap ? new(gap, connection.Facts.IsComplete) : null;
    }

    private static bool LacksHello(DecodedConnection connection)
    {
        for (var i = 0; i < connection.Events.Count; i++)
        {
            if (connection.Events[i] is HandshakeEvent { Message.Body: ClientHello or SslV2ClientHello }) return false;
            if (connection.Events[i] is EncryptedEvent or HandshakeEvent { Message.Body: ServerHello }) return true;
        }
        return false;
    }

    // RFC 8446, Section 4.1.2: behind a HelloRetryRequest the client says hello again, and nothing marks that hello but
    // what it lacks: early data, and the old version in the header of its record (Section 5.1).
    private static bool MayBeSecondHello(DecodedConnection connection)
    {
        if (connection.OpeningSeen || connection.Facts is not { Version.IsTls13: true, HasHelloRetryRequest: false })
            return false;
        var first = connection.Messages.First();
        if (first.Message.Body is not ClientHello hello || hello.Extensions.Has(ExtensionType.EarlyData)) return false;
        var record = connection.Records.FirstOrDefault(record =>
            record.Direction == first.Direction && record.Record.Type == ContentType.Handshake);
        return record?.Record.Version != ProtocolVersion.Tls10;
    }

    /// <summary>False if a finding may be the capture's fault. A note blames nobody.</summary>
    public bool Lets(Finding finding) =>
        finding.Severity == Severity.Note || (HasHandshake && finding.Frame > 0 && finding.Frame < FirstGap);
}
