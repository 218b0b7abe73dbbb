using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Tests.Verification.Altered;
using static TlsInterop.Tls.Tests.Verification.RuleCase;

namespace TlsInterop.Tls.Tests.Verification.Order;

internal static class MessagePresenceCases
{
    private static readonly HandshakeType Exchange = HandshakeType.ServerKeyExchange;
    private static readonly HandshakeType Shown = HandshakeType.Certificate;

    public static readonly RuleCase[] Rows =
    [
        Loud("server-key-exchange-missing", "ECDHE", () => Without(Tls12, Server, Exchange)),
        Quiet("server-key-exchange-missing", "ECDHE, not captured", () => NotCaptured(Tls12, Server, Exchange)),
        Quiet("server-key-exchange-missing", "RSA", () => SessionEvidence.Of(Tls10)),
        Quiet("server-key-exchange-missing", "a resumption", () => SessionEvidence.Of(Tls12ById)),

        Loud("server-key-exchange-unasked", "RSA", () => Suite(Tls12, 0x009c)),
        Quiet("server-key-exchange-unasked", "RSA for export", () => Suite(Tls12, 0x0003)),
        Quiet("server-key-exchange-unasked", "ECDHE", () => SessionEvidence.Of(Tls12)),

        Loud("server-certificate-missing", "TLS 1.2", () => Without(Tls12, Server, Shown)),
        Loud("server-certificate-missing", "TLS 1.3", () => Without(Tls13, Server, Shown)),
        Quiet("server-certificate-missing", "not captured", () => NotCaptured(Tls12, Server, Shown)),
        Quiet("server-certificate-missing", "a pre-shared key", () => SessionEvidence.Of(Tls13Resumed)),
        Quiet("server-certificate-missing", "an anonymous server", () => Anonymous(Shown)),

        Loud("server-certificate-unasked", "a pre-shared key of TLS 1.3", () => PreShared(Tls13)),
        Loud("server-certificate-unasked", "an anonymous server", () => Suite(Tls12, 0xc018)),
        Quiet("server-certificate-unasked", "RSA", () => SessionEvidence.Of(Tls12)),

        Loud("certificate-request-unfitting", "a pre-shared key of TLS 1.3", () => PreShared(Tls13ClientCertificate)),
        Loud("certificate-request-unfitting", "an anonymous server", () => Suite(Tls12ClientCertificate, 0xc018)),
        Quiet("certificate-request-unfitting", "TLS 1.3", () => SessionEvidence.Of(Tls13ClientCertificate)),
        Quiet("certificate-request-unfitting", "TLS 1.2", () => SessionEvidence.Of(Tls12ClientCertificate)),

        Loud("certificate-status-not-agreed", "no answer in ServerHello", () => WithStatus(null)),
        Quiet("certificate-status-not-agreed", "an answer in ServerHello",
            () => WithStatus(ExtensionType.StatusRequest)),

        Loud("certificate-status-missing", "promised",
            () => Choice(Tls12, hello => hello.With(ExtensionType.StatusRequest))),
        Quiet("certificate-status-missing", "sent", () => WithStatus(ExtensionType.StatusRequest)),
        Quiet("certificate-status-missing", "not promised", () => SessionEvidence.Of(Tls12)),
    ];

    private static Evidence Suite(string name, ushort code) =>
        Choice(name, hello => hello with { CipherSuite = new CipherSuite(code) });

    private static Evidence PreShared(string name) =>
        Choice(name, hello => hello.With(ExtensionType.PreSharedKey, 0, 0));

    private static Evidence Anonymous(HandshakeType missing)
    {
        var evidence = Suite(Tls12, 0xc018);
        return new Evidence(
            new DecodedConnection(
                [.. evidence.Connection.Events.Where(item => !Is(item, Server, missing))], evidence.Connection.Records),
            evidence.KeyLog);
    }

    private static Evidence WithStatus(ExtensionType? answer)
    {
        var evidence = Inserted(Tls12, (Server, Shown), (Server, HandshakeType.CertificateStatus));
        var events = evidence.Connection.Events.Select(item =>
            answer is { } type && item is HandshakeEvent { Message.Body: ServerHello hello } message
                ? message with { Message = message.Message with { Body = hello.With(type) } }
                : item);
        return new Evidence(new DecodedConnection([.. events], evidence.Connection.Records), evidence.KeyLog);
    }
}
