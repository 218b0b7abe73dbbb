using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Harness.Diagnosis.StartTls;

/// <summary>What goes wrong on the way from clear text to TLS.</summary>
internal static class StartTlsRules
{
    private const string LooksAt = "what both ends say in clear text";
    private static readonly string[] OffersOfTls = ["STARTTLS", "STLS", "AUTH TLS", "AUTH SSL"];

    // What an end says that lists what it can do: one of these without an offer of TLS among them.
    private static readonly string[] Listing = ["250-", "250 ", "* CAPABILITY", "+OK", "211-", "101", "[CAPABILITY"];

    public static readonly DiagnosisRule[] Rows =
    [
        new("starttls-stripped", "somebody between the two takes STARTTLS out of the dialogue", LooksAt,
            "RFC 3207, Section 6; RFC 7435, Section 3",
            "Who sits between the two can remove the offer of TLS: opportunistic TLS does not notice.", Stripped)
        {
            Server = "offer TLS from the first octet as well (465, 993, 995); publish MTA-STS or DANE",
            Client = "demand TLS; switch off the 'inspection' of mail in the firewall on the way",
        },
        new("starttls-not-offered", "the server does not offer STARTTLS", LooksAt,
            "RFC 3207, Section 4; RFC 9051, Section 6.1.1",
            "A server that has TLS lists STARTTLS among what it can do.",
            NotOffered)
        {
            Server = "give it a certificate and key, and switch STARTTLS on (Exim: tls_advertise_hosts = *; Cyrus: "
                + "tls_server_cert)",
            Client = "use the port of TLS from the first octet, if the server has one",
        },
        new("starttls-refused", "the server refuses STARTTLS", LooksAt, "RFC 3207, Section 4",
            "454: TLS is not available for a reason that passes; 5yz: not at all.", Refused)
        {
            Server = "its log says why: mostly the certificate or its key can't be read",
        },
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
        new("clear-text-after-starttls", "an end went on in clear text behind STARTTLS", LooksAt,
            "RFC 3207, Section 4.2", "Behind the go-ahead both ends speak TLS.", AfterStartTls)
        {
            Server = "discard what stands behind STARTTLS", Client = "wait for the answer to STARTTLS",
        },
        new("tls-before-go-ahead", "the client began TLS before the server had agreed", LooksAt,
            "RFC 3207, Section 4", "TLS begins when the server's 220 has come.", BeforeGoAhead)
        {
            Client = "wait for the answer to STARTTLS",
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
        new("starttls-prevented", "the server's greeting leaves no place for STARTTLS", LooksAt,
            "RFC 9051, Section 7.1.4; RFC 9051, Section 11.1",
            "Behind PREAUTH a client can't ask for STARTTLS any more, and leaves if it needs TLS.", Prevented)
        {
            Server = "don't authenticate clients in advance on a port of clear text",
            Client = "none: it is right to leave; look for who sits between the two",
        },
        new("greeting-refused", "the server refuses the client before anything of TLS", LooksAt,
            "RFC 5321, Section 3.1; RFC 9051, Section 7.1.5", "554 or BYE as a greeting: no service for this client.",
            GreetingRefused)
        {
            Server = "look at its rules for hosts and at its limits of connections",
        },
    ];

    private static Suspicion? Stripped(DiagnosisEvidence seen)
    {
        // Firewalls overwrite the word with X, so that no length changes.
        var masked = seen.Said(Direction.ServerToClient).FirstOrDefault(item => Words(item.Line).Any(word =>
            word.Length >= 7 && word.All(letter => letter is 'X' or 'x')));
        var rest = seen.Said(Direction.ClientToServer).FirstOrDefault(item => Words(item.Line).Any(word =>
            word.Length >= 4 && word.All(letter => letter is 'X' or 'x')));
        if (masked is null && rest is null) return null;
        if (seen.Choice is not null) return null;
        var item = masked ?? rest!;
        return new(
            $"somebody between the two overwrites words of the dialogue: \"{item.Line}\" stands where STARTTLS belongs",
            96, "no server says so by itself: firewalls that 'inspect' mail do", Quoted(item));
    }

    private static string[] Words(string line) => line.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);

