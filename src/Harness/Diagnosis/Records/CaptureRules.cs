using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using static TlsInterop.Harness.Diagnosis.AlertCode;
using static TlsInterop.Harness.Diagnosis.Phrase;

namespace TlsInterop.Harness.Diagnosis.Records;

/// <summary>What the capture itself keeps back.</summary>
internal static class CaptureRules
{
    /// <summary>A connection that was silent for so long does not end where the file does.</summary>
    private const long LongBefore = 4_000_000_000;

    public static readonly DiagnosisRule[] Rows =
    [
        new("hidden-alert", "an alert, most likely, that can't be read without keys",
            "the length of the last encrypted record, who closed behind it",
            "RFC 8446, Section 5.2; RFC 8446, Section 6",
            "Behind the ServerHello alerts of TLS 1.3 are encrypted too.", HiddenAlert)
        {
            IsGeneral = true,
            Server = "write a key log (SSLKEYLOGFILE), or look at its log", Client = "likewise",
        },
        new("keys-do-not-fit", "the secrets that were given are not those of the connection", "records and secrets",
            "RFC 9850, Section 2", "A line of a key log holds the random of its ClientHello.", KeysDoNotFit)
        {
            Capture = "take the key log of the very run that was captured",
        },
        new("capture-incomplete", "the capture lacks packets", "gaps in the streams of octets",
            "RFC 9293, Section 3.4", "Sequence numbers tell what is missing.", Incomplete)
        {
            Capture = "capture with a larger buffer, closer to the end: tcpdump -B 16384 -s 0",
        },
        new("capture-cut", "the capture breaks off before the connection ends", "the end of the file",
            "RFC 9293, Section 3.6", "A connection ends with FIN or RST.", Cut)
        {
            Capture = "wait until an end closes before the capture is stopped, and copy the whole file",
        },
        new("capture-starts-late", "the capture begins in the midst of the connection", "the opening, the hellos",
            "RFC 9293, Section 3.5", "A connection begins with SYN.", StartsLate)
        {
            Capture = "begin the capture before the client connects",
        },
        new("capture-one-sided", "the capture holds one direction alone", "octets of both directions",
            "RFC 9293, Section 3.4", "Acknowledgments tell that the other end spoke too.", OneSided)
        {
            Capture = "capture where both directions pass: no mirror port of one of them",
        },
        new("not-tls", "nothing of it is TLS", "the first octets of both ends", "RFC 8446, Section 5.1",
            "A record begins with its type, a version and its length.", NotTls)
        {
            Capture = "look for the connection that failed: --stream N, decode --summary",
        },
    ];

    private static Suspicion? HiddenAlert(DiagnosisEvidence seen) => seen.HiddenAlert is not { } alert ? null
        : new(
            alert.By == Direction.ClientToServer
                ? "the client ended with what is an alert by its size, in answer to the server's flight: commonly it "
                    + "refuses the certificate"
                : "the server ended with what is an alert by its size, right behind the client's Finished: commonly "
                    + "certificate_required, or the client's certificate does not please it",
            72, $"{alert.Record.Length} octets hold an alert and little else; only keys or a log tell which",
            $"frame {alert.Record.At.Number}: an encrypted record of {alert.Record.Length} octets of the "
                + Side(alert.By), seen.Ending.InWords);

    private static Suspicion? KeysDoNotFit(DiagnosisEvidence seen)
    {
        var (client, server) = (seen.Connection.FromClient, seen.Connection.FromServer);
        if (client.FailedRecords + server.FailedRecords == 0) return null;
        if (client.OpenedRecords + server.OpenedRecords > 0) return null;
        if (seen.EndedWith(BadRecordMac, DecryptionFailed)) return null;
        return new("the secrets that were given open no record: they belong to another connection, or are spoilt", 64,
            "not a single record opens", $"{client.FailedRecords + server.FailedRecords} records stay closed");
    }

    private static Suspicion? Incomplete(DiagnosisEvidence seen)
    {
        if (seen.Events.OfType<GapEvent>().FirstOrDefault() is not { } gap || seen.IsComplete) return null;
        var octets = seen.Connection.FromClient.MissingOctets + seen.Connection.FromServer.MissingOctets;
        return new($"the capture lacks {octets} octets of the connection: what failed may be among them", 60,
            "nobody can judge what was not captured",
            $"frame {gap.At.Number}: {gap.Length} octets of the {Side(gap.Direction)} are missing");
    }

    private static Suspicion? Cut(DiagnosisEvidence seen)
    {
        if (seen is not { Context.CutAt: { } cut, Ending.By: null, IsComplete: false }) return null;
        if (seen.Events is [.., var last] && cut - last.At.UnixNanoseconds > LongBefore) return null;
        return new(
            "the capture breaks off in the midst of a packet, before the connection ends: no failure shows in it", 86,
            "the file is cut, and nobody had closed or objected", seen.Ending.After is { } message
                ? $"frame {message.At.Number}, {message.Message.Type}: the last message" : "no message stands before");
    }

    private static Suspicion? StartsLate(DiagnosisEvidence seen) =>
        seen.Outcome == ConnectionOutcome.StartsLate
            ? new("the capture begins behind the handshake: what went before is not in it", 78,
                "there is no hello in it", seen.Ending.InWords)
            : null;

    private static Suspicion? OneSided(DiagnosisEvidence seen) =>
        seen.Outcome == ConnectionOutcome.OneSided
            ? new("the capture holds one direction alone", 84, "acknowledgments tell of octets that it lacks",
                $"{seen.Connection.FromClient.Octets} octets of the client, {seen.Connection.FromServer.Octets} of the "
                    + "server")
            : null;

    private static Suspicion? NotTls(DiagnosisEvidence seen) =>
        seen.Outcome == ConnectionOutcome.NotTls && seen.Facts.ClearTextProtocol is null
        && seen.Find("clear-text-to-tls-server", "clear-text-unanswered") is null
            ? new("what the two say is no TLS, and no protocol that is known to lead to it", 76,
                "neither end sent a record", Quoted(seen))
            : null;

    private static string Quoted(DiagnosisEvidence seen) =>
        seen.Events.FirstOrDefault(item => item is ClearTextEvent or FaultEvent) switch
        {
            ClearTextEvent text => $"frame {text.At.Number}: \"{text.Line}\"",
            FaultEvent fault => $"frame {fault.At.Number}: {fault.Fault.Detail}",
            _ => "no octet that could be shown",
        };
}
