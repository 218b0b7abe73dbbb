using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Packets;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Tests.Diagnosis.DiagnosisCase;
using static TlsInterop.Harness.Tests.Diagnosis.Dialogue;
using static TlsInterop.Harness.Tests.Diagnosis.HelloChanges;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>Connections of which an obvious cause is the wrong one.</summary>
internal static class ReviewedCases
{
    // RFC 7919: DHE alone, in TLS 1.2.
    private const ushort DheRsaAes128Gcm = 0x009e;

    public static readonly DiagnosisCase[] Rows =
    [
        First("certificate-refused-unseen", "45 in clear text behind an encrypted flight", () =>
            Unseen().Alert(Client, 45).Explain()),
        First("certificate-refused-unseen", "48 likewise", () => Unseen().Alert(Client, 48).Explain()),
        Quiet("certificate-refused-unseen", "40, which is about anything", () => Unseen().Alert(Client, 40).Explain()),
        Quiet("certificate-refused-unseen", "45 of the server", () => Unseen().Alert(Server, 45).Explain()),
        Quiet("certificate-refused-unseen", "the keys show the certificate", () =>
            Of(Tls13).UpTo(Server, HandshakeType.Finished).Alert(Client, 45).Explain()),
        Quiet("choice-refused", "45 behind an encrypted flight", () => Unseen().Alert(Client, 45).Explain()),
        First("hidden-alert", "a short record of the client, and the server closes", () => Unseen()
            .Then(Client, Closed(19)).Fin(Server).Explain()),
        First("hidden-alert", "a short record of the server behind the client's Finished, and the client closes",
            () => Unseen().Then(Client, Closed(53)).Then(Server, Closed(19)).Fin(Client).Explain()),
        Quiet("hidden-alert", "the server answers a short record of the client, its close_notify", () => Unseen()
            .Then(Client, Closed(53)).Then(Client, Closed(19)).Then(Server, Closed(19)).Fin(Server).Explain()),
        First("hidden-alert", "a few octets of data stand before the server's", () => Unseen()
            .Then(Client, Closed(53)).Then(Client, Closed(23)).Then(Server, Closed(19)).Fin(Server).Explain()),
        Quiet("hidden-alert", "the server answers the client's FIN", () => Unseen().Then(Client, Closed(53))
            .Fin(Client).Then(Server, Closed(19)).Fin(Server).Explain()),
        Quiet("hidden-alert", "tickets stand between", () => Unseen().Then(Client, Closed(53))
            .Then(Server, Closed(250)).Then(Server, Closed(19)).Fin(Server).Explain()),
        First("ffdhe-group-missing", "DHE alone, and no group", () => Dhe().Alert(Server, 40).Explain()),
        Quiet("ffdhe-group-missing", "ffdhe2048 is named", () => Dhe().Change<ClientHello>(hello =>
            hello.With(ExtensionType.SupportedGroups, List16(0x0100))).Alert(Server, 40).Explain()),
        Quiet("ffdhe-group-missing", "ECDHE is offered", () => Hello().Alert(Server, 40).Explain()),
        First("ffdhe-group-missing", "ECDHE is offered, and the server takes DHE alone", () => WithDhe()
            .Knowing(context => context with { ServerSuite = new(0x009e) }).Alert(Server, 40).Explain()),
        Quiet("no-common-group", "DHE alone, and no group", () => Dhe().Alert(Server, 40).Explain()),
        Among("server-certificate-missing", "a hello that everybody takes something of", () =>
            Broad().Alert(Server, 40).Explain()),
        Quiet("server-certificate-missing", "a single suite", () => Hello().Alert(Server, 40).Explain()),
        First("no-common-group", "TLS 1.3 with every suite, and secp521r1 alone", () => Of(Tls13)
            .UpTo(Client, HandshakeType.ClientHello).Change<ClientHello>(hello => (hello with
            {
                CipherSuites = [new(0x1302), new(0x1303), new(0x1301)],
            }).With(ExtensionType.SupportedGroups, List16(25))).Alert(Server, 40).Explain()),
        Among("no-common-group", "x25519 alone", () => Hello().Change<ClientHello>(hello =>
            hello.With(ExtensionType.SupportedGroups, List16(29))).Alert(Server, 40).Explain()),
        Quiet("no-common-group", "x25519 and secp256r1", () => Hello().Change<ClientHello>(hello =>
            hello.With(ExtensionType.SupportedGroups, List16(29, 23))).Alert(Server, 40).Explain()),
        Among("no-common-signature-scheme", "rsa_pkcs1_sha1 alone", () => Hello().Change<ClientHello>(hello =>
            hello.With(ExtensionType.SignatureAlgorithms, List16(0x0201))).Alert(Server, 40).Explain()),
        Quiet("no-common-signature-scheme", "rsa_pkcs1_sha1 and _sha256", () => Hello().Change<ClientHello>(hello =>
            hello.With(ExtensionType.SignatureAlgorithms, List16(0x0201, 0x0401))).Alert(Server, 40).Explain()),
        First("psk-binder-wrong", "47 to a hello with pre_shared_key", () => WithPsk().Alert(Server, 47).Explain()),
        First("psk-binder-wrong", "51 likewise", () => WithPsk().Alert(Server, 51).Explain()),
        Quiet("psk-binder-wrong", "40 to a hello with pre_shared_key", () => WithPsk().Alert(Server, 40).Explain()),
        Quiet("psk-binder-wrong", "47 to a hello without", () => Hello().Alert(Server, 47).Explain()),
        First("sni-refused", "a warning, and the server closes", () =>
            Hello().Alert(Server, 112, level: 1).Fin(Server).Explain()),
        Quiet("sni-missing", "internal_error", () => Nameless().Alert(Server, 80).Explain()),
        Quiet("sni-missing", "handshake_failure to a hello that lacks more than a name", () =>
            Nameless().Alert(Server, 40).Explain()),
        First("client-hello-cut", "a hundred octets of it", () => Empty.Then(Client, Half()).Fin(Client).Explain()),
        Quiet("client-hello-cut", "all of it", () => Hello().Fin(Client).Explain()),
        First("client-hello-unanswered", "a hello of 300 octets, as OpenSSL's are", () =>
            Padded(300).Fin(Client, 10_000).Explain()),
        First("capture-cut", "the file ends behind the hello", () => Padded(300).Knowing(context =>
            context with { CutAt = Now() }).Explain()),
        Quiet("capture-cut", "the file goes on for long", () => Padded(300).Knowing(context =>
            context with { CutAt = Now() + 60_000_000_000 }).Explain()),
        Quiet("capture-cut", "the server had refused it", () => Padded(300).Alert(Server, 40).Fin(Server)
            .Knowing(context => context with { CutAt = Now() }).Explain()),
        Quiet("large-client-hello-intolerance", "the file ends behind the hello", () => Padded(300).Knowing(context =>
            context with { CutAt = Now() }).Explain()),
        First("segment-unacknowledged", "the server's flight, six times", () => Of(Tls12)
            .UpTo(Server, HandshakeType.ServerHelloDone).Fin(Client, 6000).Knowing(Sent(server: 6)).Explain()),
        First("segment-unacknowledged", "the ClientHello, six times", () =>
            Hello().Fin(Server, 6000).Knowing(Sent(client: 6)).Explain()),
        Quiet("segment-unacknowledged", "sent once, the answer is on its way", () =>
            Hello().Fin(Server).Knowing(Sent(client: 1)).Explain()),
        Quiet("segment-unacknowledged", "a handshake that goes through", () =>
            Of(Tls12).Knowing(Sent(server: 6)).Explain()),
        First("reset-at-client-hello", "RST", () => Hello().Reset(Server).Explain()),
        Quiet("reset-at-client-hello", "FIN", () => Hello().Fin(Server).Explain()),
        First("middlebox-reset", "the server goes on behind its own RST", () => Hello().Reset(Server)
            .Knowing(context => context with
            {
                Packets = new() { Openings = 1, IsAccepted = true, ResetFrame = 2, LivesOnAfterReset = true },
            }).Explain()),
        Quiet("key-exchange-fine", "its group is what the client refuses", () => Of("tls12-anonymous-dh")
            .UpTo(Server, HandshakeType.ServerHelloDone).Alert(Client, 40).Explain()),
        First("starttls-refused", "454, and the client begins TLS all the same", () => Greeted("250 STARTTLS")
            .Say(Client, "STARTTLS").Say(Server, "454 no TLS today").Then(Client, Record()).Fin(Client).Explain()),
        Quiet("tls-before-go-ahead", "454, and the client begins TLS all the same", () => Greeted("250 STARTTLS")
            .Say(Client, "STARTTLS").Say(Server, "454 no TLS today").Then(Client, Record()).Fin(Client).Explain()),
        First("starttls-not-offered", "503, and the client begins TLS all the same", () => Greeted("250 SIZE 100")
            .Say(Client, "STARTTLS").Say(Server, "503 STARTTLS was not advertised").Then(Client, Record())
            .Fin(Client).Explain()),
        Quiet("starttls-not-offered", "not listed, and agreed to", () => Greeted("250 SIZE 100")
            .Say(Client, "STARTTLS").Say(Server, "220 go ahead").Then(Client, Record()).Fin(Client).Explain()),
        Among("inappropriate-fallback", "86, and TLS_FALLBACK_SCSV is not in the hello", () =>
            Hello().Alert(Server, 86).Explain()),
    ];

