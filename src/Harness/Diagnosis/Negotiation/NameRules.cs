using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Negotiation;

/// <summary>Names of servers, keys that both must know, and extensions that one of them can't do without.</summary>
internal static class NameRules
{
    public static readonly DiagnosisRule[] Rows =
    [
        new("sni-refused", "the server does not serve the name that the client asks for",
            "server_name, unrecognized_name", "RFC 6066, Section 3",
            "A server that does not recognise the name may end with unrecognized_name, or go on.", Refused)
        {
            Server = "add the name to its virtual hosts, or a default for names that it does not know",
            Client = "ask for a name that the server has",
        },
        new("sni-missing", "the client names no server, and the server needs a name",
            "server_name, how the server ended", "RFC 6066, Section 3; RFC 8446, Section 9.2",
            "A server may demand server_name, and end with missing_extension without it.", Missing)
        {
            Server = "have a certificate for clients that name nobody",
            Client = "send server_name: connect by name and not by address; openssl s_client: -servername",
        },
        new("psk-unknown", "the server does not know the pre-shared key's identity", "unknown_psk_identity",
            "RFC 8446, Section 6.2; RFC 4279, Section 2", "unknown_psk_identity: no such identity is known.", Psk)
        {
            Server = "give it the identity and its key", Client = "use an identity that the server knows",
        },
        new("psk-binder-wrong", "the two have not the same pre-shared key", "pre_shared_key, the server's alert",
            "RFC 8446, Section 4.2.11", "A server that finds a wrong binder ends the handshake.", Binder)
        {
            Server = "compare its key, and the identity that it belongs to, with the client's",
            Client = "likewise; forget the session if the key is that of a ticket",
        },
        new("missing-extension", "the client leaves out an extension that the version demands",
            "the client's extensions, missing_extension", "RFC 8446, Section 9.2",
            "A hello of TLS 1.3 has supported_groups, key_share and signature_algorithms, or a pre-shared key.",
            MissingMust)
        {
            Client = "report it to its makers: with TLS 1.2 alone it may get through",
        },
        new("unsupported-extension", "an end got an extension that it had not asked for",
            "the extensions of the server, unsupported_extension", "RFC 8446, Section 4.2; RFC 5246, Section 7.4.1.4",
            "A server answers the client's extensions, and sends no others.", Unsupported)
        {
            Server = "report it to its makers", Client = "none: it is right",
        },
        new("ech-required", "the server has other keys for Encrypted ClientHello than the client thought",
            "ech_required", "RFC 9849, Section 6.1.6",
            "A client whose Encrypted ClientHello was refused ends with ech_required, and tries anew.", Ech)
        {
            Server = "publish the keys that it has in DNS", Client = "fetch the keys anew",
        },
    ];

    private static Suspicion? Refused(DiagnosisEvidence seen)
    {
        if (seen.Facts.ServerName is not { } name) return null;
        if (seen.EndedWith(Direction.ServerToClient, UnrecognizedName))
            return new($"the server does not know the name {name}, which the client asks for", 98, "the alert says so",
                $"frame {seen.OfferEvent?.At.Number}, ClientHello: server_name {name}", seen.Ending.InWords);
        // Up to TLS 1.2 servers may warn and go on; some clients take that for the end.
        var warning = seen.Alerts.FirstOrDefault(item =>
            item.Alert.Description.Code == UnrecognizedName && item.Direction == Direction.ServerToClient);
        return warning is not null && !seen.IsComplete && seen.Ending.By is { } by
            ? new($"the server warns that it does not know the name {name}, and {Who(by)} ends behind that",
                seen.Ending.IsByClient ? 90 : 84, $"the {Phrase.Side(by)} ended behind the warning",
                $"frame {warning.At.Number}, alert: {warning.Alert}", seen.Ending.InWords)
            : null;
    }

    private static string Who(Direction by) => by == Direction.ServerToClient ? "itself" : "the client";

    private static Suspicion? Missing(DiagnosisEvidence seen)
    {
        if (seen.Offer is not { } hello || hello.Extensions.Has(ExtensionType.ServerName)) return null;
        if (!seen.EndedAtHello || !seen.Ending.IsByServer) return null;
        var says = seen.EndedWith(UnrecognizedName);
        // Of other alerts handshake_failure is known for it, where nothing else of the hello can be meant.
        if (!says && !seen.Ending.IsSilent && !seen.EndedWith(AccessDenied, MissingExtension)
            && !(seen.EndedWith(HandshakeFailure) && Offers.IsBroad(hello))) return null;
        if (seen.EndedWith(MissingExtension) && NameRules.Lacking(seen).Count > 0) return null;
        return new(
            "the client names no server (server_name), and the server ends at its hello",
            says ? 96 : seen.EndedWith(MissingExtension) ? 90 : seen.EndedWith(AccessDenied) ? 60 : 38,
            says ? "the alert is about names" : "servers of many names have no answer without one; others don't mind",
            $"frame {seen.OfferEvent!.At.Number}, ClientHello: no server_name", seen.Ending.InWords);
    }

