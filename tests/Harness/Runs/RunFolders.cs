using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Runs;

/// <summary>Folders of runs that nobody ran: journal and plan as a run writes them.</summary>
/// <param name="parent">The folder that they are made in.</param>
internal sealed class RunFolders(string parent)
{
    /// <summary>When the first of them began; each one after it a day later.</summary>
    public static readonly DateTimeOffset FirstStart = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);

    private int _written;

    /// <summary>Where they are.</summary>
    public string Parent => parent;

    /// <summary>Writes one.</summary>
    /// <param name="results">Its results, in the order of its plan.</param>
    /// <param name="missing">Ids of cells that were to run as well.</param>
    /// <param name="skipped">Cells left out, with their reasons.</param>
    /// <param name="header">Changes what it says of itself; null for the usual.</param>
    /// <param name="matrix">Name of its matrix.</param>
    /// <param name="end">How it ended; null for "well".</param>
    /// <param name="hasEnded">False for one that was killed.</param>
    /// <returns>Its folder.</returns>
    public string Write(
        IEnumerable<CellResult> results, IReadOnlyList<string>? missing = null,
        IReadOnlyList<PlannedSkip>? skipped = null, Func<JournalHeader, JournalHeader>? header = null,
        string matrix = "smoke", JournalEnd? end = null, bool hasEnded = true)
    {
        var started = FirstStart.AddDays(_written++);
        var folder = Path.Combine(parent, $"{started:yyyyMMdd-HHmmss}-{_written}");
        Directory.CreateDirectory(folder);
        var planned = new List<PlannedCell>();
        using (var journal = new Journal(Path.Combine(folder, RunFolder.JournalName)))
        {
            var usual = Header(Path.GetFileName(folder), started, matrix);
            journal.Begin(header is null ? usual : header(usual));
            foreach (var result in results)
            {
                journal.Append(result with { Started = started.AddSeconds(planned.Count) });
                planned.Add(new PlannedCell(result.Cell, 1));
            }
            if (hasEnded) journal.Finish(end ?? new JournalEnd(started.AddMinutes(5), 0, Interruption: null, []));
        }
        planned.AddRange((missing ?? []).Select(id => new PlannedCell(id, 1)));
        new PlanFile
        {
            Matrix = matrix,
            File = $"matrices/{matrix}.yaml",
            Digest = "0123456789abcdef",
            ComparesSnapshots = true,
            Cells = planned,
            Skipped = skipped ?? [],
        }.Write(Path.Combine(folder, PlanFile.Name));
        return folder;
    }

    /// <summary>Writes one of before there were headers and plans.</summary>
    public string WriteOld(params IEnumerable<CellResult> results)
    {
        var started = FirstStart.AddDays(_written++);
        var folder = Path.Combine(parent, $"{started:yyyyMMdd-HHmmss}-{_written}");
        Directory.CreateDirectory(folder);
        using var journal = new Journal(Path.Combine(folder, RunFolder.JournalName));
        foreach (var result in results) journal.Append(result with { Started = started });
        return folder;
    }

    private static JournalHeader Header(string name, DateTimeOffset started, string matrix) => new()
    {
        Run = name,
        Matrix = matrix,
        Plan = "0123456789abcdef",
        Started = started,
        Harness = "1111222233334444",
        Engine = "docker 27.5.1",
        Again = matrix == "smoke" ? "./interop run" : $"./interop run {matrix}",
        Snapshots = $"tests/Interop/Snapshots/{matrix}",
        Endpoints =
        [
            new("openssl@trixie", "OpenSSL 3.5.4", "aaaaaaaaaaaaaaaa"),
            new("gnutls@bookworm", "GnuTLS 3.7.9", "bbbbbbbbbbbbbbbb"),
        ],
    };
}
