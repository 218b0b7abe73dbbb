using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>
/// Makes a profile of what a report tells of a ClientHello. What it does not tell is taken from a plain client, and
/// each time that is said.
/// </summary>
internal static class HelloProfile
{
    private const int UsualSessionId = 32; // RFC 8446, Section 4.1.2: a random one, for middleboxes

    // What an extension says if nobody tells what it said.
    private static readonly Dictionary<ExtensionType, (IReadOnlyList<string> Words, string Said)> Usual = new()
    {
        [ExtensionType.SupportedGroups] = (PlainProfile.UsualGroups, "the usual groups are taken"),
        [ExtensionType.EcPointFormats] = (["uncompressed"], "uncompressed is taken"),
        [ExtensionType.SignatureAlgorithms] = (PlainProfile.Schemes, "the usual schemes are taken"),
        [ExtensionType.SupportedVersions] = (["tls1.3", "tls1.2"], "TLS 1.3 and TLS 1.2 are taken"),
        [ExtensionType.ApplicationLayerProtocolNegotiation] = (["http/1.1"], "http/1.1 is taken"),
        [ExtensionType.PskKeyExchangeModes] = ([], "psk_dhe_ke is taken"),
        [ExtensionType.RecordSizeLimit] = (["4001"], "16385 octets are taken"), // RFC 8449, Section 4: the most
        [ExtensionType.CompressCertificate] = (["020001"], "zlib is taken"), // RFC 8879, Section 3
        [ExtensionType.StatusRequest] = ([], "OCSP is taken, without names of responders"),
    };

    // Extensions that say all by being there, or whose content is the connection's.
    private static readonly HashSet<ExtensionType> Bare =
    [
        ExtensionType.ServerName, ExtensionType.SessionTicket, ExtensionType.ExtendedMasterSecret,
        ExtensionType.EncryptThenMac, ExtensionType.PostHandshakeAuth, ExtensionType.SignedCertificateTimestamp,
        ExtensionType.RenegotiationInfo,
    ];

    /// <summary>The profile; null if the suites are not told.</summary>
    public static ClientProfile? Of(ImportedHello hello, string name, ConnectionNotes notes)
    {
        var suites = hello.Suites is { Count: > 0 } told ? told : Chosen(notes);
        if (suites is null)
        {
            notes.Remark("the suites of the ClientHello are not told, so there is no profile");
            return null;
        }
        var extensions = Extensions(hello, notes);
        var offersTls13 = extensions?.Any(shape => shape.Type == ExtensionType.SupportedVersions) == true;
        var version = hello.Version ?? Guessed(
            notes, offersTls13 ? ProtocolVersion.Tls12 : notes.Answer.Version ?? ProtocolVersion.Tls12,
            guess => $"legacy_version is not told: {guess} is taken");
        var shape = new HelloShape(
            version,
            hello.RecordVersion ?? Guessed(
                notes, version > ProtocolVersion.Tls10 ? ProtocolVersion.Tls10 : version,
                guess => $"the version in the record's header is not told: {guess} is taken"),
            hello.SessionIdLength ?? Guessed(
                notes, offersTls13 ? UsualSessionId : 0,
                guess => $"legacy_session_id is not told: {Plural.Of(guess, "octet")} are taken"),
            suites,
            hello.CompressionMethods is { Count: > 0 } methods ? methods : Guessed(
                notes, (IReadOnlyList<CompressionMethod>)[CompressionMethod.Null],
                _ => "the compression methods are not told: null is taken"),
            extensions);
        var versions = offersTls13
            ? string.Join(", ", shape.Versions.Reverse().Select(offered => offered.ToString()))
            : $"up to {shape.Version}";
        return new(
            name, $"a client from a report, which offers {versions} with {Plural.Of(suites.Count, "suite")}", shape,
            Versions: [], Reactions: [], Quirks: []);
    }

    private static IReadOnlyList<CipherSuite>? Chosen(ConnectionNotes notes)
    {
        if (notes.Answer.Suite is not { } suite) return null;
        notes.Guess($"the suites are not told: the one that the server chose is taken, {suite}");
        return [suite];
    }

    private static List<ExtensionShape>? Extensions(ImportedHello hello, ConnectionNotes notes)
    {
        if (hello.Sent is { } sent)
        {
            Explain(sent, notes);
            return hello.Extensions?.ToList();
        }
        if (hello.Extensions is not { } told) return null;
        var groups = told.FirstOrDefault(shape => shape.Type == ExtensionType.SupportedGroups);
        return
        [
            .. told.Select(shape => hello.Untold.Contains(shape.Type) ? Filled(shape.Type, groups, notes) : shape)
                .OfType<ExtensionShape>().Where(shape => IsFit(shape, notes)),
        ];
    }

    // Null: it would be wrong without its content.
    private static ExtensionShape? Filled(ExtensionType type, ExtensionShape? groups, ConnectionNotes notes)
    {
        if (Bare.Contains(type)) return new(type, []);
        if (type == ExtensionType.KeyShare)
        {
            var first = groups?.Words.FirstOrDefault(word => !word.StartsWith("0x", StringComparison.Ordinal))
                ?? PlainProfile.UsualGroups[0];
            notes.Guess($"the groups of key_share are not told: {first} is taken");
            return new(type, [first]);
        }
        if (!Usual.TryGetValue(type, out var usual))
        {
            notes.Guess($"what {type} says is not told: it is left out");
            return null;
        }
        notes.Guess($"what {type} says is not told: {usual.Said}");
        return new(type, usual.Words);
    }

    private static void Explain(Tls.Messages.ClientHello sent, ConnectionNotes notes)
    {
        if (sent.Extensions.Has(ExtensionType.KeyShare))
            notes.Guess("random, session id and key shares are made anew for each connection");
        else notes.Guess("random and session id are made anew for each connection");
        if (sent.Extensions.Has(ExtensionType.PreSharedKey))
            notes.Guess("pre_shared_key and early_data are left out: nobody has the session's secret");
        if (sent.Extensions.Find(ExtensionType.SessionTicket) is { Data.Length: > 0 })
            notes.Guess("session_ticket is empty: nobody has the secret of the ticket that was sent");
    }

    private static bool IsFit(ExtensionShape shape, ConnectionNotes notes)
    {
        if (shape.Fault is not { } fault) return true;
        notes.Guess($"what {shape.Type} says can't be repeated ({fault}): it is left out");
        return false;
    }

    private static T Guessed<T>(ConnectionNotes notes, T guess, Func<T, string> sentence)
    {
        notes.Guess(sentence(guess));
        return guess;
    }
}
