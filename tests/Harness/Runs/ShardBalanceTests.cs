using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class ShardBalanceTests
{
    private static readonly string[] Servers = ["openssl@bookworm", "exim@bullseye", "gnutls@trixie", "cyrus@trixie"];

    // Forty clients of each server; some servers are slow.
    private static readonly Cell[] Cells =
    [
        .. Servers.SelectMany(server => Enumerable.Range(0, 40).Select(client => TestCells.Cell(
            $"{server}/openssl@v{client}/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256"))),
    ];

    [Test]
    public void Every_cell_has_one_shard_and_no_shard_takes_an_eighth_longer_than_another(
        [Values(1, 2, 3, 5, 8)] int shards)
    {
        var random = new Random(shards);
        var times = Cells.ToDictionary(cell => cell, cell => (cell.Server.Name == "exim" ? 900 : 60) + random.Next(40));
        var assigned = ShardBalance.Of(Cells, shards, cell => times[cell]);
        var loads = Cells.Zip(assigned).GroupBy(pair => pair.Second)
            .Select(group => group.Sum(pair => times[pair.First])).ToList();

        Assert.That(assigned, Has.Length.EqualTo(Cells.Length).And.All.InRange(1, shards));
        Assert.That(loads, Has.Count.EqualTo(shards));
        Assert.That(loads.Max(), Is.LessThan(loads.Min() * 1.125));
    }

    [Test]
    public void Cells_of_one_server_stay_together_as_far_as_that_leaves_the_shards_equal()
    {
        var assigned = ShardBalance.Of(Cells, 2, _ => 100);
        var starts = Cells.Zip(assigned).Select(pair => (pair.First.Server, pair.Second)).Distinct().Count();

        // At worst every shard would start every server.
        Assert.That(starts, Is.LessThanOrEqualTo(8));
        Assert.That(Enumerable.Range(1, assigned.Length - 1).Count(at => assigned[at] != assigned[at - 1]),
            Is.LessThanOrEqualTo(16));
    }

    [Test]
    public void More_shards_than_cells_leave_some_without_any()
    {
        Assert.That(ShardBalance.Of(Cells[..2], 5, _ => 100).Distinct().Count(), Is.EqualTo(2));
        Assert.That(ShardBalance.Of([], 3, _ => 100), Is.Empty);
    }
}
