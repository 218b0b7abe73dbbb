using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class RecordCases
{
    public static readonly DiagnosisCase[] Rows =
    [
        First("record-corrupted", "a MAC", () => Captured("mac-corrupted")),
        First("record-corrupted", "a tag", () => Captured("mac-corrupted-tls13")),
        Quiet("record-corrupted", "the alert alone", () =>
            Of(Tls12).UpTo(Client, HandshakeType.Finished).Alert(Server, 20).Explain()),
        First("bad-record-mac-unfounded", "all records open", () =>
            Of(Tls12).UpTo(Client, HandshakeType.Finished).Alert(Server, 20).Explain()),
        Quiet("bad-record-mac-unfounded", "one does not", () => Captured("mac-corrupted")),
        First("finished-wrong", "GnuTLS says decrypt_error", () => Captured("finished-wrong")),
        Quiet("finished-wrong", "decrypt_error to one that fits", () =>
            Of(Tls12).UpTo(Client, HandshakeType.Finished).Alert(Server, 51).Explain()),
        First("signature-wrong", "another random", () => Of(Tls12)
            .Change<ServerHello>(hello => hello with { Random = new byte[32].Select(_ => (byte)7).ToArray() })
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 51).Explain()),
        Quiet("signature-wrong", "one that fits", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 51).Explain()),
        First("decrypt-error", "51, and all proofs fit", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 51).Explain()),
        Quiet("decrypt-error", "51 to a wrong Finished", () => Captured("finished-wrong")),
        First("record-too-large", "22 to a record of 2^14 + 1 octets", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Then(Client, [22, 3, 3, 0x40, 1, .. new byte[0x4001]])
            .Alert(Server, 22).Explain()),
        Quiet("record-too-large", "usual ones", () => Of(Tls12)
            .UpTo(Client, HandshakeType.Finished).Alert(Server, 10).Explain()),
        First("message-malformed", "octets behind the extensions", () => Captured("hello-trailing-octets")),
        Quiet("message-malformed", "decode_error to what decodes", () =>
            Of(Tls12).UpTo(Client, HandshakeType.ClientHello).Alert(Server, 50).Explain()),
        First("decode-error-unfounded", "decode_error to what decodes", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 50).Explain()),
        Quiet("decode-error-unfounded", "decode_error to what does not", () => Captured("hello-trailing-octets")),
        First("unexpected-message", "a certificate that nobody asked for", () => Captured("certificate-unasked")),
        Quiet("unexpected-message", "all in order", () => Captured("finished-wrong")),
        First("illegal-parameter", "no null among the compressions", () => Captured("compression-only")),
        Quiet("illegal-parameter", "40", () => Of(Tls12).UpTo(Client, HandshakeType.ClientHello).Alert(Server,
            40).Explain()),
        First("internal-error", "80 at a hello with a name", () =>
            Of(Tls12).UpTo(Server, HandshakeType.ServerHello).Alert(Server, 80).Explain()),
        Quiet("internal-error", "40", () => Of(Tls12).UpTo(Server, HandshakeType.ServerHello).Alert(Server,
            40).Explain()),
        First("alert-unexplained", "40 behind the ServerHello", () =>
            Of(Tls12).UpTo(Server, HandshakeType.ServerHello).Alert(Server, 40).Explain()),
        Quiet("alert-unexplained", "an alert whose cause is known", () => Captured("openssl-expired")),
        First("hidden-alert", "a short record of a client without keys", () => Of(Tls13)
            .UpTo(Server, HandshakeType.Finished).With(keys: null)
            .Then(Client, [23, 3, 3, 0, 19, .. new byte[19]]).Fin(Client).Explain()),
        Quiet("hidden-alert", "with keys it is read", () => Captured("tls13-unknown-ca")),
        Quiet("hidden-alert", "a handshake that goes through, without keys",
            () => Of(Tls13).With(keys: null).Explain()),
        First("keys-do-not-fit", "a secret that is spoilt", () => Of(Tls12).UpTo(Server, HandshakeType.Finished)
            .With(Spoilt()).Reset(Client).Explain()),
        Quiet("keys-do-not-fit", "those of the connection", () =>
            Of(Tls12).UpTo(Server, HandshakeType.Finished).Reset(Client).Explain()),
        First("capture-incomplete", "the certificate is missing", () => Of(Tls12)
            .UpTo(Client, HandshakeType.ClientKeyExchange).Lost(2).Explain()),
        Quiet("capture-incomplete", "nothing is missing", () => Of(Tls12)
            .UpTo(Client, HandshakeType.ClientKeyExchange).Explain()),
        First("capture-starts-late", "behind the hellos", () => Of(Tls12).Skip(9).With(keys: null).Explain()),
        Quiet("capture-starts-late", "from the hello on", () => Of(Tls12).Explain()),
        First("capture-one-sided", "the client alone", () => Of(Tls12).Only(Client).Explain()),
        Quiet("capture-one-sided", "both", () => Of(Tls12).Explain()),
        First("not-tls", "octets of something else", () => Empty.Then(Client, [.. Enumerable.Repeat((byte)0xee, 40)])
            .Then(Server, [.. Enumerable.Repeat((byte)0xdd, 40)]).Fin(Client).Explain()),
        Quiet("not-tls", "TLS", () => Of(Tls12).Explain()),
    ];

    private static KeyLog Spoilt()
    {
        var keys = new KeyLog();
        var random = ((ClientHello)Of(Tls12).Decode().Messages.First().Message.Body).Random;
        keys.Add($"CLIENT_RANDOM {Convert.ToHexStringLower(random.Span)} {new string('5', 96)}");
        return keys;
    }
}
