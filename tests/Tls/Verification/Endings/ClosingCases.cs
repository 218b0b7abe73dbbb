using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Decoding.ClearText;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Capture.Direction;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Endings;

internal static class ClosingCases
{
    private const string Tls12 = "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    private static readonly byte[] PartOfRecord = [22, 3, 3, 0, 9, 11, 0, 0, 9];
    private static readonly byte[] PartOfMessage = [22, 3, 3, 0, 6, 11, 0, 0, 9, 0, 0];
    private static readonly byte[] Message = [22, 3, 3, 0, 4, 14, 0, 0, 0];

    public static readonly RuleCase[] Rows =
    [
        Loud("closed-in-handshake", "FIN after ServerHelloDone", () =>
            After(HandshakeType.ServerHelloDone, Fin(ClientToServer))),
        Loud("closed-in-handshake", "RST after ServerHelloDone", () =>
            After(HandshakeType.ServerHelloDone, Reset(ClientToServer))),
        Quiet("closed-in-handshake", "an alert and FIN after ServerHelloDone", () => After(
            HandshakeType.ServerHelloDone, SessionEvidence.Alert(ClientToServer, 2, 42), Fin(ClientToServer))),
        Quiet("closed-in-handshake", "a server that speaks no TLS", () => SessionEvidence.OfBytes(
            [(ClientToServer, SampleDialogue.ClientHello), (ServerToClient, "HTTP/1.1 400 No\r\n\r\n"u8.ToArray())],
            ServerToClient)),
        Quiet("closed-in-handshake", "a client that got octets that are no TLS", () => SessionEvidence.OfBytes(
            [(ClientToServer, SampleDialogue.ClientHello), (ServerToClient, [22, 3, 1, 0, 1, 0, 3, 0, 0x80, 1])],
            ClientToServer)),
        Quiet("closed-in-handshake", "the capture ends", () => After(HandshakeType.ServerHelloDone)),
        Quiet("closed-in-handshake", "FIN after both Finished", () => Open(Fin(ClientToServer))),
        Loud("closed-in-record", "nine octets announced, four sent", () => Closing(PartOfRecord)),
        Quiet("closed-in-record", "a whole record", () => Closing(Message)),
        Quiet("closed-in-record", "the capture ends", () => SessionEvidence.OfBytes((ServerToClient, PartOfRecord))),
        Loud("closed-in-message", "nine octets announced, two sent", () => Closing(PartOfMessage)),
        Quiet("closed-in-message", "a whole message", () => Closing(Message)),
        Quiet("closed-in-message", "the capture ends", () => SessionEvidence.OfBytes((ServerToClient, PartOfMessage))),
        Loud("closed-without-close-notify", "FIN", () => Open(Fin(ServerToClient))),
        Quiet("closed-without-close-notify", "close_notify and FIN", () => Open(
            SessionEvidence.Alert(ServerToClient, 1, 0), Fin(ServerToClient))),
        Quiet("closed-without-close-notify", "FIN in answer to close_notify", () => Open(
            SessionEvidence.Alert(ClientToServer, 1, 0), Fin(ServerToClient))),
        Loud("reset-after-data", "RST", () => Open(Reset(ServerToClient))),
        Quiet("reset-after-data", "FIN", () => Open(Fin(ServerToClient))),
        Quiet("reset-after-data", "RST behind FIN", () => Open(Fin(ServerToClient), Reset(ServerToClient))),
        Loud("reset-after-data", "RST behind FIN of the other end", () =>
            Open(Fin(ClientToServer), Reset(ServerToClient))),
        Quiet("reset-after-data", "RST of an end that sent no data", () =>
            After(HandshakeType.ServerHelloDone, Reset(ServerToClient))),
    ];

    private static EndEvent Fin(Direction from) => new(from, new FrameStamp(1001, 0), ConnectionEnd.Fin);

    private static EndEvent Reset(Direction from) => new(from, new FrameStamp(1001, 0), ConnectionEnd.Reset);

    private static Evidence Closing(byte[] bytes) => SessionEvidence.OfBytes([(ServerToClient, bytes)], ServerToClient);

    // A session that nobody has closed yet.
    private static Evidence Open(params ConnectionEvent[] added) =>
        SessionEvidence.WithEvents(Tls12, events => [.. events.Where(item => item is not AlertEvent), .. added]);

    private static Evidence After(HandshakeType last, params ConnectionEvent[] added) =>
        SessionEvidence.WithEvents(Tls12, events =>
        [
            .. events.Take(1 + events.ToList()
                .FindIndex(item => item is HandshakeEvent { Message.Type: var type } && type == last)),
            .. added,
        ]);
}
