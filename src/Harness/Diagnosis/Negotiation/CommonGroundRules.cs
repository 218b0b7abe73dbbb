using TlsInterop.Harness.Predictions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis.Negotiation;

/// <summary>Versions, suites, groups and schemes that the two have not in common.</summary>
internal static class CommonGroundRules
{
    private const byte HandshakeFailure = 40, IllegalParameter = 47, ProtocolVersionAlert = 70;
    private const byte InsufficientSecurity = 71, InternalError = 80;
    private const string LooksAt = "the client's offer, the server's alert, what the server is known to choose";
    private const string Both = "RFC 8446, Section 4.1.1; RFC 5246, Section 7.4.1.3";

    public static readonly DiagnosisRule[] Rows =
    [
        new("no-common-version", "client and server have no version in common", LooksAt,
            "RFC 8446, Section 4.2.1; RFC 5246, Appendix E.1",
            "A server that supports none of the client's versions says protocol_version.", Version)
        {
            Server = "switch on a version that its clients have (OpenSSL: MinProtocol; GnuTLS: +VERS-TLS1.2; Exim: "
                + "openssl_options or tls_require_ciphers)",
            Client = "switch on a version that the server has; TLS 1.0 and 1.1 are off in today's defaults",
        },
        new("no-common-suite", "client and server have no cipher suite in common", LooksAt, Both,
            "A server that finds no acceptable suite says handshake_failure or insufficient_security.", Suite)
        {
            Server = "allow a suite of the client's; see that it has a certificate with a key that suits them",
            Client = "offer more suites: those with the server's kind of key among them",
        },
        new("no-common-group", "client and server have no group for the key exchange in common", LooksAt,
            "RFC 8446, Section 4.1.1; RFC 8422, Section 5.1",
            "Without a common group there is no (EC)DHE, and the handshake ends with handshake_failure.", Group)
        {
            Server = "allow secp256r1 and x25519, which everybody has",
            Client = "name secp256r1 and x25519 in supported_groups; ffdhe2048 for DHE with GnuTLS",
        },
        new("no-common-signature-scheme", "client and server have no signature scheme in common", LooksAt,
            "RFC 8446, Section 4.1.1; RFC 5246, Section 7.4.1.4.1",
            "The server signs with a scheme that the client names, and needs a key for it.", Scheme)
        {
            Server = "use a certificate with another kind of key, an RSA one for instance",
            Client = "name schemes for the server's kind of key in signature_algorithms",
        },
        new("alpn-mismatch", "the server speaks none of the application protocols that the client names",
            "application_layer_protocol_negotiation, the server's alert", "RFC 7301, Section 3.2",
            "A server that supports none of them says no_application_protocol.", Alpn)
        {
            Server = "configure a protocol that the client names", Client = "name one that the server has, or none",
        },
        new("inappropriate-fallback", "the client came back with an older version than the server has",
            "TLS_FALLBACK_SCSV, the server's alert", "RFC 7507, Section 3",
            "A server that has a newer version than a fallback offers says inappropriate_fallback.", Fallback)
        {
            Client = "find out why its first try with the newer version failed: that is the real cause",
        },
        new("downgrade-detected", "the client saw that somebody had pushed the version down",
            "the server's random, supported_versions, the client's end", "RFC 8446, Section 4.1.3",
            "A client that offered more and finds DOWNGRD in the random ends with illegal_parameter.", Downgrade)
        {
            Server = "look for a middlebox before it that changes hellos or terminates TLS",
            Client = "look for a middlebox on its side",
        },
        new("choice-refused", "the client does not accept what the server chose", "ServerHello, the client's alert",
            "RFC 8446, Section 4.1.3; RFC 5246, Section 7.4.1.3",
            "Version, suite and extensions of a ServerHello are among those that the client offered.", Choice)
        {
            Server = "report to its makers, if it chose what was not offered",
        },
    ];

