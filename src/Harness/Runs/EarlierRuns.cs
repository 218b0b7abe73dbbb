using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>The runs of a folder, and which of them a run is to be compared with.</summary>
/// <param name="parent">The folder, as <c>runs/</c>.</param>
public sealed class EarlierRuns(string parent)
{
    /// <summary>The word for the youngest run.</summary>
    public const string Latest = "latest";

    /// <summary>The word for the run that the youngest is compared with.</summary>
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
        if (File.Exists(text)) return Journal(text);
        if (Directory.Exists(text)) return Run(text);
        var named = Path.Combine(parent, text);
        if (Directory.Exists(named)) return Run(named);
        var words = Entries.Reverse().Select(entry => entry.Name).Append(Latest).Append(Previous);
        throw new InvalidDataException(
            $"{NearMatch.Unknown("run", text, words)}\n  a run is a folder, its {RunFolder.JournalName}, or the name "
                + $"of a folder in {parent}");
    }

    /// <summary>
    /// The run that one is compared with, if nobody says which: of those of the same matrix, shard and patterns that
    /// began before it the youngest with the same plan, and if there is none the youngest.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="elsewhere">Runs in another place, of which it may be one as well; null for none.</param>
    /// <returns>Its folder; null if there is none.</returns>
    public string? Before(RecordedRun run, EarlierRuns? elsewhere = null) => Before(
        new RunEntry(
            run.Folder, run.Matrix, run.Header?.Shard, string.Join('\n', run.Header?.Chosen ?? []),
            run.Header?.Plan ?? "", run.Started),
        Entries.Concat(elsewhere?.Entries ?? []))?.Folder;

    /// <summary>The runs of a whole matrix, the youngest first.</summary>
    public IEnumerable<RunEntry> OfAll(string matrix) =>
        Entries.Reverse().Where(entry => entry is { Shard: null, Chosen: "" } && entry.Matrix == matrix);

    // A run of other cells says nothing of those that it does not have.
    private static RunEntry? Before(RunEntry run, IEnumerable<RunEntry> entries) => entries
        .Where(entry => entry.Started < run.Started
            && (entry.Matrix, entry.Shard, entry.Chosen) == (run.Matrix, run.Shard, run.Chosen)
            && Path.GetFullPath(entry.Folder) != Path.GetFullPath(run.Folder))
        .OrderBy(entry => entry.Plan.Length > 0 && entry.Plan == run.Plan).ThenBy(entry => entry.Started)
        .ThenBy(entry => entry.Name, StringComparer.Ordinal).LastOrDefault();

    // A journal may have been copied, and have any name; what has none of its lines is something else.
    private static string Journal(string file)
    {
        if (Path.GetFileName(file) == RunFolder.JournalName) return file;
        var first = "";
        using (var reader = new StreamReader(file))
        {
            var buffer = new char[64];
            first = new string(buffer, 0, reader.ReadBlock(buffer));
        }
        return first.StartsWith("{\"journal\":", StringComparison.Ordinal)
            || first.StartsWith("{\"cell\":", StringComparison.Ordinal)
            ? file
            : throw new InvalidDataException(
                $"{file}: this file is no journal of a run. Expected: a run's folder, or its {RunFolder.JournalName}");
    }

    // CI lays the shards of a night into one folder.
    private static string Run(string folder)
    {
        if (File.Exists(Path.Combine(folder, RunFolder.JournalName))) return folder;
        var below = Directory.EnumerateDirectories(folder)
            .Where(inner => File.Exists(Path.Combine(inner, RunFolder.JournalName)))
            .Order(StringComparer.Ordinal).ToList();
        if (below.Count == 0) return folder;
        throw new InvalidDataException(
            $"{folder}: this is no run: {(below.Count == 1 ? "a run lies" : $"{below.Count} runs lie")} in it\n"
                + $"  remedy: name one of them, as {below[0]}; shards of a plan are joined by "
                + $"'{Commands.CommandTree.Program} merge {folder}'");
    }

    private string Last(string word)
    {
        if (Entries is not [.., var latest])
            throw new InvalidDataException(
                $"{word}: there is no run in {parent}\n  remedy: '{Commands.CommandTree.Program} run' makes one; "
                    + "--runs names another folder");
        if (word == Latest) return latest.Folder;
        return Before(latest, Entries)?.Folder
            ?? throw new InvalidDataException(
                $"{word}: no run in {parent} of the same part of '{latest.Matrix}' is older than {latest.Name}");
    }
}
