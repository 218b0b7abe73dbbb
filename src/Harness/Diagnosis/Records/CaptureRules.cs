using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using static TlsInterop.Harness.Diagnosis.AlertCode;
using static TlsInterop.Harness.Diagnosis.Phrase;

namespace TlsInterop.Harness.Diagnosis.Records;

/// <summary>What the capture itself keeps back.</summary>
internal static class CaptureRules
{
    // RFC 8446, Section 5.2: an alert of two octets, its content type, and the tag of an AEAD; some pad it.
    private const int LongestAlert = 24;

    public static readonly DiagnosisRule[] Rows =
    [
        new("hidden-alert", "an alert, most likely, that can't be read without keys",
            "the length of the last encrypted record, who closed behind it",
            "RFC 8446, Section 5.2; RFC 8446, Section 6",
            "Behind the ServerHello alerts of TLS 1.3 are encrypted too.", HiddenAlert)
        {
            Server = "write a key log (SSLKEYLOGFILE), or look at its log", Client = "likewise",
        },
        new("keys-do-not-fit", "the secrets that were given are not those of the connection", "records and secrets",
            "RFC 9850, Section 2", "A line of a key log holds the random of its ClientHello.", KeysDoNotFit)
        {
            Client = "take the key log of the very run that was captured",
        },
        new("capture-incomplete", "the capture lacks packets", "gaps in the streams of octets",
            "RFC 9293, Section 3.4", "Sequence numbers tell what is missing.", Incomplete)
        {
            Client = "capture with a larger buffer, closer to the end: tcpdump -B 16384 -s 0",
        },
        new("capture-starts-late", "the capture begins in the midst of the connection", "the opening, the hellos",
            "RFC 9293, Section 3.5", "A connection begins with SYN.", StartsLate)
        {
            Client = "begin the capture before the client connects",
        },
        new("capture-one-sided", "the capture holds one direction alone", "octets of both directions",
            "RFC 9293, Section 3.4", "Acknowledgments tell that the other end spoke too.", OneSided)
        {
            Client = "capture where both directions pass: no mirror port of one of them",
        },
        new("not-tls", "nothing of it is TLS", "the first octets of both ends", "RFC 8446, Section 5.1",
            "A record begins with its type, a version and its length.", NotTls)
        {
            Client = "look for the connection that failed: --stream N, decode --summary",
        },
    ];

    private static Suspicion? HiddenAlert(DiagnosisEvidence seen)
    {
        if (seen.Facts.Version is not { IsTls13: true }) return null;
        if (seen.Ending is not { IsSilent: true, By: { } by }) return null;
        var last = seen.Events.LastOrDefault(item => item.Direction == by && item is not (EndEvent or AnomalyEvent));
        if (last is not EncryptedEvent { Length: <= LongestAlert } closed) return null;
        // Finished and what an end has to say are longer; behind them a short record is close_notify.
        var before = seen.Events.OfType<EncryptedEvent>().Count(item => item.Direction == by);
        var isClients = by == Direction.ClientToServer;
        if (isClients ? before > 1 : !AnswersFinished(seen, closed)) return null;
        return new(
            $"the last record of the {Side(by)} is as long as an encrypted alert, and it closed behind it: it refuses "
            + "something, and only keys or its log tell what", isClients ? 72 : 58,
            $"{closed.Length} octets hold an alert and little else",
            $"frame {closed.At.Number}: an encrypted record of {closed.Length} octets", seen.Ending.InWords);
    }

    // Servers that are content send tickets or data, which are longer, before they close.
    private static bool AnswersFinished(DiagnosisEvidence seen, EncryptedEvent closed)
    {
        var events = seen.Events.OfType<EncryptedEvent>().ToList();
        var client = events.FindLastIndex(item => item.Direction == Direction.ClientToServer);
        return client >= 0 && client + 1 == events.IndexOf(closed)
            && events.Count(item => item.Direction == Direction.ClientToServer) <= 3;
    }

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
