using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Tls.Verification;

/// <summary>Where, in the order of the capture, clear text and TLS of each end begin. An index of -1: not seen.</summary>
internal sealed class WayToTls
{
    public WayToTls(DecodedConnection connection)
    {
        Events = connection.Events;
        ClientTls = FirstTls(Direction.ClientToServer);
        ServerTls = FirstTls(Direction.ServerToClient);
        for (var i = 0; i < Events.Count; i++)
        {
            if (Events[i] is GapEvent) HasGap = true;
            if (Events[i] is ClearTextEvent { Direction: Direction.ClientToServer } text && (ClientTls < 0 || i < ClientTls))
                FirstSaid ??= text;
        }
    }

    public IReadOnlyList<ConnectionEvent> Events { get; }

    /// <summary>The first of TLS that the client sent.</summary>
    public int ClientTls { get; }

    /// <summary>The first of TLS that the server sent.</summary>
    public int ServerTls { get; }

    /// <summary>The first that the client said in clear text, if that came before its TLS.</summary>
    public ClearTextEvent? FirstSaid { get; }

    /// <summary>True if octets are missing: what seems not to have been said may be among them.</summary>
    public bool HasGap { get; }

    public int IndexOf(ClearTextMeaning meaning)
    {
        for (var i = 0; i < Events.Count; i++)
        {
            if (Events[i] is ClearTextEvent text && text.Meaning == meaning) return i;
        }
        return -1;
    }

    public static bool IsTls(ConnectionEvent item) =>
        item is HandshakeEvent or AlertEvent or ChangeCipherSpecEvent or EncryptedEvent or ApplicationDataEvent;

    private int FirstTls(Direction direction)
    {
        for (var i = 0; i < Events.Count; i++)
        {
            if (Events[i].Direction == direction && IsTls(Events[i])) return i;
        }
        return -1;
    }
}
