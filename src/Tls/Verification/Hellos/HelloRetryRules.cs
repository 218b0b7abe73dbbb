using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Hellos;

/// <summary>HelloRetryRequest, and what each end must keep after it.</summary>
internal static class HelloRetryRules
{
    private const string Section = "RFC 8446, Section 4.1.4";

    // RFC 8446, Section 4.1.2. An encrypted ClientHello is made anew as well (RFC 9849, Section 6.1.5).
    private static readonly ExtensionType[] MayChange =
    [
        ExtensionType.KeyShare, ExtensionType.EarlyData, ExtensionType.Cookie, ExtensionType.PreSharedKey,
        ExtensionType.Padding, ExtensionType.EncryptedClientHello,
    ];

    public static readonly Rule[] Rows =
    [
        Rule.OfHandshake(
            "retry-twice", Section, "A server asks for another ClientHello once.", Severity.Error, Twice),
        Rule.OfHandshake(
            "retry-without-change", Section,
            "A HelloRetryRequest asks for something that changes the ClientHello.",
            Severity.Error,
            WithoutChange),
        Rule.OfHandshake(
            "retry-for-a-share-at-hand", "RFC 8446, Section 4.2.8",
            "A HelloRetryRequest selects a group for which the client has sent no share yet.",
            Severity.Error,
            ShareAtHand),
        Rule.OfHandshake(
            "retry-changed-hello", "RFC 8446, Section 4.1.2",
            "The second ClientHello is the first one, but for what the HelloRetryRequest asks to change.",
            Severity.Error,
            ChangedHello),
        Rule.OfHandshake(
            "retry-share", "RFC 8446, Section 4.1.2; RFC 8446, Section 4.2.8",
            "The second ClientHello has one share, of the group that the HelloRetryRequest selects.",
            Severity.Error,
            SecondShare),
        Rule.OfHandshake(
            "retry-cookie", "RFC 8446, Section 4.2.2",
            "A cookie of a HelloRetryRequest is repeated as it came, and no other cookie is sent.",
            Severity.Error,
            Cookie),
        Rule.OfHandshake(
            "retry-early-data", "RFC 8446, Section 4.2.10",
            "The second ClientHello offers no early data.",
            Severity.Error,
            EarlyData),
        Rule.OfHandshake(
            "retry-other-suite", Section,
            "ServerHello keeps the cipher suite of the HelloRetryRequest.",
            Severity.Error,
            (handshake, hits) => Kept(handshake, "cipher suite", hello => hello.CipherSuite, hits)),
        Rule.OfHandshake(
            "retry-other-version", Section,
            "ServerHello keeps the version of the HelloRetryRequest.",
            Severity.Error,
            (handshake, hits) => Kept(handshake, "version", hello => hello.Version, hits)),
        Rule.OfHandshake(
            "retry-other-group", "RFC 8446, Section 4.2.8",
            "ServerHello keeps the group of the HelloRetryRequest.",
            Severity.Error,
            OtherGroup),
    ];

    private static void Twice(SeenHandshake handshake, RuleHits hits)
    {
        var hasOne = false;
        foreach (var (hello, item) in handshake.Seen<ServerHello>(Direction.ServerToClient))
        {
            if (!hello.IsHelloRetryRequest) continue;
            if (hasOne) hits.Add("Expected one HelloRetryRequest. Got: another.", item);
            hasOne = true;
        }
    }

    private static void WithoutChange(SeenHandshake handshake, RuleHits hits)
    {
        if (Retry(handshake) is not { } retry) return;
        if (!retry.Extensions.Has(ExtensionType.Cookie) && !retry.Extensions.Has(ExtensionType.KeyShare))
        {
            hits.Add(
                "Expected a group or a cookie in the HelloRetryRequest. Got: neither.", handshake.HelloRetryRequest!);
        }
    }

    private static void ShareAtHand(SeenHandshake handshake, RuleHits hits)
    {
        if (Selected(handshake) is not { } selected || FirstOffer(handshake) is not { } first) return;
        if (Shares(first).Any(share => share.Group == selected))
        {
            hits.Add(
                $"Expected a group without a share in the ClientHello. Got: {selected}.",
                handshake.HelloRetryRequest!,
                Data(Retry(handshake)!, ExtensionType.KeyShare));
        }
    }

