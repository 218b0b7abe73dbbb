using TlsInterop.Harness.Diagnosis.Certificates;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Negotiation;

/// <summary>Choices of a server that the client, or the server itself, takes for the wrong ones.</summary>
internal static class ChoiceRules
{
    public static readonly DiagnosisRule[] Rows =
    [
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

    private static Suspicion? Fallback(DiagnosisEvidence seen) =>
        !seen.EndedWith(InappropriateFallback) ? null
        : seen.Offer?.CipherSuites.Contains(CipherSuite.FallbackScsv) != false
            ? new($"the client says by TLS_FALLBACK_SCSV that it had tried a newer version before, offers "
                + $"{Offers.Versions(seen)} now, and the server has more than that", 98, "the alert says so",
                [seen.Ending.InWords, .. Offers.Evidence(seen)])
            : new("the server says inappropriate_fallback, and the client's hello has no TLS_FALLBACK_SCSV: the alert "
                + "is unfounded, or the hello was another one on its way", 60, "the alert says so; the hello does not",
                [seen.Ending.InWords, .. Offers.Evidence(seen)]);

    private static Suspicion? Downgrade(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || !seen.Ending.IsByClient) return null;
        if (seen.Choice is not { DowngradeSentinel: not null } choice) return null;
        if (seen.Offer is not { } hello || !Offers.HasTls13(hello) || choice.Version.IsTls13) return null;
        return new(
            $"the server has TLS 1.3, and was made to choose {choice.Version}: its random says so by DOWNGRD, "
            + "though the client offers TLS 1.3 too", seen.EndedWith(IllegalParameter) ? 96 : 80, seen.Ending.InWords,
            $"frame {seen.ChoiceEvent!.At.Number}, ServerHello: random ends in "
                + Convert.ToHexStringLower(choice.Random.Span[^8..]),
            seen.Ending.InWords);
    }

    private static Suspicion? Choice(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || seen.Ending is not { IsByClient: true, After.Message.Body: ServerHello }) return null;
        if (seen.Choice is not { } choice || choice.DowngradeSentinel is not null) return null;
        // It minds the certificate, or something else that the capture hides.
        if (UnseenCertificateRules.Alert(seen) is not null || seen.HiddenAlert is not null) return null;
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
            [seen.Ending.InWords, .. Phrase.Found(wrong)]);
    }
}
