using TlsInterop.Tls.Records;

namespace TlsInterop.Harness.Import;

/// <summary>Reads a file that is records of TLS as they were on the wire, of one end or of both.</summary>
internal static class TlsOctets
{
    public const string Form = "TLS records";

    private const int MostOctets = 16 << 20;
    private const int Start = 64;

    /// <summary>True if a file begins with a handshake record; its position is kept.</summary>
    public static bool Recognises(Stream stream)
    {
        var start = new byte[Start];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read > TlsRecord.HeaderLength && start is [22, 3, <= 4, ..];
    }

    /// <summary>Reads it: one connection.</summary>
    public static void Read(Stream stream, ReportedConnections report)
    {
        var octets = new byte[Math.Min(stream.Length, MostOctets)];
        var read = stream.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false);
        if (stream.Length > MostOctets)
            report.Remark($"the file is longer than {MostOctets >> 20} MiB: the rest is not read");
        var notes = new ConnectionNotes(Form, 1);
        var records = new RecordNotes(notes);
        records.Add(from: null, octets.AsSpan(0, read));
        records.End();
        report.Add(notes);
    }
}
