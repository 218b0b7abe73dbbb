using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class StartTlsCases
{
    private static readonly Dialogue Greeted = Empty.Say(Server, "220 mail.test ESMTP").Say(Client, "EHLO client.test");

    public static readonly DiagnosisCase[] Rows =
    [
        First("starttls-stripped", "the word is overwritten", () => Greeted
            .Say(Server, "250-mail.test", "250-SIZE 100", "250 XXXXXXXX").Say(Client, "QUIT").Fin(Client).Explain()),
        Quiet("starttls-stripped", "it was never there", () => Greeted
            .Say(Server, "250-mail.test", "250 SIZE 100").Say(Client, "QUIT").Fin(Client).Explain()),
        First("starttls-not-offered", "a list without it", () => Captured("starttls-smtp-stripped")),
        Quiet("starttls-not-offered", "a list with it", () => Captured("starttls-smtp-refused")),
        First("starttls-refused", "454", () => Captured("starttls-smtp-refused")),
        Quiet("starttls-refused", "220", () => Captured("starttls-smtp")),
        First("tls-to-clear-text-port", "a mail server greets a ClientHello", () => Of(Tls12)
            .UpTo(Client, HandshakeType.ClientHello).Say(Server, "220 mail.test ESMTP").Fin(Server).Explain()),
        Quiet("tls-to-clear-text-port", "behind STARTTLS", () => Captured("starttls-smtp")),
        First("clear-text-to-tls-port", "HTTP, and an alert", () => Captured("http-first")),
        First("clear-text-to-tls-port", "HTTP, and nginx says so", () => Empty
            .Say(Client, "GET / HTTP/1.1", "Host: a.test", "")
            .Say(Server, "HTTP/1.1 400 Bad Request", "", "The plain HTTP request was sent to HTTPS port").Fin(Server)
            .Explain()),
        Quiet("clear-text-to-tls-port", "HTTP, and HTTP", () => Empty.Say(Client, "GET / HTTP/1.1", "Host: a.test", "")
            .Say(Server, "HTTP/1.1 200 OK", "Content-Length: 0", "").Fin(Server).Explain()),
        First("clear-text-after-starttls", "the server goes on", () => Captured("starttls-smtp-injection")),
        Quiet("clear-text-after-starttls", "TLS follows", () => Captured("starttls-smtp")),
        First("tls-before-go-ahead", "454 to a client that did not wait", () => Greeted
            .Say(Server, "250 STARTTLS").Say(Client, "STARTTLS")
            .Then(Client, [.. Hello()]).Say(Server, "454 no TLS today").Fin(Server).Explain()),
        Quiet("tls-before-go-ahead", "it waits", () => Captured("starttls-smtp")),
        First("proxy-refused", "403 to CONNECT", () => Empty
            .Say(Client, "CONNECT a.test:443 HTTP/1.1", "").Say(Server, "HTTP/1.1 403 Forbidden", "").Fin(Server)
            .Explain()),
        Quiet("proxy-refused", "200 to CONNECT", () => Empty
            .Say(Client, "CONNECT a.test:443 HTTP/1.1", "").Say(Server, "HTTP/1.1 200 OK", "").Fin(Server).Explain()),
        First("nobody-speaks", "the client closes", () => Empty.Fin(Client).Fin(Server).Explain()),
        Quiet("nobody-speaks", "the server closes", () => Empty.Fin(Server).Fin(Client).Explain()),
        First("starttls-prevented", "PREAUTH", () => Captured("starttls-imap-preauth")),
        Quiet("starttls-prevented", "OK", () => Captured("starttls-imap")),
        First("greeting-refused", "554", () => Empty.Say(Server, "554 no SMTP service here").Fin(Server).Explain()),
        Quiet("greeting-refused", "220", () => Greeted.Fin(Server).Explain()),
    ];

    // The record of a ClientHello, as another connection had it.
    private static byte[] Hello()
    {
        var record = Of(Tls12).Decode().Records[0].Record;
        var writer = new WireWriter();
        record.Write(writer);
        return writer.ToArray();
    }
}