    private static Suspicion? Psk(DiagnosisEvidence seen) =>
        !seen.EndedWith(Direction.ServerToClient, UnknownPskIdentity) ? null
        : seen.Offer is { } hello && !OffersPsk(hello)
            ? new("the server says unknown_psk_identity, and the client offers no pre-shared key: the alert is "
                + "unfounded, or the server wants one", 45, "the alert says so; the hello has none of it",
                [seen.Ending.InWords, .. Offers.Evidence(seen)])
            : new("the server does not know the identity of the client's pre-shared key", 98, "the alert says so",
                seen.Ending.InWords);

    private static bool OffersPsk(ClientHello hello) =>
        hello.Extensions.Has(ExtensionType.PreSharedKey) || hello.CipherSuites.Any(suite => suite.Info?.KeyExchange
            is KeyExchangeAlgorithm.Psk or KeyExchangeAlgorithm.RsaPsk or KeyExchangeAlgorithm.DhePsk
                or KeyExchangeAlgorithm.EcdhePsk);

    private static Suspicion? Binder(DiagnosisEvidence seen) =>
        seen.EndedWith(Direction.ServerToClient, IllegalParameter, DecryptError) && seen.EndedAtHello
        && seen.Offer?.Extensions.Has(ExtensionType.PreSharedKey) == true
            ? new("the server could not verify the binder of the client's pre-shared key: theirs are not the same",
                seen.EndedWith(DecryptError) ? 86 : 78, seen.EndedWith(DecryptError) ? "the alert says so"
                    : "OpenSSL answers a binder that does not verify with illegal_parameter",
                $"frame {seen.OfferEvent!.At.Number}, ClientHello: pre_shared_key", seen.Ending.InWords)
            : null;

    private static Suspicion? MissingMust(DiagnosisEvidence seen)
    {
        var lacking = Lacking(seen);
        if (seen.EndedWith(Direction.ServerToClient, MissingExtension) && lacking.Count > 0)
            return new($"the client's hello offers TLS 1.3 and has no {Phrase.List(lacking)}", 97, "the alert says so",
                $"frame {seen.OfferEvent!.At.Number}, ClientHello", seen.Ending.InWords);
        if (seen.EndedWith(MissingExtension) && !seen.Ending.IsByServer)
            return new("the server leaves out an extension that the client needs", 90, "the alert says so",
                seen.Ending.InWords);
        return seen.EndedAtHello && seen.Ending.IsByServer && lacking.Count > 0
            ? new($"the client's hello offers TLS 1.3 and has no {Phrase.List(lacking)}", 75,
                "the server ended at that hello", $"frame {seen.OfferEvent!.At.Number}, ClientHello",
                seen.Ending.InWords)
            : null;
    }

    // RFC 8446, Section 9.2
    private static List<ExtensionType> Lacking(DiagnosisEvidence seen) =>
        seen.Offer is not { } hello || !Offers.HasTls13(hello) || hello.Extensions.Has(ExtensionType.PreSharedKey) ? []
            : new[] { ExtensionType.SupportedGroups, ExtensionType.KeyShare, ExtensionType.SignatureAlgorithms }
                .Where(type => !hello.Extensions.Has(type)).ToList();

    private static Suspicion? Unsupported(DiagnosisEvidence seen)
    {
        if (!seen.EndedWith(UnsupportedExtension)) return null;
        var finding = seen.Find("extension-not-asked", "extension-misplaced");
        return new(
            finding is null ? "an end got an extension that it did not expect" : $"{finding.Message.TrimEnd('.')}",
            finding is not null ? 98 : seen.Ending.IsByClient ? 85 : 55,
            "the alert says so" + (finding is null ? "" : ", and so does the capture"),
            [seen.Ending.InWords, .. Phrase.Found(finding)]);
    }

    private static Suspicion? Ech(DiagnosisEvidence seen) =>
        seen.EndedWith(EchRequired)
            ? new("the server refused Encrypted ClientHello, and the client comes back with other keys or not at all",
                97, "the alert says so", seen.Ending.InWords)
            : null;
}
