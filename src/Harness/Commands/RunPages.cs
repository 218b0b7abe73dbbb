using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Commands;

/// <summary>The pages that a run leaves beside its journal.</summary>
internal static class RunPages
{
    /// <summary>Writes them, beside the last run of the same matrix before.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="results">Its results as they are at hand, so that they are not twice in memory.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>The first page.</returns>
    /// <exception cref="IOException">They can't be written.</exception>
    /// <exception cref="InvalidDataException">The folder has no results.</exception>
    public static async Task<string> WriteAsync(
        string folder, IReadOnlyList<CellResult> results, CancellationToken cancellationToken)
    {
        var run = RecordedRun.Load(folder, new StringPool(results));
        var before = new EarlierRuns(Path.GetDirectoryName(run.Folder)!).Before(run);
        return await HtmlReport.WriteAsync(
            run, before is null ? null : RunComparison.Of(RecordedRun.Load(before), run),
            Path.Combine(folder, HtmlReport.FolderName),
            cancellationToken: cancellationToken);
    }
}
