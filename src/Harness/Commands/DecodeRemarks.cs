using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Commands;

/// <summary>What was in the way of decoding a capture, each remark a line for the error stream.</summary>
internal sealed class DecodeRemarks(DecodeArguments arguments, KeyLogInput keys, SessionSecrets secrets)
{
    private const int FaultsShown = 3;

    private static readonly Dictionary<CaptureFaultKind, string> FaultTexts = new()
    {
        [CaptureFaultKind.Truncated] =
            "the file is cut in the middle of a frame or block; what stands before it is shown",
        [CaptureFaultKind.BadLength] = "a length that no frame has; what stands before it is shown",
        [CaptureFaultKind.LengthsDisagree] = "the two lengths of a block differ; the first one is believed",
        [CaptureFaultKind.BadByteOrder] = "a section in a byte order that there is not",
        [CaptureFaultKind.UnknownInterface] = "a frame of an interface that was not described; it is left out",
        [CaptureFaultKind.BadCompression] = "the gzip stream is cut or broken; what stands before it is shown",
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
        Faults(decoding.File).Concat(Frames(decoding)).Concat(Fragments(decoding.Reassembly)).Concat(keys.Remarks)
            .Concat(Sessions()).Concat(RsaKeyInput.Remarks(arguments.RsaKeys, secrets));

    private IEnumerable<string> Faults(CaptureFileSummary file)
    {
        foreach (var fault in file.Faults.Take(FaultsShown))
            yield return $"{arguments.FileName}: {FaultTexts.GetValueOrDefault(fault.Kind) ?? fault.Kind.ToString()} "
                + $"(octet {fault.Offset}, after {file.Frames} frames)";
        if (file.Faults.Count > FaultsShown)
            yield return $"{arguments.FileName}: {file.Faults.Count - FaultsShown} faults more";
    }

    private IEnumerable<string> Frames(CaptureDecoding decoding)
    {
        if (decoding.Connections > 0) yield break;
        var reassembly = decoding.Reassembly;
        if (reassembly.Connections > 0 && arguments.Streams.Count + arguments.Ports.Count > 0)
            yield return $"{arguments.FileName}: none of its {reassembly.Connections} connections is one that "
                + "--stream and --port ask for";
        else
            yield return $"{arguments.FileName}: no TCP connection in {decoding.File.Frames} frames "
                + $"({reassembly.NotTcp} other than TCP, such as UDP; {reassembly.NotInternet} without IP, or of a link type "
                + $"that is not read; {reassembly.Malformed} malformed)";
    }

    private IEnumerable<string> Fragments(ReassemblyCounters reassembly)
    {
        if (reassembly.IncompletePackets > 0)
            yield return $"{arguments.FileName}: {reassembly.IncompletePackets} IP packets lack fragments; what they "
                + "carried is missing";
        if (reassembly.OverlappingFragments > 0)
            yield return $"{arguments.FileName}: {reassembly.OverlappingFragments} IP fragments overlap others; the first "
                + "octets of a place were kept";
    }

    private IEnumerable<string> Sessions()
    {
        if (arguments.Keys.Count == 0 || _sessions == 0) yield break;
        var names = string.Join(", ", arguments.Keys);
        if (_sessionsWithKeys == 0)
        {
            yield return $"{names}: {keys.KeyLog.SessionCount} sessions, and none of the {_sessions} TLS connections "
                + "here is among them: it belongs to another capture";
        }
        else if (_sessionsWithKeys < _sessions)
        {
            yield return $"{names}: secrets for {_sessionsWithKeys} of {_sessions} TLS connections; the others stay "
                + "closed";
        }
        if (_sessionsNotOpened > 0)
        {
            yield return $"{names}: the secrets of {_sessionsNotOpened} TLS connections don't open a single record of "
                + "them";
        }
    }
}
