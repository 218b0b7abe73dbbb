using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Endings;

/// <summary>How alerts are made, and what may follow them.</summary>
internal static class AlertRules
{
    private const byte UserCanceled = 90;

    // Both ends close at once; what is under way by then has come long before.
    private const long StillUnderWay = 1_000_000_000;

    // RFC 5246, Section 7.2.2: "always fatal" stands in the description of each.
    private static readonly HashSet<byte> AlwaysFatal = [10, 20, 22, 30, 40, 47, 48, 49, 50, 51, 70, 71, 80, 110];

    // RFC 5246, Section 7.2.2: not sent since TLS 1.1 or 1.2; RFC 8446, Section 6.2: not in TLS 1.3.
    private static readonly Dictionary<byte, ProtocolVersion> NotSince = new()
    {
        [21] = ProtocolVersion.Tls11,
        [30] = ProtocolVersion.Tls13,
        [41] = ProtocolVersion.Tls10,
        [60] = ProtocolVersion.Tls11,
        [100] = ProtocolVersion.Tls13,
        [111] = ProtocolVersion.Tls13,
        [114] = ProtocolVersion.Tls13,
    };

    public static readonly Rule[] Rows =
    [
        new(
            "alert-unknown", "RFC 8446, Section 6; RFC 5246, Section 7.2",
            "An alert is one of the registry, and its level is warning or fatal.",
            Severity.Warning,
            Unknown),
        new(
            "alert-reserved", "RFC 8446, Section 6; RFC 5246, Section 7.2.2",
            "An alert of earlier versions that the negotiated one reserves is not sent.",
            Severity.Warning,
            Reserved),
        new(
            "alert-level", "RFC 5246, Section 7.2.2",
            "Up to TLS 1.2, an alert that is always fatal has that level.",
            Severity.Warning,
            NotFatal),
        new(
            "alert-level-tls13", "RFC 8446, Section 6",
            "In TLS 1.3 every alert but close_notify and user_canceled has the level fatal.",
            Severity.Warning,
            NotFatal13),
        new(
            "alert-not-last", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "Who sends a fatal alert sends nothing after it.",
            Severity.Warning,
            (evidence, hits) => After(evidence, alert => alert.Alert.IsFatal, hits)),
        new(
            "close-notify-not-last", "RFC 8446, Section 6.1; RFC 5246, Section 7.2.1",
            "Who sends close_notify sends nothing after it.",
            Severity.Warning,
            (evidence, hits) =>
                After(evidence, alert => alert.Alert.Description == AlertDescription.CloseNotify, hits)),
        new(
            "alert-ignored", "RFC 8446, Section 6.2; RFC 5246, Section 7.2.2",
            "Who receives a fatal alert ends the connection; no handshake goes on.",
            Severity.Warning,
            Ignored),
    ];

    private static void Unknown(Evidence evidence, RuleHits hits)
    {
        foreach (var item in evidence.Alerts)
        {
            if (!item.Alert.Description.IsKnown
                || (item.Alert.Level != AlertLevel.Warning && item.Alert.Level != AlertLevel.Fatal))
                hits.Add($"Expected an alert of the registry. Got: {item.Alert}.", item);
        }
    }

    private static void Reserved(Evidence evidence, RuleHits hits)
    {
        if (evidence.Alerts.Count == 0) return;
        if (evidence.Connection.Facts.Version is not { } version || !ProtocolVersion.Known.Contains(version)) return;
        foreach (var item in evidence.Alerts)
        {
            if (NotSince.TryGetValue(item.Alert.Description.Code, out var since) && version >= since)
                hits.Add($"Expected an alert of {version}. Got: {item.Alert}, which it reserves.", item);
        }
    }

    private static void NotFatal(Evidence evidence, RuleHits hits)
    {
        if (evidence.Connection.Facts.Version is { IsTls13: true }) return;
        foreach (var item in evidence.Alerts)
        {
            if (item.Alert.Level == AlertLevel.Warning && AlwaysFatal.Contains(item.Alert.Description.Code))
                hits.Add($"Expected the level fatal. Got: {item.Alert}.", item);
        }
    }

    private static void NotFatal13(Evidence evidence, RuleHits hits)
    {
        if (evidence.Connection.Facts.Version is not { IsTls13: true }) return;
        foreach (var item in evidence.Alerts)
        {
            if (item.Alert.Level == AlertLevel.Warning
                && item.Alert.Description != AlertDescription.CloseNotify
                && item.Alert.Description.Code != UserCanceled)
                hits.Add($"Expected the level fatal. Got: {item.Alert}.", item);
        }
    }

    private static void After(Evidence evidence, Func<AlertEvent, bool> isLast, RuleHits hits)
    {
        if (evidence.Alerts.Count == 0) return;
        var last = new AlertEvent?[2];
        foreach (var item in evidence.Events)
        {
            var before = last[(int)item.Direction];
            if (before is not null && item is not (EndEvent or GapEvent or AnomalyEvent))
            {
                hits.Add(
                    $"Expected nothing of the {Sender.Of(item)} after {before.Alert}. Got: {What(item)}.", item);
                last[(int)item.Direction] = null;
            }
            else if (item is AlertEvent alert && isLast(alert))
            {
                last[(int)item.Direction] = alert;
            }
        }
    }

    private static void Ignored(Evidence evidence, RuleHits hits)
    {
        if (evidence.Alerts.Count == 0) return;
        var received = new AlertEvent?[2];
        foreach (var item in evidence.Events)
        {
            if (item is HandshakeEvent && received[(int)item.Direction] is { } alert
                && item.At.UnixNanoseconds - alert.At.UnixNanoseconds > StillUnderWay)
            {
                hits.Add(
                    $"Expected no more of the {Sender.Of(item)} after {alert.Alert} came. Got: {What(item)}.", item);
                received[(int)item.Direction] = null;
            }
            if (item is AlertEvent { Alert.IsFatal: true } fatal) received[1 - (int)item.Direction] = fatal;
        }
    }

    private static string What(ConnectionEvent item) => item switch
    {
        HandshakeEvent handshake => handshake.Message.Type.ToString(),
        ApplicationDataEvent data => $"{data.Content.Length} octets of application data",
        AlertEvent alert => $"the alert {alert.Alert}",
        ChangeCipherSpecEvent => "ChangeCipherSpec",
        EncryptedEvent encrypted => $"a record of {encrypted.Type}",
        _ => "octets that are no record",
    };
}
