using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>HelloRetryRequest, and what each end must keep after it.</summary>
internal static class HelloRetryRules
{
    private const string Section = "RFC 8446, Section 4.1.4";

    // RFC 8446, Section 4.1.2. An encrypted ClientHello is made anew as well (RFC 9849, Section 6.1.5).
    private static readonly ExtensionType[] MayChange =
    [
        ExtensionType.KeyShare, ExtensionType.EarlyData, ExtensionType.Cookie, ExtensionType.PreSharedKey,
        ExtensionType.Padding, new(0xfe0d),
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
            handshake => Kept(handshake, "cipher suite", hello => hello.CipherSuite)),
        Rule.OfHandshake(
            "retry-other-version", Section,
            "ServerHello keeps the version of the HelloRetryRequest.",
            Severity.Error,
            handshake => Kept(handshake, "version", hello => hello.Version)),
        Rule.OfHandshake(
            "retry-other-group", "RFC 8446, Section 4.2.8",
            "ServerHello keeps the group of the HelloRetryRequest.",
            Severity.Error,
            OtherGroup),
    ];

    private static IEnumerable<RuleHit> Twice(SeenHandshake handshake) =>
        handshake.Seen<ServerHello>(Direction.ServerToClient)
            .Where(seen => seen.Body.IsHelloRetryRequest)
            .Skip(1)
            .Select(seen => new RuleHit("Expected one HelloRetryRequest. Got: another.", seen.Event));

    private static IEnumerable<RuleHit> WithoutChange(SeenHandshake handshake)
    {
        if (Retry(handshake) is not { } retry) yield break;
        if (!retry.Extensions.Has(ExtensionType.Cookie) && !retry.Extensions.Has(ExtensionType.KeyShare))
        {
            yield return new RuleHit(
                "Expected a group or a cookie in the HelloRetryRequest. Got: neither.", handshake.HelloRetryRequest!);
        }
    }

    private static IEnumerable<RuleHit> ShareAtHand(SeenHandshake handshake)
    {
        if (Selected(handshake) is not { } selected || FirstOffer(handshake) is not { } first) yield break;
        if (Shares(first).Any(share => share.Group == selected))
        {
            yield return new RuleHit(
                $"Expected a group without a share in the ClientHello. Got: {selected}.",
                handshake.HelloRetryRequest!,
                Data(Retry(handshake)!, ExtensionType.KeyShare));
        }
    }

    private static IEnumerable<RuleHit> ChangedHello(SeenHandshake handshake)
    {
        if (Second(handshake) is not { } second || FirstOffer(handshake) is not { } first) yield break;

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
            yield return new RuleHit($"Expected the {field} of the first ClientHello. Got: another.", item);

        foreach (var type in Kinds(first).Union(Kinds(second)))
        {
            var (before, after) = (first.Extensions.Find(type), second.Extensions.Find(type));
            if (before is not null && after is not null && before.Data.Span.SequenceEqual(after.Data.Span)) continue;
            var got = after is null ? "none" : before is null ? "one" : "another";
            var expected = before is null ? $"no {type}, as in" : $"the {type} of";
            yield return new RuleHit(
                $"Expected {expected} the first ClientHello. Got: {got}.", item, after?.Data ?? default);
        }
    }

    private static IEnumerable<RuleHit> SecondShare(SeenHandshake handshake)
    {
        if (Selected(handshake) is not { } selected || Second(handshake) is not { } second) yield break;
        var shares = Shares(second).Select(share => share.Group).ToArray();
        if (shares is [var only] && only == selected) yield break;
        yield return new RuleHit(
            $"Expected a share of {selected} alone. Got: {Listing.Of(shares)}.",
            handshake.ClientHello!,
            Data(second, ExtensionType.KeyShare));
    }

    private static IEnumerable<RuleHit> Cookie(SeenHandshake handshake)
    {
        if (FirstOffer(handshake) is { } first && first.Extensions.Has(ExtensionType.Cookie))
            yield return new RuleHit(
                "Expected no cookie before a HelloRetryRequest. Got: one.", handshake.FirstClientHello!);

        if (Retry(handshake) is not { } retry || Second(handshake) is not { } second) yield break;
        var (asked, sent) = (retry.Extensions.Find(ExtensionType.Cookie), second.Extensions.Find(ExtensionType.Cookie));
        if (asked is null && sent is not null)
            yield return new RuleHit("Expected no cookie. Got: one.", handshake.ClientHello!, sent.Data);
        if (asked is not null && !(sent?.Data.Span.SequenceEqual(asked.Data.Span) ?? false))
        {
            yield return new RuleHit(
                $"Expected the cookie of the HelloRetryRequest. Got: {(sent is null ? "none" : "another")}.",
                handshake.ClientHello!,
                sent?.Data ?? default);
        }
    }

    private static IEnumerable<RuleHit> EarlyData(SeenHandshake handshake)
    {
        if (Second(handshake)?.Extensions.Has(ExtensionType.EarlyData) == true)
            yield return new RuleHit(
                "Expected no early_data after a HelloRetryRequest. Got: it.", handshake.ClientHello!);
    }

    private static IEnumerable<RuleHit> OtherGroup(SeenHandshake handshake)
    {
        if (Selected(handshake) is not { } selected || handshake.Choice is not { } choice) yield break;
        foreach (var share in choice.Extensions.Find<KeyShareExtension>()?.Entries ?? [])
        {
            if (share.Group != selected)
                yield return new RuleHit(
                    $"Expected {selected} as in the HelloRetryRequest. Got: {share.Group}.", handshake.ServerHello!);
        }
    }

    private static IEnumerable<RuleHit> Kept<T>(SeenHandshake handshake, string what, Func<ServerHello, T> of)
        where T : struct
    {
        if (Retry(handshake) is not { } retry || handshake.Choice is not { } choice) yield break;
        if (!of(retry).Equals(of(choice)))
        {
            yield return new RuleHit(
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
