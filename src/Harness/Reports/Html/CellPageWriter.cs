using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Reports.Html;

/// <summary>Writes the pages of cells, and their captures beside them.</summary>
/// <param name="run">The run.</param>
/// <param name="since">What changed; null if there is no earlier run.</param>
/// <param name="renderer">Makes them.</param>
internal sealed class CellPageWriter(RecordedRun run, RunComparison? since, ComponentRenderer renderer)
{
    /// <summary>Ending of a capture's name; the rest is its page's.</summary>
    public const string CaptureEnding = ".pcapng";

    private readonly ExhibitReader _exhibits = new(run) { EarlierFolder = since?.Before.Folder };
    private readonly Dictionary<string, CellChange> _changes =
        since?.Changes.ToDictionary(change => change.Cell, StringComparer.Ordinal) ?? [];

    /// <summary>Writes the pages of those cells that have one.</summary>
    /// <param name="cells">All cells.</param>
    /// <param name="folder">The report's folder.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="IOException">They can't be written.</exception>
    public Task WriteAsync(IEnumerable<ListedCell> cells, string folder, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            cells.Where(cell => cell.HasPage), cancellationToken,
            async (cell, cancelled) => await WriteAsync(cell, Path.Combine(folder, cell.Page), cancelled));

    private async Task WriteAsync(ListedCell cell, string path, CancellationToken cancellationToken)
    {
        var change = _changes.GetValueOrDefault(cell.Id);
        var exhibits = _exhibits.Of(cell.Result!, change);
        var view = CellPageView.Of(
            cell, change, run.Matrix.Length > 0 ? $"{run.Matrix}, {run.Name}" : run.Name,
            run.Header?.Again ?? "./interop run", exhibits);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (exhibits.Capture is { } capture)
            File.Copy(capture, path[..^".html".Length] + CaptureEnding, overwrite: true);
        await File.WriteAllTextAsync(
            path, await renderer.RenderAsync<CellPage>((nameof(CellPage.View), view)), cancellationToken);
    }
}
