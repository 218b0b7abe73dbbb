using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>What a server says in answer to a hello.</summary>
internal static class ServerQuirks
{
    private static readonly ScriptStep Hello = ScriptStep.Send(HandshakeType.ServerHello);

    public static readonly IReadOnlyList<Quirk> Rows =
    [
        new("server-suite-unasked",
            "chooses a suite that the client has not offered",
            "illegal_parameter",
            "RFC 8446, Section 4.1.3; RFC 5246, Section 7.4.1.3",
            Says<ServerHello>(hello => hello with { CipherSuite = new CipherSuite(0x0019) }))
        {
            Ends = QuirkEnding.Refused, Of = QuirkSide.Server,
        },
        new("server-compression-unasked",
            "chooses DEFLATE, which the client has not offered",
            "illegal_parameter",
            "RFC 8446, Section 4.1.3; RFC 5246, Section 7.4.1.3",
            Says<ServerHello>(hello => hello with { CompressionMethod = CompressionMethod.Deflate }))
        {
            Ends = QuirkEnding.Refused, Of = QuirkSide.Server,
        },
        new("server-extension-unasked",
            "answers an extension that the client has not sent",
            "unsupported_extension",
            "RFC 8446, Section 4.2; RFC 5246, Section 7.4.1.4",
            Says<ServerHello>(hello => hello with
            {
                ExtensionList = With(hello.ExtensionList, Raw(new(0xfafb), [])),
            }))
        {
            Ends = QuirkEnding.Refused, Of = QuirkSide.Server,
        },
        new("server-extension-duplicate",
            "sends its last extension twice",
            "illegal_parameter or decode_error",
            "RFC 8446, Section 4.2; RFC 5246, Section 7.4.1.4",
            Says<ServerHello>(hello => hello.ExtensionList.Count == 0
                ? hello
                : hello with { ExtensionList = With(hello.ExtensionList, hello.ExtensionList[^1]) }))
        {
            Ends = QuirkEnding.Refused, Of = QuirkSide.Server,
        },
        new("server-name-answer-wrong",
            "answers server_name with a name, where nothing belongs",
            "decode_error",
            "RFC 6066, Section 3",
            behaviour =>
            {
                behaviour.Change<ServerHello>(hello => hello with { ExtensionList = Named(hello.ExtensionList) });
                behaviour.Change<EncryptedExtensions>(said => new(Named(said.ExtensionList)));
            })
        {
            Ends = QuirkEnding.Either, Of = QuirkSide.Server,
        },
        new("session-id-other",
            "echoes another session id than the client's",
            "illegal_parameter",
            "RFC 8446, Section 4.1.3",
            Says<ServerHello>(hello => hello with { SessionId = new byte[32] }))
        {
            Ends = QuirkEnding.Refused, Of = QuirkSide.Server, Oldest = ProtocolVersion.Tls13,
        },
        new("downgrade-sentinel",
            "says that it could have spoken a newer version",
            "illegal_parameter of a client that offered one; others go on",
            "RFC 8446, Section 4.1.3",
            Says<ServerHello>(hello => hello with
            {
                Random = (byte[])[.. hello.Random.Span[..24], .. "DOWNGRD\x01"u8],
            }))
        {
            Ends = QuirkEnding.Either, Of = QuirkSide.Server, Newest = ProtocolVersion.Tls12,
        },
        new("certificate-chain-oversized",
            "sends its chain thirty times over: more than a record holds",
            "peers with room for a few certificates",
            "RFC 8446, Section 4.4.2; RFC 5246, Section 7.4.2",
            Says<Certificate>(own => own with
            {
                Entries = [.. Enumerable.Repeat(own.Entries, 30).SelectMany(entries => entries)],
            }))
        {
            Ends = QuirkEnding.Either, Of = QuirkSide.Server,
        },
        new("certificate-absent",
            "sends a Certificate without a certificate",
            "decode_error",
            "RFC 8446, Section 4.4.2.4; RFC 5246, Section 7.4.2",
            Says<Certificate>(own => own with { Entries = [] }))
        {
            Ends = QuirkEnding.Refused, Of = QuirkSide.Server,
        },
        new("signature-wrong",
            "alters the last octet of its signature",
            "decrypt_error",
            "RFC 8446, Section 4.4.3; RFC 5246, Section 7.4.3",
            behaviour =>
            {
                behaviour.Change<ServerKeyExchange>(own => own with { Signature = Altered(own.Signature!.Value) });
                behaviour.Change<CertificateVerify>(own => own with { Signature = Altered(own.Signature) });
            })
        {
            Ends = QuirkEnding.Either, Of = QuirkSide.Server, // RSA key exchange has none
        },
        new("renegotiation-wanted",
            "wants to renegotiate as soon as it has shaken hands",
            "a second hello, no_renegotiation, or silence",
            "RFC 5246, Section 7.4.1.1; RFC 5746",
            behaviour =>
            {
                var before = behaviour.Script;
                behaviour.Script = steps => before(steps).Append(ScriptStep.Send(HandshakeType.HelloRequest));
            })
        {
            Ends = QuirkEnding.Either | QuirkEnding.Left, Of = QuirkSide.Server, Newest = ProtocolVersion.Tls12,
        },
        new("hello-request-early",
            "sends a HelloRequest before its ServerHello",
            "peers that begin again; it has to be ignored",
            "RFC 5246, Section 7.4.1.1",
            behaviour => behaviour.Replace(Hello, ScriptStep.Send(HandshakeType.HelloRequest), Hello))
        {
            Of = QuirkSide.Server, Newest = ProtocolVersion.Tls12,
        },
        new("close-behind-server-hello",
            "closes behind its ServerHello",
            "peers that hang, or try again with an older version",
            "RFC 9293, Section 3.6",
            behaviour => behaviour.Replace(Hello, Hello, EndingQuirks.Leave))
        {
            Ends = QuirkEnding.Left | QuirkEnding.Refused, Of = QuirkSide.Server,
        },
        new("alert-late",
            "sends a fatal internal_error behind the first words of its client",
            "peers that take what came before for all",
            "RFC 8446, Section 6.2",
            behaviour => behaviour.AlertBehindData = "internal_error")
        {
            Ends = QuirkEnding.Left | QuirkEnding.Taken, Of = QuirkSide.Server,
        },
    ];

    private static Action<Behaviour> Says<T>(Func<T, T> change) where T : HandshakeBody =>
        behaviour => behaviour.Change(change);

    private static ExtensionList With(ExtensionList own, params Extension[] more) =>
        ExtensionList.Of([.. own, .. more]);

    private static ExtensionList Named(ExtensionList own) => own.Has(ExtensionType.ServerName)
        ? ExtensionList.Of(own.Select(item => item.Type == ExtensionType.ServerName
            ? Raw(item.Type, [0, 15, 0, 0, 12, .. "nowhere.test"u8])
            : item))
        : own;

    private static Extension Raw(ExtensionType type, byte[] data) =>
        Extension.Of(type, new UnknownExtensionBody(data), ExtensionPlace.ServerHello);

    private static byte[] Altered(ReadOnlyMemory<byte> octets)
    {
        var altered = octets.ToArray();
        altered[^1] ^= 1;
        return altered;
    }
}
