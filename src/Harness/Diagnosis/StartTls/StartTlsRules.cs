using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Harness.Diagnosis.StartTls;

/// <summary>What goes wrong with STARTTLS.</summary>
internal static class StartTlsRules
{
    internal const string LooksAt = "what both ends say in clear text";
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
        new("starttls-prevented", "the server's greeting leaves no place for STARTTLS", LooksAt,
            "RFC 9051, Section 7.1.4; RFC 9051, Section 11.1",
            "Behind PREAUTH a client can't ask for STARTTLS any more, and leaves if it needs TLS.", Prevented)
        {
            Server = "don't authenticate clients in advance on a port of clear text",
            Client = "none: it is right to leave; look for who sits between the two",
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
        // A client may ask all the same; who agrees then has it.
        if (GoesOn(seen) is null && (IsTls(seen) || seen.Said(ClearTextMeaning.StartTls) is not null)) return null;
        var listed = seen.Said(Direction.ServerToClient).Where(item =>
            Listing.Any(start => item.Line.Contains(start, StringComparison.OrdinalIgnoreCase))).ToList();
        if (listed.Count == 0 || Stripped(seen) is not null) return null;
        if (seen.Facts.ClearTextProtocol is not { } protocol || protocol.Contains("HTTP", StringComparison.Ordinal))
            return null;
        // A refusal may name what it refuses.
        var offer = seen.Said(Direction.ServerToClient).FirstOrDefault(item =>
            item.Meaning != ClearTextMeaning.Refusal
            && OffersOfTls.Any(word => item.Line.Contains(word, StringComparison.OrdinalIgnoreCase)));
        if (offer is not null) return null;
        var left = seen.Said(Direction.ClientToServer).LastOrDefault()?.Meaning == ClearTextMeaning.Goodbye
            || !seen.Said(Direction.ClientToServer).Skip(1).Any();
        if (GoesOn(seen) is { } refusal)
        {
            return new(
                $"the server ({protocol}) does not offer STARTTLS; the client asks for it and begins TLS all the same, "
                + $"though the server says \"{refusal.Line}\"", 96, "its list lacks it, and its answer refuses it",
                [.. listed.Take(3).Select(Quoted), Quoted(refusal)]);
        }
        return new(
            $"the server ({protocol}) lists what it can do, and STARTTLS is not among it", left ? 88 : 55,
            left ? "the client takes its leave behind that list" : "the client goes on in clear text",
            [.. listed.Take(3).Select(Quoted)]);
    }

    private static Suspicion? Refused(DiagnosisEvidence seen)
    {
        if (seen.Said(ClearTextMeaning.StartTls) is not { } request) return null;
        var goesOn = GoesOn(seen);
        var refusal = goesOn ?? (IsTls(seen) ? null : seen.Said(ClearTextMeaning.Refusal));
        if (refusal is null || refusal.At.Number < request.At.Number || NotOffered(seen) is not null) return null;
        return new(
            $"the server refuses STARTTLS: \"{refusal.Line}\""
            + (goesOn is null ? "" : "; the client begins TLS all the same"), 95, "it says so", Quoted(request),
            Quoted(refusal));
    }

    // What the server said to STARTTLS before the client began TLS all the same.
    private static ClearTextEvent? GoesOn(DiagnosisEvidence seen)
    {
        if (seen.Choice is not null || seen.Said(ClearTextMeaning.StartTls) is not { } request) return null;
        if (seen.Said(ClearTextMeaning.GoAhead) is not null || seen.Connection.Records is not [var first, ..])
            return null;
        return seen.Said(Direction.ServerToClient).FirstOrDefault(item => item.Meaning == ClearTextMeaning.Refusal
            && item.At.Number >= request.At.Number && item.At.Number < first.Record.At.Number);
    }

    private static Suspicion? AfterStartTls(DiagnosisEvidence seen) =>
        !seen.IsComplete && seen.Find("clear-text-after-starttls") is { } finding
            ? new($"an end goes on in clear text behind STARTTLS. {finding.Message}", 84, "no TLS came of it",
                $"frame {finding.Frame}")
            : null;

    private static Suspicion? BeforeGoAhead(DiagnosisEvidence seen) =>
        !seen.IsComplete && GoesOn(seen) is null && seen.Find("tls-before-go-ahead") is { } finding
            ? new($"the client does not wait for the answer to STARTTLS. {finding.Message}", 86, "no TLS came of it",
                $"frame {finding.Frame}")
            : null;

    private static Suspicion? Prevented(DiagnosisEvidence seen) =>
        !IsTls(seen) && seen.Said(Direction.ServerToClient).FirstOrDefault() is { } greeting
        && greeting.Line.StartsWith("* PREAUTH", StringComparison.OrdinalIgnoreCase) && seen.Ending.IsByClient
            ? new("the server greets the client as authenticated, so that it can't ask for STARTTLS, and the client "
                + "leaves", 90, "clients that demand TLS leave there", Quoted(greeting), seen.Ending.InWords)
            : null;

    internal static bool IsTls(DiagnosisEvidence seen) => seen.Connection.Records.Count > 0;

    internal static string Quoted(ClearTextEvent item) =>
        $"frame {item.At.Number}, {Phrase.Side(item.Direction)}: \"{item.Line}\"";
}
