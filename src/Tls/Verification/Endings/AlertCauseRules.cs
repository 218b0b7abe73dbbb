using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Certificates;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Endings;

/// <summary>Alerts that name another cause than the one that the capture shows.</summary>
internal static class AlertCauseRules
{
    private const byte BadRecordMac = 20;
    private const byte DecryptionFailed = 21;
    private const byte BadCertificate = 42;
    private const byte UnsupportedCertificate = 43;
    private const byte CertificateExpired = 45;
    private const byte CertificateUnknown = 46;
    private const byte DecryptError = 51;
    private const byte ProtocolVersionAlert = 70;
    private const byte IllegalParameter = 47;
    private const byte InappropriateFallback = 86;

    private static readonly byte[] ForVersions = [ProtocolVersionAlert, IllegalParameter, InappropriateFallback];

    public static readonly Rule[] Rows =
    [
        new(
            "alert-hides-expiry", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "A certificate is refused because it has expired with certificate_expired.",
            Severity.Warning,
            HidesExpiry),
        new(
            "alert-without-expiry", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "certificate_expired answers a certificate that is not valid at the time.",
            Severity.Warning,
            NothingExpired),
        new(
            "alert-hides-version", "RFC 8446, Section 4.2.1; RFC 5246, Section 7.2.2",
            "A version that was not offered is refused with protocol_version; in supported_versions with "
            + "illegal_parameter.",
            Severity.Warning,
            HidesVersion),
        new(
            "alert-without-decode-error", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "decode_error answers a message that does not decode.",
            Severity.Warning,
            DecodesWell),
        new(
            "alert-without-record-error", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "bad_record_mac answers a record whose protection does not fit.",
            Severity.Note,
            OpensWell),
        new(
            "alert-without-wrong-proof", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "decrypt_error answers a signature or a Finished that is wrong.",
            Severity.Warning,
            ProvesWell),
    ];

    // The first fatal alert of a kind, with what the other end had sent before it.
    private static (AlertEvent Alert, IReadOnlyList<ConnectionEvent> Before)? Fatal(
        Evidence evidence, params ReadOnlySpan<byte> codes)
    {
        foreach (var alert in evidence.Alerts)
        {
            if (!alert.Alert.IsFatal || !codes.Contains(alert.Alert.Description.Code)) continue;
            var before = evidence.Connection.Events.TakeWhile(item => !ReferenceEquals(item, alert));
            return (alert, [.. before.Where(item => item.Direction != alert.Direction)]);
        }
        return null;
    }

    // The certificates that an alert answers: the last thing that the other end sent but for what completes its flight.
    private static SeenChain? Answered(Evidence evidence, AlertEvent alert, IReadOnlyList<ConnectionEvent> before) =>
        (from handshake in evidence.Handshakes
         from chain in handshake.Chains
         where chain.Event.Direction != alert.Direction
             && before.Contains(chain.Event, ReferenceEqualityComparer.Instance)
         select chain).LastOrDefault();

    private static void HidesExpiry(Evidence evidence, RuleHits hits)
    {
        if (Fatal(evidence, BadCertificate, UnsupportedCertificate, CertificateUnknown) is not var (alert, before))
            return;
        if (Answered(evidence, alert, before) is not { } chain || !HasExpired(chain)) return;
        hits.Add(
            $"Expected certificate_expired ({CertificateExpired}) for {chain.Name(0)}, whose time is over. "
            + $"Got: {alert.Alert}.",
            alert);
    }

    private static void NothingExpired(Evidence evidence, RuleHits hits)
    {
        if (Fatal(evidence, CertificateExpired) is not var (alert, before)) return;
        if (Answered(evidence, alert, before) is not { } chain
            || CertificateRules.TimeOf(chain.Event) is not { } now)
        {
            return;
        }
        if (chain.Certificates.All(
            seen => seen.Facts is { } facts && facts.NotBefore <= now && now <= facts.NotAfter))
            hits.Add(
                $"Expected a certificate that is not valid. Got: {alert.Alert} for a chain that is valid.", alert);
    }

    private static bool HasExpired(SeenChain chain) =>
        CertificateRules.TimeOf(chain.Event) is { } now && chain.Leaf is { } leaf && leaf.NotAfter < now;

