using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>What was in the way of decoding a capture, each remark a line for the error stream.</summary>
internal sealed class DecodeRemarks(DecodeArguments arguments, KeyLogInput keys, SessionSecrets secrets)
{
    private const int FaultsShown = 3;

    private static readonly Dictionary<CaptureFaultKind, string> Consequences = new()
    {
        [CaptureFaultKind.Truncated] = "; what stands before it is shown",
        [CaptureFaultKind.BadLength] = "; what stands before it is shown",
        [CaptureFaultKind.LengthsDisagree] = "; the first one is believed",
        [CaptureFaultKind.UnknownInterface] = "; it is left out",
        [CaptureFaultKind.BadCompression] = "; what stands before it is shown",
    };

    private int _sessions;
    private int _sessionsWithKeys;
    private int _sessionsNotOpened;

    /// <summary>Takes notice of a connection; from any thread.</summary>
    public void Count(CapturedConnection connection)
    {
        var decoded = connection.Decoded;
        if (decoded.Facts.ClientRandom.IsEmpty) return;
        Interlocked.Increment(ref _sessions);
        if (!connection.KeyLog.Knows(decoded.Facts.ClientRandom.Span)) return;
        Interlocked.Increment(ref _sessionsWithKeys);
        var (client, server) = (decoded.FromClient, decoded.FromServer);
        if (client.FailedRecords + server.FailedRecords > 0 && client.OpenedRecords + server.OpenedRecords == 0)
            Interlocked.Increment(ref _sessionsNotOpened);
    }

    /// <summary>The remarks, when everything is read.</summary>
    public IEnumerable<string> Of(CaptureDecoding decoding) =>
        Options().Concat(Faults(decoding.File)).Concat(Frames(decoding)).Concat(Fragments(decoding.Reassembly))
            .Concat(keys.Remarks).Concat(keys.Contradictions).Concat(Sessions())
                .Concat(RsaKeyInput.Remarks(arguments.RsaKeys, secrets));

    // What was asked for and changes nothing.
    private IEnumerable<string> Options()
    {
        if (arguments is { Verifies: true, IsSummary: false })
        {
            yield return arguments.Format == DecodeFormat.Snapshot
                ? "--verify: no effect with --format snapshot, which shows no findings"
                : "--verify: no effect without --summary: the rules are asked anyway";
        }
        if (arguments.HasDetails && (arguments.IsSummary || arguments.Format != DecodeFormat.Text))
        {
            yield return arguments.IsSummary
                ? "--details: no effect with --summary"
                : $"--details: no effect with --format {arguments.Format.ToString().ToLowerInvariant()}";
        }
    }

    private IEnumerable<string> Faults(CaptureFileSummary file)
    {
        foreach (var fault in file.Faults.Take(FaultsShown))
            yield return $"{arguments.FileName}: {fault.What}{Consequences.GetValueOrDefault(fault.Kind)} "
                + $"(octet {fault.Offset}, after {Plural.Of(file.Frames, "frame")})";
        if (file.Faults.Count > FaultsShown)
            yield return $"{arguments.FileName}: {Plural.Of(file.Faults.Count - FaultsShown, "fault")} more";
    }

    private IEnumerable<string> Frames(CaptureDecoding decoding)
    {
        var reassembly = decoding.Reassembly;
        foreach (var (type, frames) in reassembly.Unread.LinkTypes)
            yield return $"{arguments.FileName}: link type {type} is not read: {Plural.Of(frames, "frame")} left out";
        foreach (var (name, packets) in reassembly.Unread.Tunnels)
            yield return $"{arguments.FileName}: {Plural.Of(packets, "packet")} of {name}: what they carry is not read";
        if (decoding.Connections > 0) yield break;
        if (reassembly.Connections > 0 && arguments.Streams.Count + arguments.Ports.Count > 0)
            yield return $"{arguments.FileName}: none of its {Plural.Of(reassembly.Connections, "connection")} is one "
                + $"that {Asked()}";
        else
            yield return $"{arguments.FileName}: no TCP connection in {Plural.Of(decoding.File.Frames, "frame")}"
                + Instead(reassembly);
    }

    // A command has the one, or both.
    private string Asked() => (arguments.Streams.Count, arguments.Ports.Count) switch
    {
        (> 0, 0) => "--stream asks for",
        (0, _) => "--port asks for",
        _ => "--stream and --port ask for",
    };

    // What there is in place of TCP; it need not be wrong to have captured it.
    private static string Instead(ReassemblyCounters reassembly)
    {
        var unread = reassembly.Unread;
        var parts = new List<string>();
        if (unread.Dtls > 0) parts.Add($"{Plural.Of(unread.Dtls, "datagram")} of DTLS, which is not read");
        if (unread.Quic > 0) parts.Add($"{Plural.Of(unread.Quic, "datagram")} of QUIC, whose TLS is not read");
        if (unread.Udp - unread.Dtls - unread.Quic is > 0 and var udp)
            parts.Add($"{Plural.Of(udp, "datagram")} of UDP");
        if (reassembly.NotTcp - unread.Udp is > 0 and var others)
            parts.Add($"{Plural.Of(others, "packet")} of other protocols");
        if (reassembly.NotInternet - unread.LinkTypes.Sum(row => row.Frames) is > 0 and var bare)
            parts.Add($"{bare} without IP");
        if (reassembly.Malformed > 0) parts.Add($"{reassembly.Malformed} malformed");
        if (reassembly.Segments > 0) parts.Add($"{Plural.Of(reassembly.Segments, "segment")} without data");
        return parts.Count > 0 ? $": {string.Join(", ", parts)}" : "";
    }

    private IEnumerable<string> Fragments(ReassemblyCounters reassembly)
    {
        if (reassembly.IncompletePackets > 0)
            yield return $"{arguments.FileName}: {Plural.Of(reassembly.IncompletePackets, "IP packet")} without all "
                + "fragments; what was in it is missing";
        if (reassembly.OverlappingFragments > 0)
            yield return $"{arguments.FileName}: {Plural.Of(reassembly.OverlappingFragments, "IP fragment")} on top of "
                + "others; the first octets of a place were kept";
    }

    private IEnumerable<string> Sessions()
    {
        if (arguments.Keys.Count == 0 || _sessions == 0 || keys.KeyLog.SessionCount == 0) yield break;
        var names = string.Join(", ", arguments.Keys);
        if (_sessionsWithKeys == 0)
        {
            yield return $"{names}: {Plural.Of(keys.KeyLog.SessionCount, "session")}, and none of the "
                + $"{Plural.Of(_sessions, "TLS connection")} here is among them: it belongs to another capture";
        }
        else if (_sessionsWithKeys < _sessions)
        {
            yield return $"{names}: secrets for {_sessionsWithKeys} of {Plural.Of(_sessions, "TLS connection")}; "
                + "the others stay closed";
        }
        if (_sessionsNotOpened > 0)
        {
            yield return $"{names}: the secrets of {Plural.Of(_sessionsNotOpened, "TLS connection")} don't open a "
                + "single record of it";
        }
    }
}
