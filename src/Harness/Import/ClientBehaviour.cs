using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Harness.Import;

/// <summary>What a client did when it met something, and what that may have been.</summary>
internal static class ClientBehaviour
{
    private static readonly string[] OfCertificates =
        ["bad_certificate", "unsupported_certificate", "certificate_unknown"];

    // RFC 8446, Section 6.2, and RFC 5246, Section 7.2.2: which alert says what; without one anything may be meant.
    private static readonly (string Trigger, string After, string[] Alerts)[] Rows =
    [
        ("expired-certificate", "Certificate", ["certificate_expired", .. OfCertificates]),
        ("not-yet-valid-certificate", "Certificate", ["certificate_expired", .. OfCertificates]),
        ("wrong-name", "Certificate", ["unrecognized_name", .. OfCertificates]),
        ("sha1-certificate", "Certificate", ["insufficient_security", .. OfCertificates]),
        ("missing-intermediate", "Certificate", ["unknown_ca", .. OfCertificates]),
        ("certificate-request", "CertificateRequest", ["handshake_failure", "unexpected_message"]),
        ("hello-retry-request", "HelloRetryRequest", ["illegal_parameter", "unexpected_message", "decode_error"]),
        ("downgrade-sentinel", "ServerHello", ["illegal_parameter"]),
        ("session-id-echo", "ServerHello", ["illegal_parameter", "decode_error"]),
        ("new-session-ticket", "NewSessionTicket", ["unexpected_message", "decode_error"]),
        ("extra-padding", "ChangeCipherSpec", ["bad_record_mac", "decryption_failed", "decrypt_error"]),
    ];

    /// <summary>The triggers that may be named.</summary>
    public static IEnumerable<string> Triggers => Rows.Select(row => row.Trigger);

    /// <summary>The alerts by which they may be.</summary>
    public static IEnumerable<string> Alerts => Rows.SelectMany(row => row.Alerts).Distinct(StringComparer.Ordinal);

    /// <summary>What is certain; empty if nothing is odd.</summary>
    /// <param name="steps">What was sent.</param>
    /// <param name="certificates">The server's certificates, if their octets are known.</param>
    public static IReadOnlyList<ImportedFinding> Of(IReadOnlyList<ImportedStep> steps, SeenCertificates? certificates)
    {
        var at = steps.ToList().FindIndex(step => step.IsEnd);
        if (at < 0 || steps[at] is not { From: Direction.ClientToServer } end) return [];
        var before = steps.Take(at).ToList();
        var isFatal = end.Alert is { IsFatal: true };
        // Who is through with the handshake may close as he likes.
        if (!isFatal && before.Any(step => step.From == Direction.ClientToServer && IsLate(step.What))) return [];
        var met = before.Where(step => step.From == Direction.ServerToClient).Select(step => step.What).ToList();
        if (met.Count == 0) return [];
        var alert = isFatal ? end.Alert!.Value.Description.ToString() : null;
        return
        [
            new($"the client {Did(end)} after the server's {met[^1]}", alert ?? "close",
                [.. Rows.Where(row => met.Contains(row.After) && (alert is null || row.Alerts.Contains(alert)))
                    .Select(row => row.Trigger).Where(trigger => certificates?.May(trigger) != false)]),
        ];
    }

    private static bool IsLate(string what) => what is "Finished" or "ChangeCipherSpec" or "application data";

    private static string Did(ImportedStep end) => end.Alert switch
    {
        { IsFatal: true } alert => $"sent the alert {alert}",
        Alert => "closed with close_notify and without an alert that says why,",
        null => $"closed with {end.What} and without an alert",
    };
}
