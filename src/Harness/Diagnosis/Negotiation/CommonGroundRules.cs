using TlsInterop.Harness.Predictions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Negotiation;

/// <summary>Versions, suites, groups and schemes that the two have not in common.</summary>
internal static class CommonGroundRules
{
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
        if (!RefusedHelloRules.IsRefused(seen) || seen.Offer is not { } hello) return null;
        var suites = Offers.Suites(hello);
        var isForetold = seen.Context.Foretold == ForetoldRefusal.Suite
            || seen.Context.Foretold == ForetoldRefusal.Anything;
        var isOther = seen.Context.Foretold is not null && !isForetold;
        if (isOther) return null;
        // A server that was told to take a suite of these may still not: a security level can forbid it.
        var confidence = isForetold ? 97 : Offers.IsServerSuiteAmong(seen) ? 42 : OfSuites(hello, suites.Count);
        return new(
            $"the client offers {(suites.Count == 1 ? "one suite" : $"{suites.Count} suites")}, "
            + $"{Phrase.List(suites.Take(3))}{(suites.Count > 3 ? ", ..." : "")}, and the server takes none of them",
            confidence,
            isForetold ? "asked by other hellos, the server takes none of these suites"
                : "the server said handshake_failure to the hello itself; the fewer suites it has, the likelier they "
                    + "are what is missing",
            [seen.Ending.InWords, .. Offers.Evidence(seen)]);
    }

    private static int OfSuites(ClientHello hello, int count) =>
        RefusedHelloRules.HasMandatorySuite(hello) ? 22
        : RefusedHelloRules.LacksFiniteFieldGroup(hello, Offers.Suites(hello)) ? 60
        : Offers.HasTls13(hello) && count > 3 ? 58 // a server of TLS 1.3 has one of its suites
        : count <= 3 ? 82 : count <= 10 ? 70 : 58;

    private static Suspicion? Group(DiagnosisEvidence seen)
    {
        if (!RefusedHelloRules.IsRefused(seen) || seen.Offer is not { } hello) return null;
        var isForetold = seen.Context.Foretold == ForetoldRefusal.Group;
        if (seen.Context.Foretold is not null && !isForetold) return null;
        var groups = Offers.Groups(hello);
        if (!isForetold && RefusedHelloRules.LacksFiniteFieldGroup(hello, Offers.Choosable(seen))) return null;
        var usual = groups.Any(group => group.Code is 23 or 29);
        var isAlone = groups.Count == 1;
        var isNeeded = Offers.HasTls13(hello) || Offers.Suites(hello).Any(suite => suite.Info?.KeyExchange
            is KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.Dhe);
        if (!isForetold && ((usual && !isAlone) || !isNeeded)) return null;
        return new(
            groups.Count == 0 ? "the client names no group, and the server needs one for the key exchange"
                : isAlone ? $"the client names the group {groups[0]} alone, and the server does not have it"
                : $"the client names the groups {Phrase.List(groups)}, and the server has none of them",
            isForetold ? 97 : usual ? 50 : 64,
            isForetold ? "asked by other hellos, the server takes none of these groups"
                : usual ? "a single group is named: a server that has switched it off finds none"
                : "neither secp256r1 nor x25519, which every server has, is among them",
            [seen.Ending.InWords, .. Offers.Evidence(seen)]);
    }

    private static Suspicion? Scheme(DiagnosisEvidence seen)
    {
        if (!RefusedHelloRules.IsRefused(seen) || seen.Offer is not { } hello) return null;
        var isForetold = seen.Context.Foretold == ForetoldRefusal.Scheme;
        if (seen.Context.Foretold is not null && !isForetold) return null;
        var schemes = Offers.Schemes(hello);
        var hasRsa = schemes.Any(scheme => $"{scheme}".StartsWith("rsa_", StringComparison.Ordinal));
        var isOld = schemes.Count > 0 && schemes.All(scheme => scheme.Code is 0x0201 or 0x0202 or 0x0203);
        if (!isForetold && (schemes.Count == 0 || (hasRsa && !isOld))) return null;
        return new(
            $"the client verifies {Phrase.List(schemes)} only, and the server's key signs none of them",
            isForetold ? 97 : isOld ? 68 : 66,
            isForetold ? "asked by other hellos, the server signs with none of these schemes"
                : isOld ? "all of them sign with SHA-1, which servers of today don't"
                : "no scheme for RSA keys is among them, and most servers have no other key",
            [seen.Ending.InWords, .. Offers.Evidence(seen)]);
    }

    private static Suspicion? Alpn(DiagnosisEvidence seen) =>
        seen.EndedWith(NoApplicationProtocol)
            ? seen.Offer?.Extensions.Find<Tls.Extensions.AlpnExtension>() is { } alpn
                ? new($"the server speaks none of the protocols {Phrase.List(alpn.Names)}, which the client names", 99,
                    "the alert says so", seen.Ending.InWords)
                : new("the server says no_application_protocol, and the client names no protocol: this server wants "
                    + "one", 72, "the alert says so; the extension is not in the hello", seen.Ending.InWords)
            : seen.Find("alpn-not-offered") is { } finding && seen.Ending.IsByClient && !seen.IsComplete
                ? new($"the server chose an application protocol that the client did not name. {finding.Message}", 88,
                    "the client ended the handshake behind that choice", $"frame {finding.Frame}", seen.Ending.InWords)
                : null;
}
