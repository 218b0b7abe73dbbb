using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Records;

internal static class HeartbeatCases
{
    public static readonly RuleCase[] Rows =
    [
        Loud("heartbeat-payload-length", "a request of 3 octets that says 16384", () => Beats(Request(16384, 3))),
        Loud("heartbeat-payload-length", "one octet more than a response has", () => Beats(Response(18, 20))),
        Quiet("heartbeat-payload-length", "an honest request", () => Beats(Request(5, 24))),
        Quiet("heartbeat-payload-length", "a type that is to be ignored",
            () => Beats(Request(16384, 3) with { MessageType = 3 })),

        Loud("heartbeat-padding", "15 octets", () => Beats(Request(5, 23))),
        Quiet("heartbeat-padding", "16 octets", () => Beats(Request(5, 24))),
        Quiet("heartbeat-padding", "payload that is not there", () => Beats(Request(16384, 3))),

        Loud("heartbeat-not-discarded", "an answer to what says too much",
            () => Beats(Request(16384, 3), Response(16384, 16384))),
        Loud("heartbeat-not-discarded", "an answer to the second of two",
            () => Beats(Request(5, 24), Request(16384, 3), Response(16384, 16384))),
        Quiet("heartbeat-not-discarded", "no answer", () => Beats(Request(16384, 3))),
        Quiet("heartbeat-not-discarded", "an answer to an honest request",
            () => Beats(Request(5, 24), Response(5, 24))),
        Quiet("heartbeat-not-discarded", "an answer to the first of two",
            () => Beats(Request(5, 24), Request(16384, 3), Response(5, 24))),

        Loud("heartbeat-in-handshake", "behind ServerHelloDone", () => Behind(HandshakeType.ServerHelloDone)),
        Quiet("heartbeat-in-handshake", "behind both Finished", () => Beats(Request(5, 24))),
        Quiet("heartbeat-in-handshake", "behind Finished of the server, which comes last",
            () => Behind(HandshakeType.Finished)),
    ];

    private static HeartbeatEvent Request(int payloadLength, int octets) =>
        new(Client, new FrameStamp(1000, 0), 1, payloadLength, octets, IsProtected: true);

    private static HeartbeatEvent Response(int payloadLength, int octets) =>
        new(Server, new FrameStamp(1001, 0), 2, payloadLength, octets, IsProtected: true);

    private static Evidence Beats(params HeartbeatEvent[] beats) =>
        SessionEvidence.WithEvents(Tls12, events => [.. events, .. beats]);

    private static Evidence Behind(HandshakeType type) => SessionEvidence.WithEvents(Tls12, events =>
        events.SelectMany(item =>
            (ConnectionEvent[])(Is(item, Server, type) ? [item, Request(5, 24)] : [item])));
}
