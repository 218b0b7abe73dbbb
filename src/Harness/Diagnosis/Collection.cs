using TlsInterop.Harness.Diagnosis.Certificates;
using TlsInterop.Tls.Presentation;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>What to collect next where the wire does not tell enough: a row each.</summary>
internal static class Collection
{
    private static readonly (Func<DiagnosisEvidence, bool> IsMissing, string What)[] Rows =
    [
        (seen => seen.LacksKeys && seen.Connection.FromClient.OpenedRecords == 0,
            "keys: start the client or the server with SSLKEYLOGFILE=keys.log (openssl: -keylogfile), "
            + "capture again, then --keys keys.log"),
        (seen => UnseenCertificateRules.Alert(seen) is not null,
            "the server's certificate: openssl s_client -connect HOST:PORT -servername NAME -showcerts"),
        (seen => seen.Context.ServerLog is null && !seen.IsComplete, "the server's log: --server-log FILE"),
        (seen => seen.Context.ClientLog is null && seen.Ending.IsByClient, "the client's log: --client-log FILE"),
        (seen => !seen.Connection.OpeningSeen || seen.Outcome == ConnectionOutcome.StartsLate,
            "a capture that runs before the client connects: the opening is missing"),
        (seen => seen.HasGap || seen.Outcome is ConnectionOutcome.OneSided or ConnectionOutcome.CaptureIncomplete,
            "a capture without losses, of both directions: tcpdump -s 0 -B 16384"),
        (seen => seen.Ending.By is null && !seen.IsComplete,
            "a capture that runs until an end closes, and one at the other end of the way as well"),
    ];

    /// <summary>What would help; nothing if the cause is known.</summary>
    public static IReadOnlyList<string> Of(DiagnosisEvidence seen, IReadOnlyList<NamedCause> causes)
    {
        // What the capture hides can be seen, even where the alert says enough.
        var isHidden = UnseenCertificateRules.Alert(seen) is not null || seen.HiddenAlert is not null;
        var isKnown = causes is [{ Confidence: >= NamedCause.Likely }, ..] && !isHidden;
        if (isKnown || (seen.IsComplete && causes.Count == 0)) return [];
        return [.. Rows.Where(row => row.IsMissing(seen)).Select(row => row.What)];
    }
}
