using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>Reads the connections of a capture.</summary>
internal static class CaptureReport
{
    public const string Form = "capture";

    /// <summary>The connections that have TLS, as far as they are wanted.</summary>
    /// <param name="stream">The capture from its beginning.</param>
    /// <param name="report">Takes them.</param>
    /// <param name="hasTimes">False if the times of the frames mean nothing.</param>
    public static void Read(Stream stream, ReportedConnections report, bool hasTimes = true)
    {
        var decoding = new CaptureDecoder(new() { Limits = DecodingLimits.Default with { ApplicationRecords = 16 } })
            .Read(stream, captured => Notes(captured, hasTimes), report.Add);
        foreach (var fault in decoding.File.Faults.Take(1))
            report.Remark($"the capture is {fault.What} at octet {fault.Offset}");
    }

    /// <summary>What a decoded connection tells.</summary>
    private static ConnectionNotes Notes(CapturedConnection captured, bool hasTimes)
    {
        var notes = new ConnectionNotes(Form, captured.Info.Number)
        {
            Label = $"{captured.Info.Client} → {captured.Info.Server}",
            At = hasTimes
                ? DateTimeOffset.UnixEpoch.AddTicks(captured.Info.FirstFrame.UnixNanoseconds / 100)
                : null,
        };
        var records = captured.Decoded.Records.Where(record => record.Direction == Direction.ClientToServer);
        var version = records.Select(record => (ProtocolVersion?)record.Record.Version).FirstOrDefault();
        foreach (var item in captured.Decoded.Events) Take(notes, item, version);
        var facts = captured.Decoded.Facts;
        notes.Answer = notes.Answer with { Group = facts.Group ?? notes.Answer.Group, Alpn = facts.Alpn };
        return notes;
    }

    private static void Take(ConnectionNotes notes, ConnectionEvent item, ProtocolVersion? version)
    {
        switch (item)
        {
            case HandshakeEvent handshake: notes.Take(item.Direction, handshake.Message, version); break;
            case AlertEvent alert: notes.Take(item.Direction, alert.Alert); break;
            case ChangeCipherSpecEvent: notes.Step(item.Direction, "ChangeCipherSpec"); break;
            case ApplicationDataEvent: notes.Step(item.Direction, "application data"); break;
            case EncryptedEvent { Type: var type }:
                notes.Step(item.Direction, type == ContentType.Handshake ? "Finished" : $"encrypted {Word(type)}");
                break;
            case EndEvent end: notes.End(item.Direction, end.End == ConnectionEnd.Fin ? "FIN" : "RST"); break;
            case GapEvent gap: notes.Remark($"the capture lacks {Plural.Of(gap.Length, "octet")}"); break;
        }
    }

    private static string Word(ContentType type) => type == ContentType.Alert ? "alert" : "record";
}
