using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>
/// A run as one folder of pages that open from disk, without a server and without a network: what changed, why what is
/// red is red, the matrix, the list of its cells, and a page for each cell that tells something.
/// </summary>
public static class HtmlReport
{
    /// <summary>Name of the report's folder in that of its run.</summary>
    public const string FolderName = "report";

    /// <summary>Writes the report; what another report left in its folder is replaced.</summary>
    /// <param name="run">The run.</param>
    /// <param name="since">What changed since an earlier run; null if there is none.</param>
    /// <param name="folder">Where to; made if it is not there.</param>
    /// <param name="pages">Which cells get a page of their own; null for what is usual.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Its first page.</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="InvalidDataException">The folder holds something else than a report.</exception>
    public static async Task<string> WriteAsync(
        RecordedRun run, RunComparison? since, string folder, CellPages? pages = null,
        CancellationToken cancellationToken = default)
    {
        Clear(folder);
        Directory.CreateDirectory(folder);
        ReportFiles.Write(folder);
        var cells = ListedCells.Of(run, since, pages ?? new());
        CellData.Write(cells, folder);
        await using var renderer = new ComponentRenderer();
        await new CellPageWriter(run, since, renderer).WriteAsync(cells, folder, cancellationToken);
        var index = Path.Combine(folder, ReportFiles.IndexName);
        // The last: who finds it finds the rest.
        await File.WriteAllTextAsync(
            index, await renderer.RenderAsync<RunPage>((nameof(RunPage.View), RunPageView.Of(run, since, cells))),
            cancellationToken);
        return index;
    }

    // Pages of another run would stay among those of this one. Only what a report has is removed.
    private static void Clear(string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        if (!File.Exists(Path.Combine(folder, ReportFiles.ScriptName)))
            throw new InvalidDataException(
                $"{folder}: there is something else than a report in it; name a folder that is empty, or not there");
        File.Delete(Path.Combine(folder, ReportFiles.IndexName));
        foreach (var inner in new[] { ReportFiles.DataFolder, ReportFiles.CellsFolder })
        {
            var path = Path.Combine(folder, inner);
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
        }
    }
}
