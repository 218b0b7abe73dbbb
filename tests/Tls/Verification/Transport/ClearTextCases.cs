using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Tests.Decoding.ClearText;
using TlsInterop.Tls.Verification;
using static TlsInterop.Tls.Capture.Direction;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Transport;

internal static class ClearTextCases
{
    private static readonly (Direction, byte[]) ClientHello = (ClientToServer, SampleDialogue.ClientHello);
    private static readonly (Direction, byte[]) ServerHello = (ServerToClient, SampleDialogue.ServerHello);
    private static readonly (Direction, byte[]) Alert = (ServerToClient, SampleDialogue.Alert);

    public static readonly RuleCase[] Rows =
    [
        Loud("clear-text-to-tls-server", "HTTP that is answered by an alert", () =>
            Of([.. Said("> GET / HTTP/1.1"), Alert])),
        Quiet("clear-text-to-tls-server", "HTTP that is answered by HTTP", () =>
            Of(Said("> GET / HTTP/1.1\n> \n< HTTP/1.1 400 Bad Request\n< \n< no"))),
        Loud("clear-text-unanswered", "HTTP and then FIN", () =>
            Closed("GET / HTTP/1.1\r\n\r\n"u8, ServerToClient)),
        Quiet("clear-text-unanswered", "HTTP, and the client does not wait", () =>
            Closed("GET / HTTP/1.1\r\n\r\n"u8, ClientToServer, ServerToClient)),
        Quiet("clear-text-unanswered", "HTTP and the capture ends", () => Of(Said("> GET / HTTP/1.1\n> "))),
        Loud("tls-to-clear-text-server", "a ClientHello that is answered by SMTP", () =>
            Of([ClientHello, .. Said("< 220 mail.example ESMTP")])),
        Quiet("tls-to-clear-text-server", "a ClientHello that is answered by TLS", () =>
            Of([ClientHello, ServerHello])),
        Loud("clear-text-after-starttls", "a capability behind the go-ahead", () =>
            Of([.. Said("< * OK ready\n> a STARTTLS\n< a OK go\n< * CAPABILITY IMAP4rev1"), ClientHello, ServerHello])),
        Quiet("clear-text-after-starttls", "TLS behind the go-ahead", () =>
            Of([.. Said("< * OK ready\n> a STARTTLS\n< a OK go"), ClientHello, ServerHello])),
        Loud("starttls-refused-and-ignored", "a name behind the refusal", () =>
            Of(Said("< +OK ready\n> STLS\n< -ERR not now\n> USER alice\n< +OK"))),
        Quiet("starttls-refused-and-ignored", "QUIT behind the refusal", () =>
            Of(Said("< +OK ready\n> STLS\n< -ERR not now\n> QUIT\n< +OK bye"))),
        Loud("tls-before-go-ahead", "a ClientHello before the answer", () => Of(
            [.. Said("< 220 mail.example ESMTP\n> STARTTLS"), ClientHello, .. Said("< 220 Go ahead"), ServerHello])),
        Quiet("tls-before-go-ahead", "a ClientHello after the answer", () => Of(
            [.. Said("< 220 mail.example ESMTP\n> STARTTLS\n< 220 Go ahead"), ClientHello, ServerHello])),
    ];

    private static IEnumerable<(Direction, byte[])> Said(string script) => SampleDialogue.Of("", script).Steps;

    private static Evidence Of(IEnumerable<(Direction, byte[])> steps) => new(SampleDialogue.Decode(steps), null);

    private static Evidence Closed(ReadOnlySpan<byte> said, params Direction[] closers)
    {
        var decoder = new ConnectionDecoder();
        decoder.Data(ClientToServer, said, new(1, 0));
        foreach (var (index, from) in closers.Index()) decoder.End(from, ConnectionEnd.Fin, new(2 + index, 0));
        return new Evidence(decoder.Decode(), null);
    }
}