    /// <summary>TLS 1.3 up to the server's Finished, without keys: its certificate is hidden.</summary>
    internal static Dialogue Unseen() => Of(Tls13).UpTo(Server, HandshakeType.Finished).With(keys: null);

    internal static Dialogue Hello() => Of(Tls12).UpTo(Client, HandshakeType.ClientHello);

    private static Dialogue Nameless() => Hello().Change<ClientHello>(hello => hello.Without(ExtensionType.ServerName));

    private static Dialogue WithDhe() => Hello().Change<ClientHello>(hello =>
        hello with { CipherSuites = [.. hello.CipherSuites, new(0x009e)] });

    private static Dialogue Dhe() => Hello().Change<ClientHello>(hello => (hello with
    {
        CipherSuites = [new(DheRsaAes128Gcm), CipherSuite.EmptyRenegotiationInfoScsv],
    }).Without(ExtensionType.SupportedGroups));

    private static Dialogue Broad() => Hello().Change<ClientHello>(hello => (hello with
    {
        CipherSuites = [new(0xc02b), new(0xc02f)],
    }).With(ExtensionType.SupportedGroups, List16(29, 23))
        .With(ExtensionType.SignatureAlgorithms, List16(0x0403, 0x0804)));

    // RFC 8446, Section 4.2.11: an identity of one octet without age, and a binder of 32.
    private static Dialogue WithPsk() => Of(Tls13).UpTo(Client, HandshakeType.ClientHello).Change<ClientHello>(hello =>
        hello.With(ExtensionType.PreSharedKey, [0, 7, 0, 1, 1, 0, 0, 0, 0, 0, 33, 32, .. new byte[32]]));

    private static Dialogue Padded(int octets) => Hello().Change<ClientHello>(hello =>
        hello.With(ExtensionType.Padding, new byte[octets - 160]));

    private static Dialogue Greeted(string last) => Empty.Say(Server, "220 mail.test ESMTP")
        .Say(Client, "EHLO client.test").Say(Server, "250-mail.test", last);

    // RFC 8446, Section 5.2
    private static byte[] Closed(int octets) => [23, 3, 3, 0, (byte)octets, .. new byte[octets]];

    private static byte[] Record()
    {
        var writer = new WireWriter();
        Of(Tls12).Decode().Records[0].Record.Write(writer);
        return writer.ToArray();
    }

    private static byte[] Half() => Record()[..100];

    private static long Now() => Hello().Decode().Events[^1].At.UnixNanoseconds;

    private static Func<DiagnosisContext, DiagnosisContext> Sent(int client = 0, int server = 0) =>
        context => context with
        {
            Packets = new PacketTraits
            {
                Openings = 1, IsAccepted = true, FromClient = new(320, client, 4), FromServer = new(1990, server, 6),
            },
        };
}
