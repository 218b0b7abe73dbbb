using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Tls.Verification.Transport;

/// <summary>
/// Where, in the order of the capture, clear text and TLS of each end begin; behind a tunnel, if there is one. An index
/// of -1: not seen.
/// </summary>
internal sealed class WayToTls
{
    public WayToTls(DecodedConnection connection)
    {
        Events = connection.Events;
        (ClientTls, ServerTls) = (-1, -1);
        for (var i = 0; i < Events.Count; i++) Add(Events[i], i);
    }

    public IReadOnlyList<ConnectionEvent> Events { get; }

    /// <summary>The first of TLS that the client sent.</summary>
    public int ClientTls { get; private set; }

    /// <summary>The first of TLS that the server sent.</summary>
    public int ServerTls { get; private set; }

    /// <summary>The first that the client said in clear text, if that came before its TLS.</summary>
    public ClearTextEvent? FirstSaid { get; private set; }

    /// <summary>True if anything was said in clear text, by whomever and whenever.</summary>
    public bool HasClearText { get; private set; }

    /// <summary>True if octets are missing: what seems not to have been said may be among them.</summary>
    public bool HasGap { get; private set; }

    /// <summary>The first event behind the tunnels.</summary>
    private int Start { get; set; }

    /// <summary>What happened behind the tunnels.</summary>
    public IEnumerable<ConnectionEvent> Dialogue => Events.Skip(Start);

    public int IndexOf(ClearTextMeaning meaning)
    {
        for (var i = Start; i < Events.Count; i++)
        {
            if (Events[i] is ClearTextEvent text && text.Meaning == meaning) return i;
        }
        return -1;
    }

    public static bool IsTls(ConnectionEvent item) =>
        item is HandshakeEvent or AlertEvent or ChangeCipherSpecEvent or EncryptedEvent or ApplicationDataEvent;

    private void Add(ConnectionEvent item, int index)
    {
        var isClient = item.Direction == Direction.ClientToServer;
        if (item is GapEvent) HasGap = true;
        if (IsTls(item))
        {
            if (isClient && ClientTls < 0) ClientTls = index;
            if (!isClient && ServerTls < 0) ServerTls = index;
        }
        if (item is not ClearTextEvent text) return;
        HasClearText = true;
        if (ClientTls >= 0) return;
        if (text.Meaning == ClearTextMeaning.TunnelOpen) (Start, FirstSaid) = (index + 1, null);
        else if (isClient) FirstSaid ??= text;
    }
}
