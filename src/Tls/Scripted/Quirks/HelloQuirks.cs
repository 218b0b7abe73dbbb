using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Tls.Scripted.Quirks.HelloChanges;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>What stands in a ClientHello.</summary>
internal static class HelloQuirks
{
    private static readonly ExtensionType Unknown = new(0xfafb);

    public static readonly IReadOnlyList<Quirk> Rows =
    [
        new("grease",
            "offers a suite, a group, a version and extensions that nobody knows, as Chrome does",
            "peers that don't ignore what they don't know",
            "RFC 8701, Section 3.1",
            behaviour =>
            {
                var isFirst = true;
                behaviour.Change<ClientHello>(hello =>
                {
                    // RFC 8446, Section 4.1.2: behind a HelloRetryRequest there is one share alone.
                    var extensions = hello.Extensions.Select(item =>
                        isFirst || item.Type != ExtensionType.KeyShare ? Greased(item) : item);
                    isFirst = false;
                    return hello with
                    {
                        CipherSuites = [new CipherSuite(0x8a8a), .. hello.CipherSuites],
                        ExtensionList = With(
                            hello, [.. new[] { Raw(new(0x2a2a), []) }, .. extensions, Raw(new(0xcaca), [0])]),
                    };
                });
            }),
        new("extension-unknown",
            "adds an extension of a type that nobody has registered",
            "peers that refuse what they are to ignore",
            "RFC 8446, Section 4.2",
            Appends(_ => [Raw(Unknown, [1, 2, 3])])),
        new("extension-duplicate",
            "sends its last extension twice",
            "illegal_parameter or decode_error",
            "RFC 8446, Section 4.2; RFC 5246, Section 7.4.1.4",
            Appends(hello => hello.Extensions.Count > 0 ? [hello.Extensions[^1]] : []))
        {
            Ends = QuirkEnding.Refused,
        },
        new("extensions-reversed",
            "sends its extensions in the reverse order",
            "peers that expect an order",
            "RFC 8446, Section 4.2",
            Changes(hello => hello with
            {
                ExtensionList = With(hello, hello.Extensions.Reverse()),
            })),
        new("extensions-absent",
            "ends its hello before the list of extensions",
            "peers that can't do without; TLS 1.3 can't be agreed on so",
            "RFC 5246, Section 7.4.1.2",
            Changes(hello => hello with { ExtensionList = ExtensionList.Absent }))
        {
            Ends = QuirkEnding.Either,
            Newest = ProtocolVersion.Tls12,
        },
        new("extensions-many",
            "adds a hundred extensions that nobody knows",
            "peers with room for a few",
            "RFC 8446, Section 4.2",
            Appends(_ => Enumerable.Range(0, 100).Select(i => Raw(new((ushort)(0xe000 + i)), [])))),
        new("hello-of-300", "pads its hello to 300 octets",
            "a load balancer of 2013 that took hellos of 256 to 511 octets for SSL 2.0",
            "RFC 7685, Section 1", PadsTo(300)),
        new("hello-of-600", "pads its hello to 600 octets",
            "peers with a buffer of 512 octets",
            "RFC 7685, Section 3", PadsTo(600)),
        new("hello-of-1800", "pads its hello to 1,800 octets, more than a segment holds",
            "peers that expect it in one segment, as X25519MLKEM768 showed",
            "RFC 8446, Section 5.1; draft-ietf-tls-ecdhe-mlkem, Section 6", PadsTo(1800)),
        new("hello-of-17000", "pads its hello to 17,000 octets, more than a record holds",
            "peers that expect it in one record",
            "RFC 8446, Section 5.1", PadsTo(17_000)),
        new("hello-trailing-octets",
            "adds four octets behind the extensions of its hello",
            "decode_error",
            "RFC 8446, Section 4.1.2; RFC 5246, Section 7.4.1.2",
            behaviour =>
            {
                var before = behaviour.Message;
                behaviour.Message = (type, message) => type == HandshakeType.ClientHello
                    ? Lengthened(before(type, message), [0, 0, 0, 0])
                    : before(type, message);
            })
        {
            Ends = QuirkEnding.Refused,
        },
        new("suites-unknown",
            "offers two hundred suites that nobody knows before its own",
            "peers with room for a few, or that refuse what they don't know",
            "RFC 8446, Section 4.1.2",
            Changes(hello => hello with
            {
                CipherSuites =
                [
                    .. Enumerable.Range(0, 200).Select(i => new CipherSuite((ushort)(0xe000 + i))),
                    .. hello.CipherSuites,
                ],
            })),
        new("suites-twice",
            "offers every suite twice",
            "peers that refuse what is merely odd",
            "RFC 8446, Section 4.1.2",
            Changes(hello => hello with
            {
                CipherSuites = [.. hello.CipherSuites, .. hello.CipherSuites],
            })),
        new("fallback-scsv",
            "says that it offers less than it could, because an attempt failed",
            "inappropriate_fallback of a server that has a newer version",
            "RFC 7507, Section 3",
            Changes(hello => hello with
            {
                CipherSuites = [.. hello.CipherSuites, CipherSuite.FallbackScsv],
            }))
        {
            Ends = QuirkEnding.Either,
        },
        new("version-future",
            "says 3.9 in legacy_version, as a client of a version to come",
            "peers that refuse instead of choosing an older version",
            "RFC 5246, Appendix E.1; RFC 8446, Section 4.2.1",
            Changes(hello => hello with { LegacyVersion = new(0x0309) })),
        new("compression-offered",
            "offers DEFLATE before no compression",
            "peers that fall over it",
            "RFC 3749, Section 2",
            Changes(hello => hello with
            {
                CompressionMethods = [new CompressionMethod(1), CompressionMethod.Null],
            }))
        {
            Newest = ProtocolVersion.Tls12,
        },
        new("compression-in-tls13",
            "offers DEFLATE in TLS 1.3",
            "illegal_parameter",
            "RFC 8446, Section 4.1.2",
            Changes(hello => hello with
            {
                CompressionMethods = [new CompressionMethod(1), CompressionMethod.Null],
            }))
        {
            Ends = QuirkEnding.Refused,
            Oldest = ProtocolVersion.Tls13,
        },
        new("compression-only",
            "offers DEFLATE, and not to do without",
            "illegal_parameter or decode_error",
            "RFC 5246, Section 7.4.1.2; RFC 8446, Section 4.1.2",
            Changes(hello => hello with { CompressionMethods = [new CompressionMethod(1)] }))
        {
            Ends = QuirkEnding.Refused,
        },
        new("server-name-empty",
            "sends a server_name without a name",
            "decode_error",
            "RFC 6066, Section 3",
            Replaces(ExtensionType.ServerName, [0, 0]))
        {
            Ends = QuirkEnding.Refused,
        },
        new("server-name-wrong",
            "asks for a host that the server has never heard of",
            "the server's usual certificate, or unrecognized_name",
            "RFC 6066, Section 3",
            Replaces(ExtensionType.ServerName, [0, 15, 0, 0, 12, .. "nowhere.test"u8]))
        {
            Ends = QuirkEnding.Either,
        },
        new("signature-algorithms-unknown",
            "adds signature schemes that nobody knows before its own",
            "peers that look at the first alone",
            "RFC 8446, Section 4.2.3",
            Changes(hello => hello with
            {
                ExtensionList = With(hello, hello.Extensions.Select(item =>
                    item.Body is SignatureAlgorithmsExtension own
                        ? Made(item.Type, new SignatureAlgorithmsExtension(
                            [new SignatureScheme(0xfe01), new SignatureScheme(0xfe02), .. own.Schemes]))
                        : item)),
            }))
        {
            Oldest = ProtocolVersion.Tls12,
        },
    ];

    private static Action<Behaviour> PadsTo(int octets) => Appends(hello =>
    {
        const int header = 4; // extension_type and length
        var length = HandshakeMessage.Of(HandshakeType.ClientHello, hello, default).Bytes.Length;
        return [Raw(ExtensionType.Padding, new byte[Math.Max(0, octets - length - header)])];
    });

    private static Extension Greased(Extension item) => item.Body switch
    {
        SupportedGroupsExtension own => Made(item.Type, new SupportedGroupsExtension([new(0x4a4a), .. own.Groups])),
        SupportedVersionsExtension own =>
            Made(item.Type, new SupportedVersionsExtension([new(0x6a6a), .. own.Versions])),
        KeyShareExtension own => Made(
            item.Type, new KeyShareExtension([new(new(0x4a4a), new byte[1]), .. own.Entries], SelectedGroup: null)),
        _ => item,
    };

    private static byte[] Lengthened(byte[] message, byte[] tail)
    {
        byte[] longer = [.. message, .. tail];
        var length = longer.Length - HandshakeMessage.HeaderLength;
        (longer[1], longer[2], longer[3]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length);
        return longer;
    }
}
