using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Presentation;

/// <summary>A summary as one line for a person.</summary>
public static class SummaryText
{
    /// <summary>What there is to say, parted by <c>·</c>, the most wanted first.</summary>
    public static string Line(ConnectionSummary summary)
    {
        var (info, facts) = (summary.Info, summary.Facts);
        return SafeText.Of(Join(
            $"#{info.Number} {info.Client} → {info.Server}",
            Outcome(summary),
            Versions(summary),
            facts.Suite?.ToString(),
            facts.Group,
            facts.SignatureScheme,
            Named("server_name", facts.ServerName),
            Named("alpn", facts.Alpn),
            facts.Authentication,
            facts.Compression is { Code: not 0 } compression ? $"compression {compression}" : null,
            summary.Messages,
            Certificate(summary),
            Decrypted(summary),
            Octets(summary),
            CaptureTime.Text(info.FirstFrame.UnixNanoseconds),
            CaptureTime.Duration(summary.DurationNanoseconds),
            $"frame {info.FirstFrame.Number}",
            Named("ja4", summary.Fingerprints.Ja4),
            Named("ja4s", summary.Fingerprints.Ja4S),
            Named("ja3", summary.Fingerprints.Ja3),
            Named("ja3s", summary.Fingerprints.Ja3S),
            Findings(summary)));
    }

    /// <summary>The same in a few lines, as the head of a ladder.</summary>
    internal static IEnumerable<string> Header(ConnectionSummary summary)
    {
        var (info, facts, prints) = (summary.Info, summary.Facts, summary.Fingerprints);
        yield return Join(
            Outcome(summary), Versions(summary), facts.Suite?.ToString(), facts.Group, facts.SignatureScheme,
            facts.Authentication);
        yield return Join(
            $"{CaptureTime.Text(info.FirstFrame.UnixNanoseconds)}, frame {info.FirstFrame.Number}",
            CaptureTime.Duration(summary.DurationNanoseconds),
            Octets(summary), Decrypted(summary));
        var asked = Join(
            Named("server_name", facts.ServerName), Named("alpn", facts.Alpn), Certificate(summary));
        if (asked.Length > 0) yield return asked;
        var fingerprints = Join(Named("ja4", prints.Ja4), Named("ja3", prints.Ja3));
        if (fingerprints.Length > 0) yield return fingerprints;
        fingerprints = Join(Named("ja4s", prints.Ja4S), Named("ja3s", prints.Ja3S));
        if (fingerprints.Length > 0) yield return fingerprints;
    }

    /// <summary>The outcome in words, with the alert that decided it.</summary>
    internal static string Outcome(ConnectionSummary summary)
    {
        var word = summary.Outcome.Word().Replace('_', ' ');
        if (summary.Facts.FirstFatalAlert is { } alert)
        {
            var after = alert.AfterMessage is { } message ? $" after {message}" : "";
            return $"{word}: {alert.Alert} from the {Sender(alert.Direction)}{after}";
        }
        return summary.Outcome == ConnectionOutcome.ClosedInHandshake && summary.Facts.FirstClose is { } close
            ? $"{word}: {CloseName(close.Kind)} from the {Sender(close.Direction)}"
            : word;
    }

    internal static string Versions(ConnectionSummary summary)
    {
        var offered = string.Join(", ",
            summary.Facts.OfferedVersions.Where(version => !Grease.Is(version.Code)).Select(version => version.Number));
        return summary.Facts.Version is { } version
            ? offered.Length > 0 ? $"{version} (offered {offered})" : version.ToString()
            : offered.Length > 0 ? $"offered {offered}" : "";
    }

    private static string? Certificate(ConnectionSummary summary) => summary.Certificate is not { } certificate
        ? summary.Facts.HasUnreadableCertificate ? "certificate unreadable" : null
        : $"certificate {certificate.CommonName ?? certificate.Subject}, "
            + $"{certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}";

    internal static string? Decrypted(ConnectionSummary summary) => summary.ProtectedRecords == 0
        ? null
        : $"{summary.OpenedRecords} of {Plural.Of(summary.ProtectedRecords, "protected record")} opened";

    private static string Octets(ConnectionSummary summary) =>
        $"{summary.FromClient.Octets} → and {summary.FromServer.Octets} ← octets";

    internal static string Sender(Direction direction) => direction == Direction.ClientToServer ? "client" : "server";

    private static string? Named(string name, string? value) => value is null ? null : $"{name} {value}";

    private static string Join(params IEnumerable<string?> parts) =>
        string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));

    private static string CloseName(Decoding.CloseKind kind) => kind switch
    {
        Decoding.CloseKind.CloseNotify => "close_notify",
        Decoding.CloseKind.Fin => "FIN",
        Decoding.CloseKind.Reset => "RST",
        _ => "alert",
    };

    private static string? Findings(ConnectionSummary summary) => summary.Findings switch
    {
        null => null,
        { Count: 0 } => "findings: none",
        var findings => $"findings: {string.Join(", ", findings.Select(finding => finding.RuleId).Distinct())}",
    };
}
