using TlsInterop.Harness.Commands;
using TlsInterop.Tls.Capture.Files;

namespace TlsInterop.Harness.Import;

/// <summary>Recovers a client from what somebody reported: a capture, or a tool's text.</summary>
public static class ImportFile
{
    /// <summary>Reads a report's file, whose form is recognised by its content.</summary>
    /// <exception cref="UsageException">It is not there, has no form that is known, or no TLS connection.</exception>
    public static ImportedConnection Read(string path, ImportOptions options)
    {
        if (Directory.Exists(path))
            throw new UsageException(
                $"{path}: Expected: a file. Got: a folder.\n  remedy: name one of the files in it");
        if (!File.Exists(path)) throw new UsageException($"{path}: there is no such file.\n  remedy: check the path");
        using var stream = File.OpenRead(path);
        return Read(stream, path, options);
    }

    /// <summary>Reads a file that is open.</summary>
    internal static ImportedConnection Read(Stream stream, string path, ImportOptions options)
    {
        var name = options.Name ?? ProfileNames.Of(path);
        if (CaptureFile.IsCapture(stream))
        {
            var captured = new ReportedConnections(CaptureReport.Form, options.Connection);
            CaptureReport.Read(stream, captured);
            return captured.Done(path, name);
        }
        if (TlsOctets.Recognises(stream))
        {
            var octets = new ReportedConnections(TlsOctets.Form, options.Connection);
            TlsOctets.Read(stream, octets);
            return octets.Done(path, name);
        }
        var text = ReportText.Read(stream);
        var form = ReportForms.All.FirstOrDefault(known => known.Recognises(text))
            ?? throw Unknown(path, stream.Length);
        var report = new ReportedConnections(form.Name, options.Connection);
        if (!text.IsWhole)
            report.Remark($"the file is longer than {ReportText.MostCharacters >> 20} MiB: the rest is not read");
        form.Read(text, report);
        return report.Done(path, name);
    }

    private static UsageException Unknown(string path, long length) => new(
        $"{path}: Expected: a report of a TLS connection. Got: "
        + (length == 0 ? "an empty file." : "something else.")
        + "\n  what can be read, and how to get it:\n"
        + $"    {CaptureReport.Form,-24} {ReportForms.CollectCapture}\n"
        + string.Join('\n', ReportForms.All.Select(form => $"    {form.Name,-24} {form.Collect}")));
}
