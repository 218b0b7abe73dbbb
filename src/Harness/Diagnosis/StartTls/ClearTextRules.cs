using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Harness.Diagnosis.StartTls;

/// <summary>Ends of which one speaks clear text where the other expects TLS, and who stands before TLS.</summary>
internal static class ClearTextRules
{
    private const string LooksAt = StartTlsRules.LooksAt;

    public static readonly DiagnosisRule[] Rows =
    [
        new("tls-to-clear-text-port", "the client speaks TLS where the server expects clear text", LooksAt,
            "RFC 8314, Section 3; RFC 8446, Section 4.1.3",
            "On a port of clear text TLS begins behind STARTTLS, or never.", TlsToClearText)
        {
            Client = "use the port of TLS (443, 465, 993, 995), or tell it to use STARTTLS",
        },
        new("clear-text-to-tls-port", "the client speaks clear text where the server expects TLS", LooksAt,
            "RFC 8314, Section 3; RFC 9110, Section 4.2.2", "On a port of TLS a client begins with a ClientHello.",
            ClearTextToTls)
        {
            Client = "use https instead of http; tell a mail client to use TLS from the first octet, not STARTTLS",
        },
        new("proxy-refused", "a proxy does not open the way to the server", LooksAt,
            "RFC 9110, Section 9.3.6; RFC 1928, Section 6", "A tunnel is open when the proxy says so.", Proxy)
        {
            Client = "look at the proxy's rules and at who may use it",
        },
        new("nobody-speaks", "both ends wait for the other one to begin",
            "a connection without an octet, who closed it", "RFC 8314, Section 3",
            "With TLS from the first octet the client begins; where a server greets, the server does.", NobodySpeaks)
        {
            Server = "expect a ClientHello on this port, or greet", Client = "begin with TLS on this port",
        },
        new("greeting-refused", "the server refuses the client before anything of TLS", LooksAt,
            "RFC 5321, Section 3.1; RFC 9051, Section 7.1.5", "554 or BYE as a greeting: no service for this client.",
            GreetingRefused)
        {
            Server = "look at its rules for hosts and at its limits of connections",
        },
    ];

    private static Suspicion? TlsToClearText(DiagnosisEvidence seen)
    {
        if (seen.Choice is not null) return null;
        if (seen.Find("tls-to-clear-text-server") is { } finding)
            return new("the client begins with a ClientHello, and the server answers in clear text", 96,
                "the server's own words are no TLS", $"frame {finding.Frame}: {finding.Message}");
        // Octets that are neither text nor TLS, behind a ClientHello.
        var odd = seen.Events.OfType<FaultEvent>().FirstOrDefault(item => item.Direction == Direction.ServerToClient
            && item.Fault.Kind == Tls.Wire.WireFaultKind.NotTls);
        return odd is not null && seen.OfferEvent is not null
            ? new("the client begins with a ClientHello, and the server answers with something that is no TLS", 80,
                "what it sends is no record", $"frame {odd.At.Number}: {odd.Fault.Detail}")
            : null;
    }

    private static Suspicion? ClearTextToTls(DiagnosisEvidence seen) =>
        seen.Find("clear-text-to-tls-server") is { } finding
            ? new("the client speaks clear text, and the server answers with TLS, or says that it expects it", 96,
                "the server's answer leaves no doubt", $"frame {finding.Frame}: {finding.Message}")
            : seen.Find("clear-text-unanswered") is { } silent
                ? new("the client speaks clear text, and the server closes without a word, as one that expects TLS", 66,
                    "servers with OpenSSL do so; others close for other reasons",
                    $"frame {silent.Frame}: {silent.Message}")
                : BeforeHello(seen);

    // Whatever follows, the server has begun to read records, and found none.
    private static Suspicion? BeforeHello(DiagnosisEvidence seen) =>
        seen.Events is [ClearTextEvent { Direction: Direction.ClientToServer } said, ..] && seen.Choice is null
        && !seen.Said(Direction.ServerToClient).Any() && seen.Ending is { IsByServer: true, Kind: EndingKind.Alert }
            ? new("the client speaks clear text first, and the server answers with an alert", 92,
                "the server reads records from the first octet on", StartTlsRules.Quoted(said), seen.Ending.InWords)
            : null;

    private static Suspicion? Proxy(DiagnosisEvidence seen) =>
        seen.Said(ClearTextMeaning.TunnelRefused) is { } refusal
            ? new($"a proxy does not open the way: \"{refusal.Line}\"", 96, "it says so", StartTlsRules.Quoted(refusal))
            : null;

    private static Suspicion? NobodySpeaks(DiagnosisEvidence seen)
    {
        if (seen.Connection.FromClient.Octets > 0 || seen.Connection.FromServer.Octets > 0) return null;
        if (seen.HasGap || seen.Ending is not { IsByClient: true, Kind: EndingKind.Fin }) return null;
        return new("the connection is opened and closed by the client, and nobody says a word", 62,
            "each waits for the other to begin, or the client only tries the port", seen.Ending.InWords);
    }

    private static Suspicion? GreetingRefused(DiagnosisEvidence seen)
    {
        if (StartTlsRules.IsTls(seen)) return null;
        if (seen.Said(Direction.ServerToClient).FirstOrDefault() is not { } first) return null;
        var refuses = first.Line.StartsWith("554", StringComparison.Ordinal)
            || first.Line.StartsWith("421", StringComparison.Ordinal)
            || first.Line.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase)
            || first.Line.StartsWith("-ERR", StringComparison.OrdinalIgnoreCase);
        return refuses
            ? new($"the server has no service for this client: \"{first.Line}\"", 94, "it says so as its greeting",
                StartTlsRules.Quoted(first))
            : null;
    }
}
