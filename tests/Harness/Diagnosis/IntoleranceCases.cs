using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;
using static TlsInterop.Harness.Tests.Diagnosis.HelloChanges;

namespace TlsInterop.Harness.Tests.Diagnosis;

internal static class IntoleranceCases
{
    public static readonly DiagnosisCase[] Rows =
    [
        First("large-client-hello-intolerance", "1,800 octets, and a shorter one gets through", () =>
            Padded(1800).Reset(Server).Beside(Of(Tls12)).Explain()),
        First("large-client-hello-intolerance", "1,800 octets, and nobody answers", () => Padded(1800).Explain()),
        First("large-client-hello-intolerance", "300 octets, and a shorter one gets through", () =>
            Padded(300).Fin(Server).Beside(Of(Tls12)).Explain()),
        Quiet("large-client-hello-intolerance", "160 octets", () => Hello().Reset(Server).Explain()),
        Quiet("large-client-hello-intolerance", "1,800 octets, and an alert",
            () => Padded(1800).Alert(Server, 40).Explain()),
        First("tls13-intolerance", "TLS 1.2 alone gets through",
            () => Both().Reset(Server).Beside(Of(Tls12)).Explain()),
        Quiet("tls13-intolerance", "no TLS 1.3 is offered", () => Hello().Reset(Server).Beside(Of(Tls12)).Explain()),
        First("extension-intolerance", "decode_error, and a hello without them gets through", () => Hello()
            .Change<ClientHello>(hello => hello.With(new ExtensionType(0x1234), 1, 2, 3)).Alert(Server, 50)
            .Beside(Of(Tls12)).Explain()),
        Quiet("extension-intolerance", "handshake_failure to a hello like others", () =>
            Hello().Alert(Server, 40).Beside(Of(Tls12)).Explain()),
        Quiet("extension-intolerance", "decode_error to a hello that is wrong",
            () => Captured("hello-trailing-octets")),
        First("grease-intolerance", "a hello without GREASE gets through", () => Greased().Fin(Server)
            .Beside(Of(Tls12)).Explain()),
        Quiet("grease-intolerance", "no GREASE", () => Hello().Fin(Server).Beside(Of(Tls12)).Explain()),
        First("padding-intolerance", "with keys: an alert to a padded Finished", () =>
            Of("padding-most").UpTo(Client, HandshakeType.Finished).Alert(Server, 20).Explain()),
        First("padding-intolerance", "with keys: FIN at a padded Finished", () =>
            Of("padding-most").UpTo(Client, HandshakeType.Finished).Fin(Server).Explain()),
        First("padding-intolerance", "without keys, by its length", () =>
            Of("padding-most").UpTo(Client, HandshakeType.Finished).With(keys: null).Reset(Server).Explain()),
        Quiet("padding-intolerance", "the same alert to minimal padding", () =>
            Of(Tls10).UpTo(Client, HandshakeType.Finished).Alert(Server, 20).Explain()),
        Quiet("padding-intolerance", "without keys, minimal padding", () =>
            Of(Tls10).UpTo(Client, HandshakeType.Finished).With(keys: null).Reset(Server).Explain()),
        Quiet("padding-intolerance", "padding that was taken", () => Of("padding-most").Explain()),
        First("empty-record-intolerance", "RST at a record without content", () =>
            Of("empty-records").Open().First(Of("empty-records").LastRecord(Client, 23) + 1).Reset(Server).Explain()),
        Quiet("empty-record-intolerance", "they were taken", () => Of("empty-records").Explain()),
        First("record-version-refused", "GnuTLS says protocol_version", () => Captured("record-version-newest")),
        Quiet("record-version-refused", "the version that was agreed on", () => Of(Tls12)
            .UpTo(Client, HandshakeType.ClientKeyExchange).Alert(Server, 70).Explain()),
    ];

    private static Dialogue Hello() => Of(Tls12).UpTo(Client, HandshakeType.ClientHello);

    // RFC 7685, Section 3
    private static Dialogue Padded(int octets) => Hello().Change<ClientHello>(hello =>
        hello.With(ExtensionType.Padding, new byte[octets - 160]));

    private static Dialogue Both() => Hello().Change<ClientHello>(hello =>
        hello.With(ExtensionType.SupportedVersions, Versions(0x0304, 0x0303)));

    private static Dialogue Greased() => Hello().Change<ClientHello>(hello => hello with
    {
        CipherSuites = [new(0x1a1a), .. hello.CipherSuites],
    });
}
