using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Certificates;

/// <summary>Certificates that a server wants of its clients.</summary>
internal static class ClientCertificateRules
{
    private static readonly byte[] AnswersToNone =
    [
        HandshakeFailure, NoCertificate, BadCertificate, UnsupportedCertificate, CertificateUnknown, DecodeError,
        AccessDenied, InternalError,
    ];

    private static readonly byte[] OfCertificates =
    [
        BadCertificate, UnsupportedCertificate, CertificateRevoked, CertificateExpired, CertificateUnknown, UnknownCa,
        AccessDenied,
    ];

    public static readonly DiagnosisRule[] Rows =
    [
        new("client-certificate-required", "the server wants a certificate of the client, which showed none",
            "CertificateRequest, the client's Certificate, the server's alert",
            "RFC 8446, Section 6.2; RFC 5246, Section 7.4.6",
            "certificate_required (TLS 1.3) or handshake_failure answers an empty Certificate that is not enough.",
            Required)
        {
            Server = "let it ask without demanding, if guests are welcome",
            Client = "give it a certificate and its key, issued by an authority that the server names",
        },
        new("client-certificate-refused", "the server refused the client's certificate",
            "the client's Certificate, the server's alert", "RFC 5246, Section 7.2.2; RFC 8446, Section 6.2",
            "Alerts about certificates are sent by whoever is shown one.", Refused)
        {
            Server = "trust the authority of its clients; look at its log",
            Client = "use a certificate of an authority that the CertificateRequest names, whose time is not over",
        },
    ];

    private static Suspicion? Required(DiagnosisEvidence seen)
    {
        var request = seen.Connection.Messages.FirstOrDefault(item =>
            item.Message.Type == HandshakeType.CertificateRequest);
        if (seen.EndedWith(Direction.ServerToClient, CertificateRequired))
            return new("the server wants a certificate of the client, which showed none", 99, "the alert says so",
                [.. Asked(request), seen.Ending.InWords]);
        if (seen.ClientCertificate is not { Message.Body: Certificate { Entries.Count: 0 } } empty) return null;
        var isAlert = seen.EndedWith(Direction.ServerToClient, AnswersToNone);
        var isClosed = seen.Ending is { IsByServer: true, IsSilent: true } && !seen.IsComplete;
        if (!isAlert && !isClosed) return null;
        var misleads = isAlert && seen.Ending.Alert!.Value.Code
            is DecodeError or InternalError or UnsupportedCertificate or AccessDenied;
        return new(
            "the server wants a certificate of the client, which showed none"
            + (misleads ? $"; its alert {seen.Ending.Alert} is misleading" : ""),
            misleads ? 80 : isAlert ? 93 : 68,
            "the client's Certificate is empty, and the server gave up in answer to that flight",
            [.. Asked(request), $"frame {empty.At.Number}, Certificate of the client: empty", seen.Ending.InWords]);
    }

    private static IEnumerable<string> Asked(HandshakeEvent? request) =>
        request is null ? [] : [$"frame {request.At.Number}, CertificateRequest of the server"];

    private static Suspicion? Refused(DiagnosisEvidence seen)
    {
        if (seen.ClientCertificate is not { Message.Body: Certificate { Entries: [{ Summary: var leaf }, ..] } } shown)
            return null;
        var isAlert = seen.EndedWith(Direction.ServerToClient, OfCertificates);
        var isClosed = seen.Ending is { IsByServer: true, IsSilent: true } && !seen.IsComplete;
        if ((!isAlert && !isClosed) || seen.Ending.At!.Value.Number < shown.At.Number) return null;
        var isOld = leaf is not null && Phrase.TimeOf(shown) is { } now && leaf.NotAfter < now;
        return new(
            $"the server refused the client's certificate{(isOld ? ", whose time is over" : "")}",
            isAlert ? 95 : isOld ? 85 : 55,
            isAlert ? "the alert is about a certificate, and the client's is the one it was shown"
                : seen.Ending.InWords,
            $"frame {shown.At.Number}, Certificate of the client: {leaf?.Subject ?? "unreadable"}"
                + (leaf is null ? "" : $", issued by {leaf.Issuer}, valid to {Phrase.Moment(leaf.NotAfter)}"),
            seen.Ending.InWords);
    }
}
