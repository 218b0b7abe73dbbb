namespace TlsInterop.Harness.Runs;

/// <summary>The runs of a folder.</summary>
public static class EarlierRuns
{
    /// <summary>Their folders, the newest first: a run's name begins with its time.</summary>
    public static IEnumerable<string> In(string parent) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent)
            .Where(folder => File.Exists(Path.Combine(folder, RunFolder.JournalName)))
            .OrderByDescending(Path.GetFileName, StringComparer.Ordinal)
        : [];

    /// <summary>The newest run of a whole matrix that began before another; null if there is none that can be read.</summary>
    /// <param name="parent">Where the runs are.</param>
    /// <param name="matrix">Name of the matrix.</param>
    /// <param name="before">Folder of the other run.</param>
    public static RecordedRun? Last(string parent, string matrix, string before)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(before));
        foreach (var folder in In(parent)
            .Where(folder => string.CompareOrdinal(Path.GetFileName(folder), name) < 0))
        {
            try
            {
                if (RecordedRun.Load(folder) is { } run && run.Matrix == matrix && run.IsOfAll) return run;
            }
            catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
            {
                // One that broke off before its first cell tells nothing.
            }
        }
        return null;
    }
}
