using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Certificates;

/// <summary>How a client that was shown a certificate gave up.</summary>
/// <param name="Alert">Its alert; null if it gave up without one.</param>
/// <param name="Confidence">Per cent: how sure it is that it gave up because of the certificate.</param>
/// <param name="How">What it did, and when.</param>
internal sealed record Refusal(AlertDescription? Alert, int Confidence, string How)
{
    // Alerts about certificates; then those by which stacks that know no better refuse them.
    private static readonly byte[] OfCertificates =
    [
        NoCertificate, BadCertificate, UnsupportedCertificate, CertificateRevoked, CertificateExpired,
        CertificateUnknown, UnknownCa, AccessDenied, CertificateUnobtainable, BadCertificateStatusResponse,
    ];

    private static readonly byte[] Unspecific =
        [HandshakeFailure, IllegalParameter, DecodeError, DecryptError, InsufficientSecurity, InternalError];

    private const int AtOnce = 95, LaterInHandshake = 70, BehindHandshake = 72, InGoodOrder = 55, Unended = 50;
    private const int ByItsAlert = 95, ByAnother = 78;

    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    /// <summary>The refusal; null if the server's certificate was not seen, or somebody else gave up.</summary>
    public static Refusal? Of(DiagnosisEvidence seen)
    {
        if (seen.ServerCertificate is not { } certificate) return null;
        var ending = seen.Ending;
        if (ending.IsByServer) return null;
        if (ending is { Kind: EndingKind.Alert, Alert: { } alert })
        {
            if (ending.At!.Value.Number < certificate.At.Number) return null;
            return OfCertificates.Contains(alert.Code) ? new(alert, ByItsAlert, Text(seen))
                : Unspecific.Contains(alert.Code) && !seen.Facts.IsComplete ? new(alert, ByAnother, Text(seen))
                : null;
        }
        var own = seen.Events.SkipWhile(item => item != certificate).Skip(1).Where(item =>
            item.Direction == Direction.ClientToServer && IsOwnWord(item)).ToList();
        if (seen.IsComplete) return LeftAtOnce(seen, ending, own);
        if (ending.By is null)
            return own.Count == 0 ? new(null, Unended, "the client said nothing more, and the capture ends") : null;
        var confidence = own.Count == 0 ? AtOnce : LaterInHandshake;
        if (ending.Delay > Long) confidence -= 20;
        return new(null, confidence, Text(seen) + (own.Count == 0 ? ", before any of its own messages" : ""));
    }

    /// <summary>The same if it was silent, or if it was not.</summary>
    public static Refusal? Of(DiagnosisEvidence seen, bool silently) =>
        Of(seen) is { } refusal && refusal.Alert is null == silently ? refusal : null;

    /// <summary>What else was proven of the handshake: that the certificate is what is left to blame.</summary>
    public static IEnumerable<string> Proven(DiagnosisEvidence seen)
    {
        var checks = seen.Verified.Handshakes.SelectMany(handshake => handshake.Checks)
            .Where(check => check.Event.Direction == Direction.ServerToClient).ToList();
        if (checks.Count > 0 && checks.TrueForAll(check => check.Status == CheckStatus.Ok))
            yield return "key exchange and signature are valid (recomputed)";
    }

    // Some stacks look at the certificate when the handshake is over: they leave, and have said nothing.
    private static Refusal? LeftAtOnce(DiagnosisEvidence seen, ConnectionEnding ending, List<ConnectionEvent> own)
    {
        if (!ending.IsByClient || own.Exists(item => item is ApplicationDataEvent)) return null;
        // Up to TLS 1.2 the header of a closed record says what is in it.
        if (seen.Facts.Version is { IsTls13: false }
            && own.Exists(item => item is EncryptedEvent closed && closed.Type == ContentType.ApplicationData))
        {
            return null;
        }
        // Finished and an alert are all that a client sends that has nothing to say.
        if (seen.Connection.FromClient.ProtectedRecords > 2) return null;
        // Who says close_notify may just have had nothing to say.
        var confidence = ending.Kind == EndingKind.CloseNotify ? InGoodOrder : BehindHandshake;
        return new(null, confidence, Text(seen) + ", and said nothing behind the handshake");
    }

    private static bool IsOwnWord(ConnectionEvent item) =>
        item is HandshakeEvent or ApplicationDataEvent or EncryptedEvent or HeartbeatEvent;

    private static string Text(DiagnosisEvidence seen) => seen.Ending.InWords;
}
