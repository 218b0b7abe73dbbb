using System.Text.Json.Serialization;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Verdicts;

/// <summary>What a client did with a certificate.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CertificateReaction>))]
public enum CertificateReaction
{
    /// <summary>It went on, and said something to the server.</summary>
    Accepted,

    /// <summary>It gave up without an alert.</summary>
    Left,

    /// <summary>It gave up with an alert.</summary>
    Alerted,
}

/// <summary>A client's answer to a certificate with a fault, and whether it fits the cause.</summary>
public sealed record CertificateAnswer
{
    public required CertificateReaction Reaction { get; init; }

    /// <summary>Its alert; null if there was none.</summary>
    public string? Alert { get; init; }

    /// <summary>How well the alert says what is wrong; null if there was none.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<AlertFit>))]
    public AlertFit? Fit { get; init; }

    /// <summary>The line of its output that says most about it; empty if it said nothing.</summary>
    public required string Words { get; init; }

    /// <summary>True if the words name the cause.</summary>
    public bool WordsFit { get; init; }

    /// <summary>
    /// The answer that was seen; null if the certificate is sound, or never reached the client, or the server gave up,
    /// or if nothing shows that it was for the certificate that the client fell silent.
    /// </summary>
    // RFC 5246, Section 7.2.2 and RFC 8446, Section 6.2: it is the client's to refuse a certificate.
    public static CertificateAnswer? Of(CellObservation seen)
    {
        if (CertificateProfile.Find(seen.Cell.Certificate)?.Fault is not { } fault) return null;
        if (seen is not { Client: { } client, Connection: { } connection }) return null;
        if (!connection.Messages.Any(item =>
            item.Direction == Direction.ServerToClient && Certificate.In(item.Message.Body) is not null)) return null;
        var ending = Outcome.Alert(connection.Facts);
        if (!connection.Facts.IsComplete
            && (ending?.Direction ?? connection.Facts.FirstTcpEnd?.Direction) == Direction.ServerToClient) return null;
        // Some stacks look at the certificate when the handshake is over. Whoever says something then has taken it.
        var spoke = client.Talked
            || connection.Events.Any(item => item is ApplicationDataEvent { Direction: Direction.ClientToServer });
        AlertDescription? alert =
            ending is { Direction: Direction.ClientToServer } ? ending.Alert.Description : null;
        var words = spoke ? "" : Line(client.Output, fault);
        if (connection.Facts.IsComplete && !spoke && alert is null && client.ExitCode == 0 && !fault.IsNamedBy(words))
            return null;
        return new()
        {
            Reaction = spoke ? CertificateReaction.Accepted
                : alert is null ? CertificateReaction.Left : CertificateReaction.Alerted,
            Alert = spoke ? null : alert?.ToString(),
            Fit = spoke || alert is null ? null : fault.Fit(alert.Value),
            Words = words,
            WordsFit = fault.IsNamedBy(words),
        };
    }

    // What is not the client's own: where Java was when it said so, and what compares the payloads of an echo.
    private static readonly string[] NotItsOwn = ["at ", "cmp: "];

    // The last line that names the cause, or else mentions a certificate; or else the last of all.
    private static string Line(string output, CertificateFault fault)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !NotItsOwn.Any(start => line.StartsWith(start, StringComparison.Ordinal))).ToList();
        return lines.LastOrDefault(line => IsAboutCertificates(line) && fault.IsNamedBy(line))
            ?? lines.LastOrDefault(IsAboutCertificates) ?? lines.LastOrDefault() ?? "";
    }

    private static bool IsAboutCertificates(string line) =>
        line.Contains("cert", StringComparison.OrdinalIgnoreCase)
        || line.Contains("verif", StringComparison.OrdinalIgnoreCase);
}
