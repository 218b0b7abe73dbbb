using System.Globalization;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Diagnosis.Certificates;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;
using static TlsInterop.Harness.Diagnosis.AlertCode;

namespace TlsInterop.Harness.Diagnosis.Misreadings;

/// <summary>What looks suspicious, and was proven fine: of tools, of logs, and of the protocol.</summary>
internal static partial class ProvenRules
{
    private const string Expired = "certificate-expired";
    private const int LongestQuote = 80;

    public static readonly DiagnosisRule[] Rows =
    [
        new("tool-misreading", "a tool complains of octets that are as they should be",
            "what a tool printed, every message decoded", "RFC 8422, Section 5.4; RFC 5246, Section 7.4.3",
            "A ServerKeyExchange is read by the kind of its key exchange.", ToolMisreading)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("key-exchange-fine", "the key exchange is as it should be", "ServerKeyExchange, its signature recomputed",
            "RFC 5246, Section 7.4.3; RFC 8422, Section 5.4", "The server's key signs randoms and parameters.",
            KeyExchange)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("certificate-valid", "the certificate was valid, and for the name that was asked for",
            "dates, names and uses of the server's certificate", "RFC 5280, Section 6.1.3; RFC 9525, Section 6.3",
            "A certificate is used within its time, for its names and uses.", CertificateValid)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("hello-retry-fine", "HelloRetryRequest is no fault", "HelloRetryRequest and what came of it",
            "RFC 8446, Section 4.1.4", "A server may ask for another share: a round trip more, and no error.",
            RetryFine)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("compatibility-change-cipher-spec", "ChangeCipherSpec in TLS 1.3 means nothing",
            "ChangeCipherSpec in TLS 1.3",
            "RFC 8446, Appendix D.4", "It is there so that middleboxes take TLS 1.3 for TLS 1.2.", ChangeCipherSpec)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("ticket-refused", "a ticket that is not taken is no error",
            "session_ticket, pre_shared_key, the full handshake",
            "RFC 5077, Section 3.2; RFC 8446, Section 2.2",
            "A server that does not take a ticket does a full handshake.", TicketRefused)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("early-data-refused", "early data that is not taken is no error", "early_data in both hellos",
            "RFC 8446, Section 4.2.10", "A server may leave early data; the client says it again.", EarlyDataRefused)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("padding-fine", "padding that is longer than it must be was taken", "padding_length of CBC records",
            "RFC 5246, Section 6.2.3.2", "Padding may be of any length up to 255 octets.", PaddingFine)
        {
            Kind = DiagnosisKind.NotTheCause,
        },
        new("log-contradicts-wire", "a log says something that the capture shows to be otherwise",
            "what logs say, the dates, names and alerts of the capture", "RFC 8446, Section 6",
            "What was on the wire is what happened; a log tells what a program made of it.", Contradiction)
        {
            Kind = DiagnosisKind.WorthKnowing,
        },
    ];

    private static Suspicion? ToolMisreading(DiagnosisEvidence seen)
    {
        var hint = seen.HintsFor("tool-misreading").FirstOrDefault();
        if (hint is null || seen.HasGap || seen.Connection.Records.Count == 0) return null;
        // Where our own decoder finds a fault as well, the tool may be right.
        if (seen.Connection.Faults.Any(item => item.Fault.Kind != WireFaultKind.Undecipherable)) return null;
        var numbers = Found().Match(hint.Line);
        // A tool that tells no length means no message that could be found.
        int? octets = numbers.Success
            && int.TryParse(numbers.Groups["found"].ValueSpan, CultureInfo.InvariantCulture, out var found)
                ? found
                : null;
        var meant = seen.Connection.Messages.FirstOrDefault(item =>
            item.Message.Bytes.Length - HandshakeMessage.HeaderLength == octets || item.Message.Bytes.Length == octets);
        var what = meant is null ? "every message decodes"
            : $"{meant.Message.Type} is well formed ({octets} octets{Parts(meant)})";
        return new(
            $"{(meant is null ? "what" : $"{meant.Message.Type}, of which")} {hint.Pattern.Stack} complains: {what}; "
            + $"its \"{Short(hint.Line)}\" is a fault of {hint.Pattern.Stack}", 99, "decoded without a fault",
            meant is null ? hint.ToString()
                : $"frame {meant.At.Number}, {meant.Message.Type}: {meant.Message.Bytes.Length} "
                + "octets, read to their end");
    }

    private static string Parts(HandshakeEvent item) => item.Message.Body is ServerKeyExchange exchange
        ? $": {exchange.Group ?? "parameters"}"
            + (exchange.Signature is { } signature ? $", signature {signature.Length}" : "")
        : "";

    private static string Short(string line)
    {
        var match = Complaint().Match(line);
        var said = line.Trim();
        return match.Success ? match.Value : said[..Math.Min(said.Length, LongestQuote)];
    }