    private static Suspicion? Version(DiagnosisEvidence seen)
    {
        if (seen.Offer is null && seen.Facts.OfferedVersions.Count == 0) return null;
        var isForetold = seen.Context.Foretold == ForetoldRefusal.Version
            || seen.Context.Foretold == ForetoldRefusal.OldVersion;
        if (seen.EndedWith(Direction.ServerToClient, ProtocolVersionAlert) && seen.Choice is null)
            return new($"the client offers {Offers.Versions(seen)}, and the server has none of them",
                97, "the server's alert says so", [seen.Ending.InWords, .. Offers.Evidence(seen)]);
        // RFC 8446, Appendix D.1: an older server answers with what it has.
        if (seen is { Choice: { } choice, Ending.IsByClient: true, IsComplete: false }
            && !seen.Facts.OfferedVersions.Contains(choice.Version) && IsNarrow(seen))
        {
            return new(
                $"the server answers with {choice.Version}, and the client has {Offers.Versions(seen)} alone", 95,
                "the version is not among those of supported_versions",
                [$"frame {seen.ChoiceEvent!.At.Number}, ServerHello: {choice.Version}", seen.Ending.InWords]);
        }
        if (seen.EndedWith(Direction.ClientToServer, ProtocolVersionAlert) && seen.Choice is { } refused)
            return new($"the client does not want {refused.Version}, which the server chose", 95,
                "the client's alert says so", seen.Ending.InWords);
        if (!seen.EndedAtHello || !seen.Ending.IsByServer) return null;
        if (isForetold && seen.Ending.Alert is not null)
            return new($"the client offers {Offers.Versions(seen)}, and the server has none of them"
                + $"; its alert {seen.Ending.Alert} does not say so", 96,
                "asked by other hellos, the server takes no version of the client's",
                [seen.Ending.InWords, .. Offers.Evidence(seen)]);
        // Policies of today refuse what is older than TLS 1.2, some by another alert.
        return seen.EndedWith(HandshakeFailure, InternalError, InsufficientSecurity) && IsOld(seen)
            ? new($"the client offers {Offers.Versions(seen)} at most, which servers of today refuse", 62,
                "nothing newer than TLS 1.1 is offered, and the server ended at the hello",
                [seen.Ending.InWords, .. Offers.Evidence(seen)])
            : null;
    }

    private static bool IsNarrow(DiagnosisEvidence seen) =>
        seen.Offer?.Extensions.Has(ExtensionType.SupportedVersions) == true;

    private static bool IsOld(DiagnosisEvidence seen) =>
        seen.Facts.OfferedVersions.All(version => version < ProtocolVersion.Tls12 || Grease.Is(version.Code));

    private static Suspicion? Suite(DiagnosisEvidence seen)
    {
        if (!RefusedAtHello(seen) || seen.Offer is not { } hello) return null;
        var suites = Offers.Suites(hello);
        var isForetold = seen.Context.Foretold == ForetoldRefusal.Suite
            || seen.Context.Foretold == ForetoldRefusal.Anything;
        var isOther = seen.Context.Foretold is not null && !isForetold;
        if (isOther) return null;
        var confidence = isForetold ? 97 : suites.Count <= 3 ? 82 : suites.Count <= 10 ? 70 : 58;
        return new(
            $"the client offers {(suites.Count == 1 ? "one suite" : $"{suites.Count} suites")}, "
            + $"{Phrase.List(suites.Take(3))}{(suites.Count > 3 ? ", ..." : "")}, and the server takes none of them",
            confidence,
            isForetold ? "asked by other hellos, the server takes none of these suites"
                : "the server said handshake_failure to the hello itself; the fewer suites it has, the likelier they "
                    + "are what is missing",
            [seen.Ending.InWords, .. Offers.Evidence(seen)]);
    }

    private static Suspicion? Group(DiagnosisEvidence seen)
    {
        if (!RefusedAtHello(seen) || seen.Offer is not { } hello) return null;
        var isForetold = seen.Context.Foretold == ForetoldRefusal.Group;
        if (seen.Context.Foretold is not null && !isForetold) return null;
        var groups = Offers.Groups(hello);
        var usual = groups.Any(group => group.Code is 23 or 29);
        var isNeeded = Offers.HasTls13(hello) || Offers.Suites(hello).Any(suite => suite.Info?.KeyExchange
            is KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.Dhe);
        if (!isForetold && (usual || !isNeeded)) return null;
        return new(
            $"the client names the groups {Phrase.List(groups)}, and the server has none of them",
            isForetold ? 97 : 64,
            isForetold ? "asked by other hellos, the server takes none of these groups"
                : "neither secp256r1 nor x25519, which every server has, is among them",
            [seen.Ending.InWords, .. Offers.Evidence(seen)]);
    }

