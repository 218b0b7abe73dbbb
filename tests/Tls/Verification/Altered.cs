using System.Buffers.Binary;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>Recorded sessions in which a message says something else, is missing, or comes at another time.</summary>
internal static class Altered
{
    public const Direction Client = Direction.ClientToServer;
    public const Direction Server = Direction.ServerToClient;

    public const string Tls10 = "tls1.0-RSA_WITH_AES_128_CBC_SHA";
    public const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    public const string Tls12ClientCertificate = "tls1.2-client-certificate";
    public const string Tls12ById = "tls1.2-resumption-session-id";
    public const string Tls12ByTicket = "tls1.2-resumption-ticket";
    public const string Tls12Renegotiated = "tls1.2-renegotiation";
    public const string Tls13 = "tls1.3-AES_128_GCM_SHA256";
    public const string Tls13ClientCertificate = "tls1.3-client-certificate";
    public const string Tls13EarlyData = "tls1.3-early-data";
    public const string Tls13GnuTls = "tls1.3-gnutls";
    public const string Tls13KeyUpdate = "tls1.3-KeyUpdate";
    public const string Tls13Resumed = "tls1.3-resumption";
    public const string Tls13Retry = "tls1.3-HelloRetryRequest";

    /// <summary>Every ClientHello says something else.</summary>
    public static Evidence Offer(string name, Func<ClientHello, ClientHello> change) =>
        SessionEvidence.With(name, item => item.Message.Body is ClientHello hello ? change(hello) : null);

    /// <summary>Every ServerHello that is no HelloRetryRequest says something else.</summary>
    public static Evidence Choice(string name, Func<ServerHello, ServerHello> change) =>
        SessionEvidence.With(
            name, item => item.Message.Body is ServerHello { IsHelloRetryRequest: false } hello ? change(hello) : null);

    /// <summary>Both hellos say something else.</summary>
    public static Evidence Both(
        string name, Func<ClientHello, ClientHello> ofClient, Func<ServerHello, ServerHello> ofServer) =>
        SessionEvidence.With(name, item => item.Message.Body switch
        {
            ClientHello hello => ofClient(hello),
            ServerHello hello => ofServer(hello),
            _ => null,
        });

    /// <summary>One message among those of its kind says something else.</summary>
    public static Evidence Nth<T>(string name, int index, Func<T, T> change)
        where T : HandshakeBody
    {
        var seen = 0;
        return SessionEvidence.With(
            name, item => item.Message.Body is T body && seen++ == index ? change(body) : null);
    }

    /// <summary>EncryptedExtensions hold one extension more.</summary>
    public static Evidence Encrypted(string name, ExtensionType type, params byte[] data) =>
        Nth<EncryptedExtensions>(name, 0, body =>
            new(body.ExtensionList.With(ExtensionPlace.EncryptedExtensions, type, data)));

    /// <summary>Some messages were never sent.</summary>
    public static Evidence Without(string name, Direction from, params HandshakeType[] types) =>
        SessionEvidence.WithEvents(name, events => events.Where(item => !Is(item, from, types)));

    /// <summary>
    /// The same, but where they stood the capture lacks octets: they may have been sent.
    /// </summary>
    public static Evidence NotCaptured(string name, Direction from, params HandshakeType[] types) =>
        SessionEvidence.WithEvents(name, events => events.Select(
            item => Is(item, from, types) ? new GapEvent(item.Direction, item.At, 100) : item));

    /// <summary>A message without content stands behind the first one of a type.</summary>
    public static Evidence Inserted(
        string name,
        (Direction From, HandshakeType Type) behind,
        (Direction From, HandshakeType Type) message,
        int handshake = 0) =>
        SessionEvidence.WithEvents(name, events =>
        {
            var list = events.ToList();
            var at = list.FindIndex(item => Is(item, behind.From, behind.Type));
            HandshakeBody body = message.Type == HandshakeType.KeyUpdate ? new KeyUpdate(0)
                : message.Type == HandshakeType.ClientHello ? events.OfType<HandshakeEvent>().First().Message.Body
                : new UnknownBody(default);
            byte[] bytes = [message.Type.Code, 0, 0, 0];
            var inserted = new HandshakeMessage(message.Type, bytes, body, Fault: null);
            list.Insert(at + 1, new HandshakeEvent(message.From, list[at].At, inserted, false, handshake));
            return list;
        });

    /// <summary>An event comes earlier: at the place of another one, which follows it.</summary>
    public static Evidence Moved(
        string name, Func<ConnectionEvent, bool> isMoved, Func<ConnectionEvent, bool> isTarget) =>
        SessionEvidence.WithEvents(name, events =>
        {
            var list = events.ToList();
            var from = list.FindIndex(item => isMoved(item));
            var moved = list[from];
            list.RemoveAt(from);
            list.Insert(list.FindIndex(item => isTarget(item)), moved);
            return list;
        });

    public static bool Is(ConnectionEvent item, Direction from, params HandshakeType[] types) =>
        item is HandshakeEvent message && item.Direction == from && types.Contains(message.Message.Type);

    public static ClientHello With(this ClientHello hello, ExtensionType type, params byte[] data) =>
        hello with { ExtensionList = hello.ExtensionList.With(ExtensionPlace.ClientHello, type, data) };

    public static ClientHello Without(this ClientHello hello, ExtensionType type) =>
        hello with { ExtensionList = hello.ExtensionList.Without(ExtensionPlace.ClientHello, type) };

    public static ServerHello With(this ServerHello hello, ExtensionType type, params byte[] data) =>
        hello with { ExtensionList = hello.ExtensionList.With(Place(hello), type, data) };

    public static ServerHello Without(this ServerHello hello, ExtensionType type) =>
        hello with { ExtensionList = hello.ExtensionList.Without(Place(hello), type) };

    /// <summary>The extension in the place of the one of its type, or at the end.</summary>
    public static ExtensionList With(this ExtensionList list, ExtensionPlace place, ExtensionType type, byte[] data)
    {
        var items = list.Select(item => (item.Type, Data: item.Type == type ? data : item.Data.ToArray()));
        return List(place, list.Has(type) ? items : items.Append((type, data)));
    }

    public static ExtensionList Without(this ExtensionList list, ExtensionPlace place, ExtensionType type) =>
        List(place, list.Where(item => item.Type != type).Select(item => (item.Type, item.Data.ToArray())));

    /// <summary>Octets with their number in two octets before them.</summary>
    public static byte[] Vector16(params byte[] octets) => [.. U16(octets.Length), .. octets];

    public static byte[] U16(int value)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)value);
        return octets;
    }

    private static ExtensionPlace Place(ServerHello hello) =>
        hello.IsHelloRetryRequest ? ExtensionPlace.HelloRetryRequest : ExtensionPlace.ServerHello;

    private static ExtensionList List(ExtensionPlace place, IEnumerable<(ExtensionType Type, byte[] Data)> items)
    {
        var reader = new WireReader(
            Vector16([.. items.SelectMany(item => (byte[])[.. U16(item.Type.Code), .. Vector16(item.Data)])]));
        return ExtensionList.Read(ref reader, place);
    }
}