    [GeneratedRegex(@"Found (?<found>\d+) bytes", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Found();

    [GeneratedRegex(@"expecting \d+|Malformed Packet", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Complaint();

    private static Suspicion? KeyExchange(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || IsAccused(seen)) return null;
        var check = seen.Verified.Handshakes.SelectMany(handshake => handshake.Checks).FirstOrDefault(item =>
            item.Status == CheckStatus.Ok && item.Event.Direction == Direction.ServerToClient
            && item.Event.Message.Body is not Finished);
        if (check is null) return null;
        return new(
            $"the key exchange: {check.Event.Message.Type} is well formed ({check.Event.Message.Bytes.Length} octets"
            + $"{Parts(check.Event)}), and its signature verifies (recomputed)", 99, "recomputed",
            $"frame {check.Event.At.Number}, {check.Event.Message.Type}");
    }

    // Well formed and signed as it is, its group may be what the client refuses.
    private static bool IsAccused(DiagnosisEvidence seen) =>
        seen.Find("dh-group-short") is not null || seen.HintsFor("dh-group-too-small").Any();

    private static Suspicion? CertificateValid(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || seen is not { Leaf: { } leaf, Now: { } now, Facts.ServerName: { } name }) return null;
        if (leaf.NotBefore > now || leaf.NotAfter < now) return null;
        var wrong = seen.Find("certificate-name", "certificate-purpose", "certificate-key-usage", "certificate-expired",
            "certificate-not-yet-valid");
        return wrong is not null && wrong.Direction == Direction.ServerToClient ? null : new(
            $"the dates and the name of the certificate: it was valid that day, and is for {name}", 99,
            "both stand in the certificate", ValidityRules.Dates(seen, leaf));
    }

    private static Suspicion? RetryFine(DiagnosisEvidence seen) =>
        seen.Facts.HasHelloRetryRequest && seen.Choice is not null
            ? new("HelloRetryRequest: the client answered it, and the handshake went on", 99, "a ServerHello followed",
                $"frame {seen.ChoiceEvent!.At.Number}, ServerHello")
            : null;

    private static Suspicion? ChangeCipherSpec(DiagnosisEvidence seen) =>
        !seen.IsComplete && seen.Facts.Version is { IsTls13: true }
        && seen.Events.OfType<ChangeCipherSpecEvent>().FirstOrDefault() is { } change
        && seen.Find("change-cipher-spec-misplaced", "change-cipher-spec-content") is null
            ? new("ChangeCipherSpec: in TLS 1.3 it means nothing, and middleboxes like to see it", 99,
                "it stands where it may", $"frame {change.At.Number}, ChangeCipherSpec")
            : null;

    private static Suspicion? TicketRefused(DiagnosisEvidence seen)
    {
        if (seen.Offer is not { } hello || seen.Choice is null || seen.Facts.IsResumed || seen.Facts.IsByPreSharedKey)
            return null;
        var offers = hello.Extensions.Find(ExtensionType.SessionTicket) is { Data.Length: > 0 }
            || hello.Extensions.Has(ExtensionType.PreSharedKey);
        return offers
            ? new("the ticket: the server did not take it, and did a full handshake, as it may", 99,
                "a full handshake followed", $"frame {seen.ChoiceEvent!.At.Number}, ServerHello")
            : null;
    }

    private static Suspicion? EarlyDataRefused(DiagnosisEvidence seen)
    {
        var first = seen.Connection.Messages.FirstOrDefault()?.Message.Body as ClientHello;
        if (first?.Extensions.Has(ExtensionType.EarlyData) != true || seen.Choice is null) return null;
        var encrypted = seen.Connection.Messages.FirstOrDefault(item => item.Message.Body is EncryptedExtensions);
        var wasTaken = encrypted?.Message.Body.Extensions.Has(ExtensionType.EarlyData);
        return wasTaken == true || (encrypted is null && !seen.Facts.HasHelloRetryRequest) ? null : new(
            "early data: the server did not take it, as it may", 99, "EncryptedExtensions lack early_data",
            $"frame {seen.ChoiceEvent!.At.Number}, ServerHello");
    }

    private static Suspicion? PaddingFine(DiagnosisEvidence seen)
    {
        var padded = seen.Verified.ProtectedRecords.FirstOrDefault(record => record.Opened is
            { IsOk: true, ExtraPaddingBlocks: > 0 });
        if (padded is null) return null;
        var wasTaken = seen.Events.Any(item => item.Direction != padded.Direction
            && item.At.Number > padded.Record.At.Number && item is (ApplicationDataEvent or HandshakeEvent));
        return wasTaken
            ? new("padding: records were padded by more than they need, and the other end went on", 99,
                "what followed shows it", $"frame {padded.Record.At.Number}, record {padded.Number}")
            : null;
    }

    // What a log says of a certificate can be held against the certificate.
    private static Suspicion? Contradiction(DiagnosisEvidence seen)
    {
        if (seen is not { Leaf: { } leaf, Now: { } now }) return null;
        var old = seen.Hints.FirstOrDefault(hint => hint.Pattern.Causes.Contains(Expired)
            && !hint.Pattern.Meaning.StartsWith("alert", StringComparison.Ordinal));
        var isValid = leaf.NotAfter >= now && seen.Chain.All(entry => entry.Summary is not { } each
            || each.NotAfter >= now);
        if (old is not null && isValid && !seen.EndedWith(CertificateExpired))
            return new($"{old.Log} tells of a certificate that has expired; those of the server had not", 99,
                "the dates stand in the capture", old.ToString(), ValidityRules.Dates(seen, leaf));
        var name = seen.HintsFor("certificate-wrong-name").FirstOrDefault();
        return name is not null && seen.Facts.ServerName is not null && seen.Find("certificate-name") is null
            ? new($"{name.Log} tells of a certificate for another name; it is for {seen.Facts.ServerName}", 99,
                "the names stand in the capture", name.ToString())
            : null;
    }
}