    private static void ChangedHello(SeenHandshake handshake, RuleHits hits)
    {
        if (Second(handshake) is not { } second || FirstOffer(handshake) is not { } first) return;

        var item = handshake.ClientHello!;
        (string Field, bool IsKept)[] fields =
        [
            ("legacy_version", first.LegacyVersion == second.LegacyVersion),
            ("random", first.Random.Span.SequenceEqual(second.Random.Span)),
            ("legacy_session_id", first.SessionId.Span.SequenceEqual(second.SessionId.Span)),
            ("cipher_suites", first.CipherSuites.SequenceEqual(second.CipherSuites)),
            ("legacy_compression_methods", first.CompressionMethods.SequenceEqual(second.CompressionMethods)),
        ];
        foreach (var (field, _) in fields.Where(field => !field.IsKept))
            hits.Add($"Expected the {field} of the first ClientHello. Got: another.", item);

        foreach (var type in Kinds(first).Union(Kinds(second)))
        {
            var (before, after) = (first.Extensions.Find(type), second.Extensions.Find(type));
            if (before is not null && after is not null && before.Data.Span.SequenceEqual(after.Data.Span)) continue;
            var got = after is null ? "none" : before is null ? "one" : "another";
            var expected = before is null ? $"no {type}, as in" : $"the {type} of";
            hits.Add(
                $"Expected {expected} the first ClientHello. Got: {got}.", item, after?.Data ?? default);
        }
    }

    private static void SecondShare(SeenHandshake handshake, RuleHits hits)
    {
        if (Selected(handshake) is not { } selected || Second(handshake) is not { } second) return;
        var shares = Shares(second).Select(share => share.Group).ToArray();
        if (shares is [var only] && only == selected) return;
        hits.Add(
            $"Expected a share of {selected} alone. Got: {Listing.Of(shares)}.",
            handshake.ClientHello!,
            Data(second, ExtensionType.KeyShare));
    }

    private static void Cookie(SeenHandshake handshake, RuleHits hits)
    {
        if (FirstOffer(handshake) is { } first && first.Extensions.Has(ExtensionType.Cookie))
            hits.Add(
                "Expected no cookie before a HelloRetryRequest. Got: one.", handshake.FirstClientHello!);

        if (Retry(handshake) is not { } retry || Second(handshake) is not { } second) return;
        var (asked, sent) = (retry.Extensions.Find(ExtensionType.Cookie), second.Extensions.Find(ExtensionType.Cookie));
        if (asked is null && sent is not null)
            hits.Add("Expected no cookie. Got: one.", handshake.ClientHello!, sent.Data);
        if (asked is not null && !(sent?.Data.Span.SequenceEqual(asked.Data.Span) ?? false))
        {
            hits.Add(
                $"Expected the cookie of the HelloRetryRequest. Got: {(sent is null ? "none" : "another")}.",
                handshake.ClientHello!,
                sent?.Data ?? default);
        }
    }

    private static void EarlyData(SeenHandshake handshake, RuleHits hits)
    {
        if (Second(handshake)?.Extensions.Has(ExtensionType.EarlyData) == true)
            hits.Add(
                "Expected no early_data after a HelloRetryRequest. Got: it.", handshake.ClientHello!);
    }

    private static void OtherGroup(SeenHandshake handshake, RuleHits hits)
    {
        if (Selected(handshake) is not { } selected || handshake.Choice is not { } choice) return;
        foreach (var share in choice.Extensions.Find<KeyShareExtension>()?.Entries ?? [])
        {
            if (share.Group != selected)
                hits.Add(
                    $"Expected {selected} as in the HelloRetryRequest. Got: {share.Group}.", handshake.ServerHello!);
        }
    }

    private static void Kept<T>(SeenHandshake handshake, string what, Func<ServerHello, T> of, RuleHits hits)
        where T : struct
    {
        if (Retry(handshake) is not { } retry || handshake.Choice is not { } choice) return;
        if (!of(retry).Equals(of(choice)))
        {
            hits.Add(
                $"Expected {what} {of(retry)} as in the HelloRetryRequest. Got: {of(choice)}.", handshake.ServerHello!);
        }
    }

    private static ServerHello? Retry(SeenHandshake handshake) =>
        handshake.HelloRetryRequest is { Message: { Fault: null, Body: ServerHello retry } } ? retry : null;

    private static NamedGroup? Selected(SeenHandshake handshake) =>
        Retry(handshake)?.Extensions.Find<KeyShareExtension>()?.SelectedGroup;

    private static ClientHello? FirstOffer(SeenHandshake handshake) =>
        handshake.FirstClientHello is { Message: { Fault: null, Body: ClientHello hello } } ? hello : null;

    private static ClientHello? Second(SeenHandshake handshake) =>
        Retry(handshake) is not null && !ReferenceEquals(handshake.FirstClientHello, handshake.ClientHello)
            ? handshake.Offer
            : null;

    private static IEnumerable<KeyShareEntry> Shares(ClientHello hello) =>
        hello.Extensions.Find<KeyShareExtension>()?.Entries ?? [];

    private static IEnumerable<ExtensionType> Kinds(ClientHello hello) =>
        hello.Extensions.Select(extension => extension.Type).Except(MayChange);

    private static ReadOnlyMemory<byte> Data(HandshakeBody body, ExtensionType type) =>
        body.Extensions.Find(type)?.Data ?? default;
}