    // RFC 8446, Section 4.2.1: whoever gets a version that was not offered says so. A server that offers no version of
    // the client's can only be guessed at, and is not.
    private static void HidesVersion(Evidence evidence, RuleHits hits)
    {
        var answer = evidence.Alerts.FirstOrDefault(
            item => item.Direction == Direction.ClientToServer && item.Alert.IsFatal);
        if (answer is null || ForVersions.Contains(answer.Alert.Description.Code)) return;
        foreach (var handshake in evidence.Handshakes)
        {
            if (handshake is not { Offer: { } offer, Choice: { } choice, ServerHello: { } hello }) continue;
            if (!offer.Extensions.Has(ExtensionType.SupportedVersions)
                ? choice.Version <= offer.LegacyVersion
                : offer.OfferedVersions.Contains(choice.Version))
            {
                continue;
            }
            if (answer.At.Number < hello.At.Number) continue;
            var expected = choice.Extensions.Has(ExtensionType.SupportedVersions)
                ? $"illegal_parameter ({IllegalParameter})"
                : $"protocol_version ({ProtocolVersionAlert})";
            hits.Add(
                $"Expected {expected} for {choice.Version}, which was not offered. "
                + $"Got: {answer.Alert}.",
                answer);
            return;
        }
    }

    private static void DecodesWell(Evidence evidence, RuleHits hits)
    {
        if (Fatal(evidence, AlertDescription.DecodeError.Code) is not var (alert, before)) return;
        // A record that stays closed may hold anything; some say decode_error to an end without close_notify.
        if (before.Any(item => item is EncryptedEvent or FaultEvent or GapEvent or EndEvent)) return;
        if (before.OfType<HandshakeEvent>().LastOrDefault() is not { } last
            || before.OfType<HandshakeEvent>().Any(item => HasFault(item, evidence.Connection.Facts)))
        {
            return;
        }
        hits.Add(
            $"Expected a message that does not decode. "
            + $"Got: {alert.Alert} after {last.Message.Type}, which decodes, like all before it.",
            alert);
    }

    private static bool HasFault(HandshakeEvent item, HandshakeFacts facts) =>
        item.Message.Fault is not null
        || (item.Message.Body is Finished finished && finished.VerifyData.Length != LengthOfVerifyData(facts))
        || item.Message.Body.Extensions.Any(extension => extension.Fault is not null)
        || item.Message.Body is UnknownBody;

    // RFC 8446, Section 4.4.4; RFC 5246, Section 7.4.9; RFC 6101, Section 5.6.9.
    private static int LengthOfVerifyData(HandshakeFacts facts) => facts switch
    {
        { Version.IsTls13: true, Suite.Info: { } suite } => Digests.Size(suite.PrfHash),
        { Version: { } version } when version < ProtocolVersion.Tls10 => 36,
        _ => 12,
    };

    private static void OpensWell(Evidence evidence, RuleHits hits)
    {
        if (Fatal(evidence, BadRecordMac, DecryptionFailed) is not var (alert, before)) return;
        if (before.Any(item => item is EncryptedEvent or FaultEvent or GapEvent)) return;
        var records = evidence.ProtectedRecords.Where(record =>
            record.Direction != alert.Direction && record.Record.At.Number <= alert.At.Number).ToList();
        if (records.Count == 0 || !records.TrueForAll(record => record.Opened is { IsOk: true })) return;
        var extra = records.Max(record => record.Opened!.Value.ExtraPaddingBlocks);
        var padding = extra == 0 ? "" : $"; one of them has {extra} blocks of padding more than it needs";
        hits.Add(
            $"Expected a record that does not open. "
            + $"Got: {alert.Alert}, though all {records.Count} before it do{padding}.",
            alert);
    }

    private static void ProvesWell(Evidence evidence, RuleHits hits)
    {
        if (Fatal(evidence, DecryptError) is not var (alert, before)) return;
        var checks = evidence.Handshakes.SelectMany(handshake => handshake.Checks)
            .Where(check => before.Contains(check.Event, ReferenceEqualityComparer.Instance)).ToList();
        // A premaster secret, a PSK binder or a ticket may be what could not be read.
        if (checks.Count == 0 || !checks.TrueForAll(check => check.Status == CheckStatus.Ok)) return;
        if (evidence.Connection.Facts is not { IsResumed: false, ServerCertificate: not null }) return;
        hits.Add(
            $"Expected a signature or Finished that is wrong. "
            + $"Got: {alert.Alert}, though all {checks.Count} before it fit.",
            alert);
    }
}