    private static Suspicion? Scheme(DiagnosisEvidence seen)
    {
        if (!RefusedAtHello(seen) || seen.Offer is not { } hello) return null;
        var isForetold = seen.Context.Foretold == ForetoldRefusal.Scheme;
        if (seen.Context.Foretold is not null && !isForetold) return null;
        var schemes = Offers.Schemes(hello);
        var hasRsa = schemes.Any(scheme => $"{scheme}".StartsWith("rsa_", StringComparison.Ordinal));
        if (!isForetold && (schemes.Count == 0 || hasRsa)) return null;
        return new(
            $"the client verifies {Phrase.List(schemes)} only, and the server's key signs none of them",
            isForetold ? 97 : 66,
            isForetold ? "asked by other hellos, the server signs with none of these schemes"
                : "no scheme for RSA keys is among them, and most servers have no other key",
            [seen.Ending.InWords, .. Offers.Evidence(seen)]);
    }

    private static bool RefusedAtHello(DiagnosisEvidence seen) =>
        seen.EndedAtHello && seen.EndedWith(Direction.ServerToClient, HandshakeFailure, InsufficientSecurity);

    private static Suspicion? Alpn(DiagnosisEvidence seen) =>
        seen.EndedWith(120)
            ? new($"the server speaks none of the protocols {Protocols(seen)}, which the client names", 99,
                "the alert says so", seen.Ending.InWords)
            : seen.Find("alpn-not-offered") is { } finding && seen.Ending.IsByClient && !seen.IsComplete
                ? new($"the server chose an application protocol that the client did not name. {finding.Message}", 88,
                    "the client ended the handshake behind that choice", $"frame {finding.Frame}", seen.Ending.InWords)
                : null;

    private static string Protocols(DiagnosisEvidence seen) =>
        seen.Offer?.Extensions.Find<Tls.Extensions.AlpnExtension>() is { } alpn ? Phrase.List(alpn.Names)
            : "(not seen)";

    private static Suspicion? Fallback(DiagnosisEvidence seen) =>
        seen.EndedWith(86)
            ? new($"the client says by TLS_FALLBACK_SCSV that it had tried a newer version before, offers "
                + $"{Offers.Versions(seen)} now, and the server has more than that", 98, "the alert says so",
                [seen.Ending.InWords, .. Offers.Evidence(seen)])
            : null;

    private static Suspicion? Downgrade(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || !seen.Ending.IsByClient || seen.Choice
            is not { DowngradeSentinel: { } } choice) return null;
        if (seen.Offer is not { } hello || !Offers.HasTls13(hello) || choice.Version.IsTls13) return null;
        return new(
            $"the server has TLS 1.3, and was made to choose {choice.Version}: its random says so by DOWNGRD, "
            + $"though the "
            + "client offers TLS 1.3 too", seen.EndedWith(IllegalParameter) ? 96 : 80, seen.Ending.InWords,
            $"frame {seen.ChoiceEvent!.At.Number}, ServerHello: random ends in "
                + Convert.ToHexStringLower(choice.Random.Span[^8..]),
            seen.Ending.InWords);
    }

    private static Suspicion? Choice(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || !seen.Ending.IsByClient || seen.Ending.After?.Message.Body
            is not ServerHello) return null;
        if (seen.Choice is not { } choice || choice.DowngradeSentinel is not null) return null;
        var wrong = seen.Find(
            "suite-not-offered", "suite-not-of-version", "extension-not-asked", "compression-not-offered",
            "group-not-offered", "session-id-echo", "extension-misplaced", "version-not-offered");
        return new(
            wrong is null
                ? $"the client ends behind the ServerHello: it does not accept {choice.Version} with "
                    + $"{choice.CipherSuite}"
                : $"the server chose what the client did not offer. {wrong.Message}",
            wrong is null ? 42 : 95,
            wrong is null ? "what it dislikes can't be seen" : "the client ended behind that very message",
            [seen.Ending.InWords, .. wrong is null ? []
                : new[] { $"{wrong.RuleId} ({wrong.Rfc}), frame {wrong.Frame}" }]);
    }
}
