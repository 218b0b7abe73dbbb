using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>How an end leaves, or complains.</summary>
internal static class EndingQuirks
{
    public static readonly ScriptStep Leave = new(StepKind.Close, "fin");

    public static readonly IReadOnlyList<Quirk> Rows =
    [
        new("close-notify-missing",
            "closes without close_notify",
            "peers that take a cut connection for a whole one",
            "RFC 8446, Section 6.1; RFC 5246, Section 7.2.1",
            behaviour => behaviour.SendsCloseNotify = false)
        {
            Of = QuirkSide.Both,
        },
        new("alert-before-hello",
            "sends a fatal handshake_failure before its hello",
            "peers that answer a fatal alert instead of closing",
            "RFC 8446, Section 6.2",
            behaviour => Before(behaviour, HandshakeType.ClientHello, "handshake_failure"))
        {
            Ends = QuirkEnding.Left,
        },
        new("alert-before-finished",
            "sends bad_certificate where its Finished belongs, as who looks at certificates late",
            "peers that report something else than what they were told",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            behaviour => Before(behaviour, HandshakeType.Finished, "bad_certificate"))
        {
            Ends = QuirkEnding.Left | QuirkEnding.Refused,
            Of = QuirkSide.Both,
        },
        new("silent-close",
            "closes without a word where its Finished belongs, as SChannel does at a certificate that it refuses",
            "peers that call it success, or hang",
            "RFC 8446, Section 6; RFC 5246, Section 7.2",
            behaviour => behaviour.Replace(ScriptStep.Send(HandshakeType.Finished), Leave))
        {
            Ends = QuirkEnding.Left | QuirkEnding.Refused, // the server may have the last word
            Of = QuirkSide.Both,
        },
        new("close-behind-hello",
            "closes behind its hello",
            "peers that hang, or that send an alert to nobody",
            "RFC 9293, Section 3.6",
            behaviour => behaviour.Replace(ScriptStep.Expect(HandshakeType.ServerHello), Leave))
        {
            Ends = QuirkEnding.Left,
        },
    ];

    private static void Before(Behaviour behaviour, HandshakeType type, string alert) =>
        behaviour.Replace(ScriptStep.Send(type), ScriptStep.Send($"alert {alert}"), Leave);
}
