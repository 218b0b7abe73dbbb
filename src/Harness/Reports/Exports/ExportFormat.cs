using System.Text;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>Writes a run as text.</summary>
/// <param name="run">The run.</param>
/// <param name="comparison">The run beside an earlier one; null if there is none.</param>
/// <param name="output">Takes the text.</param>
public delegate void WriteExport(RecordedRun run, RunComparison? comparison, TextWriter output);

/// <summary>A form that a run can be written in.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="What">What it is for, in a few words.</param>
/// <param name="DefaultName">Its file or folder in a run's folder.</param>
/// <param name="Write">Writes it to a path.</param>
public sealed record ExportFormat(
    string Name, string What, string DefaultName, Action<RecordedRun, RunComparison?, string> Write)
{
    /// <summary>Writes it to a stream of text; null for what is a folder.</summary>
    public WriteExport? ToText { get; private init; }

    /// <summary>A form that is one file of text.</summary>
    public static ExportFormat OfText(string name, string what, string defaultName, WriteExport write) =>
        new(name, what, defaultName, (run, comparison, path) => ToFile(path, output => write(run, comparison, output)))
        {
            ToText = write,
        };

    // Beside its place first: who reads it never sees half of it.
    private static void ToFile(string path, Action<TextWriter> write)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var output = new StreamWriter(unfinished, append: false, new UTF8Encoding(false)))
            {
                output.NewLine = "\n";
                write(output);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
