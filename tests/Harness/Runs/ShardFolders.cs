using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Runs;

/// <summary>Folders of shards as runs leave them, without that anything ran.</summary>
internal sealed class ShardFolders : IDisposable
{
    public static readonly DateTimeOffset Began = new(2026, 11, 22, 2, 10, 0, TimeSpan.Zero);

    public static readonly JournalEndpoint[] Endpoints =
    [
        new("exim@bullseye", "4.94", "e1"), new("gnutls@bookworm", "3.7.9", "g1"), new("gnutls@trixie", "3.8.9", "g2"),
        new("openssl@trixie", "3.5.7", "o1"), new("sslstream", ".NET 10", "s1"),
    ];

    public string Root { get; } = Directory.CreateTempSubdirectory("tlsinterop-shards-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A plan of four cells in shards.</summary>
    public static PlanFile Plan(int shards, string matrix = "smoke") => PlanFile.Of(
        new MatrixPlan(matrix, "", [.. All.Select(TestCells.Cell)], []), $"matrices/{matrix}.yaml")
        .InShards(shards, new CellTimes([]));

    public static string[] All => [TestCells.First, TestCells.Second, TestCells.Third, TestCells.Fourth];

    /// <summary>The run of a shard.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="number">The shard.</param>
    /// <param name="cells">How many of its cells are done.</param>
    /// <param name="ends">False if it was killed.</param>
    /// <param name="name">Its folder.</param>
    /// <param name="skip">Those of its cells that it found out can't run.</param>
    public RecordedRun Write(
        PlanFile plan, int number, int cells = int.MaxValue, bool ends = true, string? name = null,
        Func<string, bool>? skip = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, name ?? $"run-{number}")).FullName;
        var own = plan.ToPlan(number).Without(cell => skip?.Invoke(cell.Id) == true ? "the server lacks it" : null);
        var taken = plan.Without(own, number);
        taken.Write(Path.Combine(folder, PlanFile.Name));
        using (var journal = new Journal(Path.Combine(folder, RunFolder.JournalName)))
        {
            journal.Begin(new()
            {
                Run = Path.GetFileName(folder), Matrix = plan.Matrix, Plan = plan.Digest,
                Shard = plan.Shards > 1 ? $"{number}/{plan.Shards}" : null, Started = Began, Harness = "h1",
                Endpoints = Endpoints,
            });
            foreach (var cell in own.Cells.Take(cells)) journal.Append(Evident(folder, TestCells.Passed(cell.Id)));
            if (ends) journal.Finish(new(Began.AddMinutes(1), 0, null, []));
        }
        return RecordedRun.Load(folder);
    }

    private static CellResult Evident(string folder, CellResult result)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder, result.Evidence!)).FullName;
        File.WriteAllText(Path.Combine(place, "handshake.txt"), result.Cell);
        return result with { Started = Began, Milliseconds = 100, Shape = "0123456789abcdef" };
    }
}