    private static Suspicion? NotOffered(DiagnosisEvidence seen)
    {
        if (IsTls(seen) || seen.Said(ClearTextMeaning.StartTls) is not null) return null;
        var listed = seen.Said(Direction.ServerToClient).Where(item =>
            Listing.Any(start => item.Line.Contains(start, StringComparison.OrdinalIgnoreCase))).ToList();
        if (listed.Count == 0 || Stripped(seen) is not null) return null;
        if (seen.Facts.ClearTextProtocol is not { } protocol || protocol.Contains("HTTP", StringComparison.Ordinal))
            return null;
        if (seen.Said(Direction.ServerToClient).Any(item => OffersOfTls.Any(word =>
            item.Line.Contains(word, StringComparison.OrdinalIgnoreCase)))) return null;
        var left = seen.Said(Direction.ClientToServer).LastOrDefault()?.Meaning == ClearTextMeaning.Goodbye
            || !seen.Said(Direction.ClientToServer).Skip(1).Any();
        return new(
            $"the server ({protocol}) lists what it can do, and STARTTLS is not among it", left ? 88 : 55,
            left ? "the client takes its leave behind that list" : "the client goes on in clear text",
            [.. listed.Take(3).Select(Quoted)]);
    }

    private static Suspicion? Refused(DiagnosisEvidence seen) =>
        !IsTls(seen) && seen.Said(ClearTextMeaning.StartTls) is { } request
        && seen.Said(ClearTextMeaning.Refusal) is { } refusal && refusal.At.Number >= request.At.Number
            ? new($"the server refuses STARTTLS: \"{refusal.Line}\"", 95, "it says so", Quoted(request),
                Quoted(refusal))
            : null;

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
                "the server reads records from the first octet on", Quoted(said), seen.Ending.InWords)
            : null;

    private static Suspicion? AfterStartTls(DiagnosisEvidence seen) =>
        !seen.IsComplete && seen.Find("clear-text-after-starttls") is { } finding
            ? new($"an end goes on in clear text behind STARTTLS. {finding.Message}", 84, "no TLS came of it",
                $"frame {finding.Frame}")
            : null;

    private static Suspicion? BeforeGoAhead(DiagnosisEvidence seen) =>
        !seen.IsComplete && seen.Find("tls-before-go-ahead") is { } finding
            ? new($"the client does not wait for the answer to STARTTLS. {finding.Message}", 86, "no TLS came of it",
                $"frame {finding.Frame}")
            : null;

    private static Suspicion? Proxy(DiagnosisEvidence seen) =>
        seen.Said(ClearTextMeaning.TunnelRefused) is { } refusal
            ? new($"a proxy does not open the way: \"{refusal.Line}\"", 96, "it says so", Quoted(refusal))
            : null;

    private static Suspicion? NobodySpeaks(DiagnosisEvidence seen)
    {
        if (seen.Connection.FromClient.Octets > 0 || seen.Connection.FromServer.Octets > 0) return null;
        if (seen.HasGap || seen.Ending is not { IsByClient: true, Kind: EndingKind.Fin }) return null;
        return new("the connection is opened and closed by the client, and nobody says a word", 62,
            "each waits for the other to begin, or the client only tries the port", seen.Ending.InWords);
    }

    private static Suspicion? Prevented(DiagnosisEvidence seen) =>
        !IsTls(seen) && seen.Said(Direction.ServerToClient).FirstOrDefault() is { } greeting
        && greeting.Line.StartsWith("* PREAUTH", StringComparison.OrdinalIgnoreCase) && seen.Ending.IsByClient
            ? new("the server greets the client as authenticated, so that it can't ask for STARTTLS, and the client "
                + "leaves",
                90, "clients that demand TLS leave there", Quoted(greeting), seen.Ending.InWords)
            : null;

    private static Suspicion? GreetingRefused(DiagnosisEvidence seen)
    {
        if (IsTls(seen) || seen.Said(Direction.ServerToClient).FirstOrDefault() is not { } first) return null;
        var refuses = first.Line.StartsWith("554", StringComparison.Ordinal)
            || first.Line.StartsWith("421", StringComparison.Ordinal)
            || first.Line.StartsWith("* BYE", StringComparison.OrdinalIgnoreCase)
            || first.Line.StartsWith("-ERR", StringComparison.OrdinalIgnoreCase);
        return refuses
            ? new($"the server has no service for this client: \"{first.Line}\"", 94, "it says so as its greeting",
                Quoted(first))
            : null;
    }

    private static bool IsTls(DiagnosisEvidence seen) => seen.Connection.Records.Count > 0;

    private static string Quoted(ClearTextEvent item) =>
        $"frame {item.At.Number}, {Verdicts.CellWords.Ends(item.Direction)}: \"{item.Line}\"";
}
