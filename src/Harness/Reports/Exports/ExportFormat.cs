using System.Text;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Exports;

/// <summary>Writes a run as text.</summary>
/// <param name="run">The run.</param>
/// <param name="comparison">The run beside an earlier one; null if there is none.</param>
/// <param name="output">Takes the text.</param>
public delegate void WriteExport(RecordedRun run, RunComparison? comparison, TextWriter output);

/// <summary>Writes a run to a path.</summary>
/// <param name="run">The run.</param>
/// <param name="comparison">The run beside an earlier one; null if there is none.</param>
/// <param name="path">The file or folder.</param>
/// <param name="cancellationToken">Gives it up.</param>
public delegate Task WriteExportFile(
    RecordedRun run, RunComparison? comparison, string path, CancellationToken cancellationToken);

/// <summary>A form that a run can be written in.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="What">What it is for, in a few words.</param>
/// <param name="DefaultName">Its file or folder in a run's folder.</param>
/// <param name="WriteAsync">Writes it to a path.</param>
public sealed record ExportFormat(string Name, string What, string DefaultName, WriteExportFile WriteAsync)
{
    /// <summary>Writes it to a stream of text; null for what is a folder.</summary>
    public WriteExport? ToText { get; private init; }

    /// <summary>A form that is one file of text.</summary>
    public static ExportFormat OfText(string name, string what, string defaultName, WriteExport write) =>
        new(name, what, defaultName, (run, comparison, path, cancellationToken) =>
            ToFileAsync(path, output => write(run, comparison, output), cancellationToken))
        {
            ToText = write,
        };

    // Beside its place first: who reads it never sees half of it.
    private static async Task ToFileAsync(
        string path, Action<TextWriter> write, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await using (var output = new StreamWriter(unfinished, append: false, new UTF8Encoding(false)))
            {
                output.NewLine = "\n";
                write(output);
            }
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
