using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Presentation;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Import;

/// <summary>
/// Reads hexadecimal: records, handshake messages, or whole packets, of xxd, hexdump, Wireshark or by hand.
/// </summary>
internal static class HexDump
{
    public const string Form = "hex dump";

    // struct { HandshakeType msg_type; uint24 length; ProtocolVersion legacy_version; Random random; ... }
    private const int LeastHello = 38;

    /// <summary>True if most lines are hexadecimal.</summary>
    public static bool Recognises(ReportText text)
    {
        var lines = text.Head.Where(line => !string.IsNullOrWhiteSpace(line)).ToList();
        var digits = lines.Count(HexLine.Is);
        return digits > 0 && digits * 2 >= lines.Count;
    }

    /// <summary>Reads it.</summary>
    public static void Read(ReportText text, ReportedConnections report)
    {
        var blocks = HexBlocks.Of(text.Lines, report.Remark);
        if (blocks.Count == 0) return;
        if (PacketsIn(blocks) is { Count: > 0 } packets)
        {
            using var capture = new MemoryStream();
            CaptureFile.Write(capture, packets);
            capture.Position = 0;
            CaptureReport.Read(capture, report, hasTimes: false);
            return;
        }
        if (CaptureFile.IsCapture(blocks[0]))
        {
            using var capture = new MemoryStream([.. blocks.SelectMany(block => block)]);
            CaptureReport.Read(capture, report);
            return;
        }
        var notes = new ConnectionNotes(Form, 1);
        var records = new RecordNotes(notes);
        foreach (var block in blocks) Take(block, notes, records);
        records.End();
        report.Add(notes);
    }

    private static List<CapturedFrame> PacketsIn(List<byte[]> blocks)
    {
        var number = 0L;
        return [.. blocks.Select(block => (block, link: LinkTypeOf(block))).Where(item => item.link is not null)
            .Select(item => new CapturedFrame(
                new(new(++number, number * 1000), item.link!.Value, item.block.Length), item.block))];
    }

    // RFC 894 and RFC 2464; RFC 791, Section 3.1; RFC 8200, Section 3
    private static LinkType? LinkTypeOf(ReadOnlySpan<byte> block) =>
        block.Length > 34 && IsIp(block[12..14], block[14..]) ? LinkType.Ethernet
        : block.Length > 36 && IsIp(block[14..16], block[16..]) ? LinkType.LinuxCooked
        : IsIp(block) ? LinkType.Raw
        : null;

    private static bool IsIp(ReadOnlySpan<byte> type, ReadOnlySpan<byte> packet) =>
        (type is [8, 0] or [0x86, 0xdd]) && IsIp(packet);

    private static bool IsIp(ReadOnlySpan<byte> packet) =>
        packet is [>= 0x45 and <= 0x4f, _, _, _, _, _, _, _, _, 6, ..] && packet.Length >= 40
        || packet is [>= 0x60 and <= 0x6f, _, _, _, _, _, 6, ..] && packet.Length >= 60;

    private static void Take(byte[] block, ConnectionNotes notes, RecordNotes records)
    {
        if (IsHello(block))
        {
            notes.Take(
                from: null, HandshakeMessage.Read(Whole(block, notes), notes.Context, FaultOwner.CutCapture));
            return;
        }
        var start = StartOfRecord(block);
        if (start > 0 && start < block.Length)
            notes.Remark($"{Plural.Of(start, "octet")} before the first record were left out");
        records.Add(from: null, block.AsSpan(start));
    }

    // A message without its record.
    private static bool IsHello(ReadOnlySpan<byte> block) =>
        block is [1 or 2, 0, _, _, 3, <= 4, ..] && block.Length >= LeastHello;

    private static byte[] Whole(byte[] block, ConnectionNotes notes)
    {
        var length = HandshakeMessage.HeaderLength + (block[2] << 8 | block[3]);
        if (length <= block.Length) return block[..length];
        notes.Remark(
            $"the message lacks {Plural.Of(length - block.Length, "octet")} of {length}: the text ends before");
        return block;
    }

    // A TCP header, or what else stands before.
    private static int StartOfRecord(ReadOnlySpan<byte> block)
    {
        if (RecordReader.LooksLikeTls(block) != false) return 0;
        for (var at = 1; at + LeastHello < block.Length; at++)
            if (block[at..] is [22, 3, <= 4, _, _, 1 or 2, 0, ..]) return at;
        return 0;
    }
}
