using System.Globalization;
using System.Net;
using System.Text;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>Which words make which extension. A new extension is a row.</summary>
internal static class ExtensionMakers
{
    /// <summary>What stands before the data, in hexadecimal, of an extension whose words can't say it.</summary>
    public const string Hex = "hex:";

    private static readonly Dictionary<ExtensionType, Func<IReadOnlyList<string>, HelloOccasion, ExtensionBody?>>
        Rows = new()
        {
            [ExtensionType.ServerName] = (_, occasion) => ServerName(occasion.ServerName),
            [ExtensionType.SupportedGroups] = (words, _) => new SupportedGroupsExtension([.. words.Select(Group)]),
            [ExtensionType.EcPointFormats] = (words, _) =>
                new EcPointFormatsExtension([.. words.Select(PointFormat)]),
            [ExtensionType.SignatureAlgorithms] = (words, _) =>
                new SignatureAlgorithmsExtension([.. words.Select(Scheme)]),
            [ExtensionType.ApplicationLayerProtocolNegotiation] = (words, _) =>
                new AlpnExtension([.. words.Select(word => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(word))]),
            [ExtensionType.SessionTicket] = (_, occasion) => new SessionTicketExtension(occasion.Ticket),
            [ExtensionType.ExtendedMasterSecret] = (_, _) => new EmptyExtension(),
            [ExtensionType.EncryptThenMac] = (_, _) => new EmptyExtension(),
            [ExtensionType.PostHandshakeAuth] = (_, _) => new EmptyExtension(),
            [ExtensionType.SignedCertificateTimestamp] = (_, _) => new UnknownExtensionBody(default),
            // No responders are named, and nothing else is asked of them.
            [ExtensionType.StatusRequest] = (_, _) =>
                new StatusRequestExtension(CertificateStatusType.Ocsp, new byte[4], Response: null),
            [ExtensionType.RenegotiationInfo] = (_, occasion) =>
                new RenegotiationInfoExtension(occasion.VerifyData),
            [ExtensionType.SupportedVersions] = (words, _) =>
                new SupportedVersionsExtension([.. words.Select(Version)]),
            [ExtensionType.PskKeyExchangeModes] = (words, _) => new PskKeyExchangeModesExtension(
                words.Count == 0 ? [PskKeyExchangeMode.PskDheKe] : [.. words.Select(Mode)]),
            [ExtensionType.Padding] = (words, _) => new UnknownExtensionBody(
                new byte[words is [var octets] ? ushort.Parse(octets, CultureInfo.InvariantCulture) : 0]),
            [ExtensionType.KeyShare] = (words, occasion) => Shares(words, occasion),
        };

    /// <summary>The extension of a shape; null if this connection has none.</summary>
    /// <exception cref="FormatException">A word is none of the field's names.</exception>
    public static Extension? Make(ExtensionShape shape, HelloOccasion occasion)
    {
        var body = shape.Words is [var only] && only.StartsWith(Hex, StringComparison.Ordinal)
                ? new UnknownExtensionBody(Convert.FromHexString(only.AsSpan(Hex.Length)))
            : Rows.TryGetValue(shape.Type, out var make) ? make(shape.Words, occasion)
            : new UnknownExtensionBody(Convert.FromHexString(string.Concat(shape.Words)));
        return body is null ? null : Extension.Of(shape.Type, body, ExtensionPlace.ClientHello);
    }

    /// <summary>True if there are words for what an extension says.</summary>
    public static bool HasWords(ExtensionType type) => Rows.ContainsKey(type);

    /// <summary>A group by its name, or by its code point (<c>0x6399</c>).</summary>
    public static NamedGroup Group(string word) => new(Code(word) ?? NamedGroups.Find(word)?.Code ?? Unknown(word));

    private static SignatureScheme Scheme(string word) =>
        new(Code(word) ?? SignatureSchemes.Find(word)?.Code ?? Unknown(word));

    private static ProtocolVersion Version(string word) =>
        Code(word) is { } code ? new(code)
        : ProtocolVersion.TryParse(word, out var version) ? version
        : new(Unknown(word));

    private static EcPointFormat PointFormat(string word) => word switch
    {
        "uncompressed" => new(0),
        "ansiX962_compressed_prime" => new(1),
        "ansiX962_compressed_char2" => new(2),
        _ => new((byte)Unknown(word)),
    };

    // RFC 8446, Section 4.2.9
    private static PskKeyExchangeMode Mode(string word) => word switch
    {
        "psk_ke" => PskKeyExchangeMode.PskKe,
        "psk_dhe_ke" => PskKeyExchangeMode.PskDheKe,
        _ => new((byte)Unknown(word)),
    };

    private static ushort? Code(string word) =>
        word.StartsWith("0x", StringComparison.Ordinal)
        && ushort.TryParse(word.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;

    private static ushort Unknown(string word) => throw new FormatException($"there is no '{word}'");

    // RFC 6066, Section 3: an address is no name.
    private static ServerNameExtension? ServerName(string? name) => name is null || IPAddress.TryParse(name, out _)
        ? null
        : new ServerNameExtension([new(0, Encoding.ASCII.GetBytes(name))]);

    private static KeyShareExtension Shares(IReadOnlyList<string> words, HelloOccasion occasion)
    {
        var entries = new List<KeyShareEntry>();
        foreach (var word in words)
        {
            // A key that nobody has the private half of is sent as it is: "0x6399:04a1...".
            var (name, key) = word.Split(':') is [var before, var hex]
                ? (before, Convert.FromHexString(hex))
                : (word, null);
            var group = Group(name);
            // RFC 8701, Section 3.1: a GREASE share is one octet long.
            var share = key ?? (Grease.Is(group.Code) ? [0] : occasion.ShareOf(group));
            if (share is not null) entries.Add(new(group, share));
        }
        return new(entries, SelectedGroup: null);
    }
}
