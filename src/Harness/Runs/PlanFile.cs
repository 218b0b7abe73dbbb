using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// <c>plan.json</c>: the cells of a run by their ids, and which shard has each. What is missing of a run, or doubled,
/// is told by it, and all shards of one plan have the same.
/// </summary>
public sealed record PlanFile
{
    /// <summary>Its name in a run's folder.</summary>
    public const string Name = "plan.json";

    /// <summary>The format that is written now.</summary>
    public const int Newest = 1;

    /// <summary>Number of the format.</summary>
    public int Plan { get; init; } = Newest;

    /// <summary>Name of the matrix.</summary>
    public required string Matrix { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The matrix' file, relative to the checkout.</summary>
    public required string File { get; init; }

    /// <summary>Patterns that chose some cells of the matrix; none for all of it.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>True if handshakes are compared with accepted ones.</summary>
    public bool ComparesSnapshots { get; init; }

    /// <summary>
    /// See <see cref="DigestOf"/>: it tells whether shards are of one plan, and whether none is missing.
    /// </summary>
    public required string Digest { get; init; }

    /// <summary>How many shards there are.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>The cells to run, in the order of the plan.</summary>
    public required IReadOnlyList<PlannedCell> Cells { get; init; }

    /// <summary>The cells left out.</summary>
    public IReadOnlyList<PlannedSkip> Skipped { get; init; } = [];

    /// <summary>The file of a plan, in one shard.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="file">The matrix' file, relative to the checkout.</param>
    public static PlanFile Of(MatrixPlan plan, string file) => new PlanFile
    {
        Matrix = plan.Name,
        Description = plan.Description,
        File = file.Replace('\\', '/'),
        ComparesSnapshots = plan.ComparesSnapshots,
        Digest = "",
        Cells = [.. plan.Cells.Select(cell => new PlannedCell(cell.Id, 1))],
        Skipped = [.. plan.Skipped.Select(left => new PlannedSkip(left.Cell.Id, left.Reason))],
    }.Digested();

    /// <summary>The same cells in shards of equal expected time.</summary>
    public PlanFile InShards(int shards, CellTimes times)
    {
        var cells = Cells.Select(planned => CellOf(planned.Cell)).ToList();
        var assigned = ShardBalance.Of(cells, shards, times.Of);
        return (this with
        {
            Shards = shards,
            Cells =
            [
                .. cells.Select((cell, at) => new PlannedCell(
                    cell.Id, assigned[at], times.IsKnown(cell) ? Math.Round(times.Of(cell), 1) : null)),
            ],
        }).Digested();
    }

    /// <summary>The same, with those cells skipped that one who took it found out not to be possible.</summary>
    /// <param name="taken">What he made of it.</param>
    /// <param name="shard">The shard that he has.</param>
    /// <param name="done">Cells that have a result already, whatever their endpoints can do now.</param>
    public PlanFile Without(MatrixPlan taken, int shard, IEnumerable<string>? done = null)
    {
        var known = Skipped.Select(left => left.Cell).Concat(done ?? []).ToHashSet(StringComparer.Ordinal);
        var lost = taken.Skipped.Where(left => !known.Contains(left.Cell.Id))
            .Select(left => new PlannedSkip(left.Cell.Id, left.Reason, shard)).ToList();
        var gone = lost.Select(left => left.Cell).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Cells = [.. Cells.Where(cell => !gone.Contains(cell.Cell))], Skipped = [.. Skipped, .. lost],
        };
    }

    /// <summary>The plan that a run of one shard has, or of all with shard 0.</summary>
    /// <exception cref="InvalidDataException">A cell's id is none: the file is of another version.</exception>
    public MatrixPlan ToPlan(int shard = 0) => new(
        Matrix, Description,
        [.. Cells.Where(planned => shard == 0 || planned.Shard == shard).Select(planned => CellOf(planned.Cell))],
        [
            // What nobody runs is told by the first shard, what one found out by itself.
            .. Skipped.Where(left => shard == 0 || (left.Shard ?? 1) == shard)
                .Select(left => new SkippedCell(CellOf(left.Cell), left.Reason)),
        ])
    {
        ComparesSnapshots = ComparesSnapshots,
    };

    /// <summary>Writes it. Whoever is killed meanwhile leaves the one of before.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(string path)
    {
        var unfinished = $"{path}.{Environment.ProcessId}";
        using (var file = System.IO.File.Create(unfinished))
        {
            JsonSerializer.Serialize(file, this, RunJson.Indented);
            file.WriteByte((byte)'\n');
        }
        System.IO.File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidDataException">It is not there, is no plan, or is one of a newer format.</exception>
    public static PlanFile Read(string path)
    {
        PlanFile? read;
        try
        {
            using var file = System.IO.File.OpenRead(path);
            read = JsonSerializer.Deserialize<PlanFile>(file, RunJson.Options);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{path}: there is no such file; 'tlsinterop plan' writes plans", absent);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException(
                $"{path}: this is no plan of 'tlsinterop plan': {broken.Message.Split('\n')[0]}", broken);
        }
        if (read is null || read.Plan > Newest)
            throw new InvalidDataException(
                $"{path}: it is of format {read?.Plan.ToString(CultureInfo.InvariantCulture) ?? "null"}, and this "
                + $"program knows those up to {Newest}: use the one that wrote it");
        if (read.Shards is < 1 or > Shard.Most || read.Cells.DistinctBy(cell => cell.Cell).Count() != read.Cells.Count)
            throw new InvalidDataException(
                $"{path}: a cell is in it twice, or it has no number of shards from 1 to {Shard.Most}");
        return read;
    }

    private Cell CellOf(string id) => CellId.TryParse(id, out var cell, out var problem)
        ? cell
        : throw new InvalidDataException($"{Name} of '{Matrix}': {id}: {problem}");

    /// <summary>
    /// What the matrix' name, the number of shards, and every cell with the shard that was to have it hash to, in
    /// whatever order they come, and whether that shard then found out that it can't run.
    /// </summary>
    /// <param name="shards">The number of shards.</param>
    public string DigestOf(int shards)
    {
        var cells = Cells.Select(cell => $"{cell.Shard} {cell.Cell}")
            .Concat(Skipped.Select(left => left.Shard is { } shard ? $"{shard} {left.Cell}" : $"- {left.Cell}"));
        // Line by line: as one text a large plan is a hundred megabytes.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{Matrix} {shards}"));
        foreach (var cell in cells.Order(StringComparer.Ordinal)) hash.AppendData(Encoding.UTF8.GetBytes($"\n{cell}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private PlanFile Digested() => this with { Digest = DigestOf(Shards) };
}
