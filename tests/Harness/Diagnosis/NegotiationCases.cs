using TlsInterop.Harness.Predictions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;
using static TlsInterop.Harness.Tests.Diagnosis.HelloChanges;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class NegotiationCases
{
    private const string Refused = "tls12-no-shared-cipher";

    public static readonly DiagnosisCase[] Rows =
    [
        First("no-common-version", "protocol_version of the server", () => Captured("tls12-no-shared-version")),
        First("no-common-version", "foretold, and internal_error", () => Hello().Alert(Server, 80)
            .Knowing(context => context with { Foretold = ForetoldRefusal.Version }).Explain()),
        First("no-common-version", "an older server answers a client of TLS 1.3 alone", () => Of(Tls12)
            .Change<ClientHello>(hello => hello.With(ExtensionType.SupportedVersions, Versions(0x0304)))
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 70).Explain()),
        Quiet("no-common-version", "handshake_failure to TLS 1.2", () => Captured(Refused)),
        First("no-common-suite", "handshake_failure to one suite", () => Captured(Refused)),
        First("no-common-suite", "foretold", () => Of(Tls13).UpTo(Client, HandshakeType.ClientHello).Alert(Server, 40)
            .Knowing(context => context with { Foretold = ForetoldRefusal.Suite }).Explain()),
        Quiet("no-common-suite", "handshake_failure behind the ServerHello", () =>
            Of(Tls12).UpTo(Server, HandshakeType.ServerHello).Alert(Server, 40).Explain()),
        Quiet("no-common-suite", "something else is foretold", () => Hello().Alert(Server, 40)
            .Knowing(context => context with { Foretold = ForetoldRefusal.Group }).Explain()),
        First("no-common-group", "foretold", () => Hello().Alert(Server, 40)
            .Knowing(context => context with { Foretold = ForetoldRefusal.Group }).Explain()),
        Among("no-common-group", "secp521r1 alone", () => Hello()
            .Change<ClientHello>(hello => hello.With(ExtensionType.SupportedGroups, List16(25)))
            .Alert(Server, 40).Explain()),
        Quiet("no-common-group", "x25519 among them", () => Hello().Alert(Server, 40).Explain()),
        First("no-common-signature-scheme", "foretold", () => Hello().Alert(Server, 40)
            .Knowing(context => context with { Foretold = ForetoldRefusal.Scheme }).Explain()),
        Among("no-common-signature-scheme", "ecdsa_secp256r1_sha256 alone", () => Hello()
            .Change<ClientHello>(hello => hello.With(ExtensionType.SignatureAlgorithms, List16(0x0403)))
            .Alert(Server, 40).Explain()),
        Quiet("no-common-signature-scheme", "schemes of RSA among them", () => Hello().Alert(Server, 40).Explain()),
        First("alpn-mismatch", "OpenSSL says 120", () => Captured("alpn-mismatch")),
        Quiet("alpn-mismatch", "a protocol in common", () => Of("tls12-alpn").Explain()),
        First("inappropriate-fallback", "86", () => Hello().Change<ClientHello>(hello => hello with
        {
            CipherSuites = [.. hello.CipherSuites, CipherSuite.FallbackScsv],
        }).Alert(Server, 86).Explain()),
        Quiet("inappropriate-fallback", "70", () => Hello().Alert(Server, 70).Explain()),
        First("downgrade-detected", "47 behind DOWNGRD", () => Downgraded().Alert(Client, 47).Explain()),
        Quiet("downgrade-detected", "the client offers no TLS 1.3", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 47).Explain()),
        First("choice-refused", "a suite that was not offered", () => Of(Tls13).UpTo(Server, HandshakeType.ServerHello)
            .Change<ServerHello>(hello => hello with { CipherSuite = new(0x1304) }).Alert(Client, 47).Explain()),
        Quiet("choice-refused", "behind the certificate", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 48).Explain()),
        First("sni-refused", "112", () => Hello().Alert(Server, 112).Explain()),
        Quiet("sni-refused", "40", () => Hello().Alert(Server, 40).Explain()),
        Quiet("sni-refused", "a warning, and the handshake goes through", () => Of(Tls12).Explain()),
        First("sni-missing", "112 without a name", () => Nameless().Alert(Server, 112).Explain()),
        Quiet("sni-missing", "112 with a name", () => Hello().Alert(Server, 112).Explain()),
        First("psk-unknown", "115", () => Of("tls12-psk-aes128-gcm")
            .UpTo(Client, HandshakeType.ClientKeyExchange).Alert(Server, 115).Explain()),
        Quiet("psk-unknown", "51", () => Of("tls12-psk-aes128-gcm")
            .UpTo(Client, HandshakeType.ClientKeyExchange).Alert(Server, 51).Explain()),
        First("missing-extension", "no key_share", () => Of(Tls13).UpTo(Client, HandshakeType.ClientHello)
            .Change<ClientHello>(hello => hello.Without(ExtensionType.KeyShare)).Alert(Server, 109).Explain()),
        Quiet("missing-extension", "all of them", () =>
            Of(Tls13).UpTo(Client, HandshakeType.ClientHello).Alert(Server, 40).Explain()),
        First("unsupported-extension", "alpn, unasked", () => Of(Tls12)
            .Change<ServerHello>(hello => hello.With(ExtensionType.ApplicationLayerProtocolNegotiation,
                [0, 3, 2, (byte)'h', (byte)'2'])).UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client,
                    110).Explain()),
        Quiet("unsupported-extension", "what was asked for", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 47).Explain()),
        First("ech-required", "121", () => Of(Tls12).UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client,
            121).Explain()),
        Quiet("ech-required", "120", () => Of(Tls12).UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client,
            120).Explain()),
        First("dh-group-too-small", "1024 bits", () => Of("tls12-anonymous-dh")
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 40).Explain()),
        Quiet("dh-group-too-small", "2048 bits", () => Of("tls11-dhe-rsa-camellia256-cbc")
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 40).Explain()),
        Among("insufficient-security", "71 of the server", () => Hello().Alert(Server, 71).Explain()),
        Quiet("insufficient-security", "40 of the server", () => Hello().Alert(Server, 40).Explain()),
    ];

    private static Dialogue Hello() => Of(Tls12).UpTo(Client, HandshakeType.ClientHello);

    private static Dialogue Nameless() => Hello().Change<ClientHello>(hello => hello.Without(ExtensionType.ServerName));

    private static Dialogue Downgraded() => Of("tls12-rsa-aes128-ccm")
        .Change<ClientHello>(hello => hello.With(ExtensionType.SupportedVersions, Versions(0x0304, 0x0303)))
        .UpTo(Server, HandshakeType.ServerHelloDone);
}
