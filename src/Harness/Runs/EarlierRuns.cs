using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>The runs of a folder, and which of them a run is to be compared with.</summary>
/// <param name="parent">The folder, as <c>runs/</c>.</param>
public sealed class EarlierRuns(string parent)
{
    /// <summary>The word for the youngest run.</summary>
    public const string Latest = "latest";

    /// <summary>The word for the run of the same matrix before the youngest.</summary>
    public const string Previous = "previous";

    private readonly Lazy<IReadOnlyList<RunEntry>> _entries = new(() =>
    [
        .. (Directory.Exists(parent) ? Directory.EnumerateDirectories(parent) : [])
            .Select(RunEntry.Of).OfType<RunEntry>()
            .OrderBy(entry => entry.Started).ThenBy(entry => entry.Name, StringComparer.Ordinal),
    ]);

    /// <summary>Every run that can be read, the oldest first.</summary>
    public IReadOnlyList<RunEntry> Entries => _entries.Value;

    /// <summary>The folder, or the file, that a person means.</summary>
    /// <param name="text">
    /// A folder, a journal, the name of a folder in this one, <c>latest</c> or <c>previous</c>.
    /// </param>
    /// <exception cref="InvalidDataException">There is no such run; the message has the nearest.</exception>
    public string Find(string text)
    {
        if (text is Latest or Previous) return Last(text);
        if (File.Exists(text) || Directory.Exists(text)) return text;
        var named = Path.Combine(parent, text);
        if (Directory.Exists(named)) return named;
        var words = Entries.Reverse().Select(entry => entry.Name).Append(Latest).Append(Previous);
        throw new InvalidDataException(
            $"{NearMatch.Unknown("run", text, words)}\n  a run is a folder, its {RunFolder.JournalName}, or the name "
                + $"of a folder in {parent}");
    }

    /// <summary>The latest run of the same cells that began before one: of its matrix, shard and patterns.</summary>
    /// <returns>Its folder; null if there is none.</returns>
    public string? Before(RecordedRun run) => Before(new RunEntry(
        run.Folder, run.Matrix, run.Header?.Shard, string.Join('\n', run.Header?.Chosen ?? []), run.Started))?.Folder;

    /// <summary>The runs of a whole matrix, the youngest first.</summary>
    public IEnumerable<RunEntry> OfAll(string matrix) =>
        Entries.Reverse().Where(entry => entry is { Shard: null, Chosen: "" } && entry.Matrix == matrix);

    // A run of other cells says nothing of those that it does not have.
    private RunEntry? Before(RunEntry run) => Entries.LastOrDefault(entry => entry.Started < run.Started
        && (entry.Matrix, entry.Shard, entry.Chosen) == (run.Matrix, run.Shard, run.Chosen)
        && Path.GetFullPath(entry.Folder) != Path.GetFullPath(run.Folder));

    private string Last(string word)
    {
        if (Entries is not [.., var latest])
            throw new InvalidDataException(
                $"{word}: there is no run in {parent}\n  remedy: '{Commands.CommandTree.Program} run' makes one; "
                    + "--runs names another folder");
        if (word == Latest) return latest.Folder;
        return Before(latest)?.Folder
            ?? throw new InvalidDataException(
                $"{word}: {latest.Name} is the only run of '{latest.Matrix}' in {parent}");
    }
}
