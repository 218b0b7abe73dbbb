using System.Diagnostics;
using System.Globalization;

namespace TlsInterop.Bench.Matrix;

/// <summary>Looks at a run as it goes on, and writes a row for each so many cells.</summary>
/// <param name="process">The run's process; its workers are its children.</param>
/// <param name="every">Cells from one row to the next.</param>
/// <param name="rows">Receives the table.</param>
internal sealed class EnduranceCurve(int process, int every, TextWriter rows)
{
    // proc(5): times are in ticks of the clock, a hundred a second on every Linux.
    private const double TickMilliseconds = 10;
    // Of the fields behind the program's name, which may have blanks in it.
    private const int OwnUser = 11, OwnSystem = 12, ReapedUser = 13, ReapedSystem = 14;

    private readonly byte[] _buffer = new byte[1 << 16];
    private long _read;
    private int _cells;
    private (int Cells, long At, double Harness, double Workers)? _last;

    /// <summary>Counts what the journal has got since, and writes the row that became due.</summary>
    public void Look(string journal)
    {
        using (var file = new FileStream(journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            file.Seek(_read, SeekOrigin.Begin);
            for (int got; (got = file.Read(_buffer)) > 0; _read += got)
                _cells += _buffer.AsSpan(0, got).Count((byte)'\n');
        }
        if (_last is not { } last)
        {
            rows.WriteLine(
                "| cells | cells a minute | ms of processor a cell: harness | workers | MB | MB of workers |");
            rows.WriteLine("|---|---|---|---|---|---|");
        }
        else if (_cells < last.Cells + every)
            return;
        Write();
    }

    private void Write()
    {
        var now = Stopwatch.GetTimestamp();
        var workers = Children();
        var harness = Milliseconds(process, OwnUser, OwnSystem);
        // What a worker took that has ended is told by who waited for it.
        var theirs = Milliseconds(process, ReapedUser, ReapedSystem)
            + workers.Sum(id => Milliseconds(id, OwnUser, OwnSystem));
        if (_last is { } last && _cells > last.Cells)
        {
            var cells = _cells - last.Cells;
            rows.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {_cells} | {cells / Stopwatch.GetElapsedTime(last.At, now).TotalMinutes:0} "
                + $"| {(harness - last.Harness) / cells:0.0} | {(theirs - last.Workers) / cells:0.0} "
                + $"| {Megabytes(process)} | {workers.Sum(Megabytes)} |"));
        }
        _last = (_cells, now, harness, theirs);
    }

    private List<int> Children() => (Read($"/proc/{process}/task", Directory.GetDirectories) ?? [])
        .SelectMany(task => (Read($"{task}/children", File.ReadAllText) ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();

    private static double Milliseconds(int id, params int[] fields)
    {
        var stat = Read($"/proc/{id}/stat", File.ReadAllText);
        var behindName = stat?[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return behindName is null
            ? 0
            : fields.Sum(field => long.Parse(behindName[field], CultureInfo.InvariantCulture)) * TickMilliseconds;
    }

    // proc(5): VmRSS is the resident set size, in KiB.
    private static int Megabytes(int id)
    {
        var line = Read($"/proc/{id}/status", File.ReadAllLines)?
            .FirstOrDefault(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.AsSpan("VmRSS:".Length, line.Length - "VmRSS: kB".Length)) >> 10;
    }

    private static T? Read<T>(string path, Func<string, T> read) where T : class
    {
        try
        {
            return read(path);
        }
        catch (IOException) // it has ended
        {
            return null;
        }
    }
}
