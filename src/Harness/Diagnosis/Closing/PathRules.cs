using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Diagnosis.Closing;

/// <summary>What happens on the way between the two: what never arrives, and what somebody else cuts off.</summary>
internal static class PathRules
{
    private const int FewestTries = 3;
    private const int UsualSegment = 1400;

    public static readonly DiagnosisRule[] Rows =
    [
        new("segment-unacknowledged", "what an end sends does not arrive",
            "segments that are sent again, acknowledgments", "RFC 2923, Section 2.1; RFC 9293, Section 3.8.1",
            "Who gets no acknowledgment sends again; packets too large for the path vanish if ICMP is filtered.",
            Unacknowledged)
        {
            Server = "look at the path's MTU (ping -M do -s 1472), at filtered ICMP, at packet filters before it",
            Client = "likewise on its side; try a smaller MTU",
        },
        new("reset-at-client-hello", "somebody resets the connection at the ClientHello",
            "RST behind the ClientHello, nothing of the server before it", "RFC 3360, Section 2; RFC 8446, Section 6.2",
            "Filters that read server_name reset what they forbid; a server says why, with an alert.", ResetAtHello)
        {
            Server = "capture there too: a RST that it never sent was made on the way",
            Client = "try another name in server_name, and another network",
        },
        new("client-hello-cut", "the ClientHello is not whole", "the record of the ClientHello",
            "RFC 8446, Section 5.1", "A record has as many octets as its header says.", HelloCut)
        {
            Server = "look at the path's MTU: the rest may have been too large for it",
            Client = "see why it stops in the midst of its first message",
        },
    ];

    private static Suspicion? Unacknowledged(DiagnosisEvidence seen)
    {
        if (seen.IsComplete || seen.Context.Packets is not { IsAccepted: true } packets) return null;
        var isServers = packets.FromServer.Times >= FewestTries;
        var segment = isServers ? packets.FromServer : packets.FromClient;
        if (segment.Times < FewestTries) return null;
        var who = isServers ? "server" : "client";
        var isHello = !isServers && seen.EndedAtHello;
        return new(
            $"{segment.Octets} octets of the {who}{(isHello ? ", its ClientHello," : "")} never arrive: it sent them "
            + $"{segment.Times} times, and the other end never acknowledged them"
            + (isHello ? "; something on the way drops them for what they say or for their size"
                : segment.Octets > UsualSegment ? "; they may be larger than the path's MTU" : ""),
            93, "acknowledgments of the other end stand before these octets",
            $"frame {segment.Frame} is the first of {segment.Times} that hold them", seen.Ending.InWords);
    }

    private static Suspicion? ResetAtHello(DiagnosisEvidence seen)
    {
        if (!seen.EndedAtHello || seen.Ending is not { Kind: EndingKind.Reset, IsByServer: true }) return null;
        if (seen.Connection.FromServer is not { Octets: 0, MissingOctets: 0 }) return null;
        var name = seen.Facts.ServerName;
        return new(
            "the connection is reset at the ClientHello: by a server that crashed or closed, or by a filter on the way "
            + (name is null ? "that reads hellos" : $"that does not like the name {name}"), 46,
            "servers mostly close with an alert or FIN; filters reset", seen.Ending.InWords,
            $"frame {seen.OfferEvent!.At.Number}, ClientHello: server_name {name ?? "is missing"}");
    }

    private static Suspicion? HelloCut(DiagnosisEvidence seen)
    {
        if (seen.Choice is not null || seen.HasGap || seen.Context.CutAt is not null || seen.Ending.IsByServer)
            return null;
        if (seen.Connection.FromClient is not { Octets: > 0, Records: <= 1 }) return null;
        var (direction, at, fault) = seen.Connection.Faults.FirstOrDefault(item => item.Fault is
            { Kind: WireFaultKind.Truncated, Field: "fragment", Owner: FaultOwner.Peer });
        if (fault is null || direction != Direction.ClientToServer) return null;
        return new(
            $"the ClientHello is not whole: {Plural.Of(seen.Connection.FromClient.Octets, "octet")} of the client "
            + $"came, then {(seen.Ending.IsByClient ? $"it closed with {seen.Ending.How}" : "nothing more")}", 84,
            "a server waits for the rest of the record", $"frame {at.Number}: {fault.Detail}", seen.Ending.InWords);
    }
}
