using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class CellLaneTests
{
    // Two clients of one configuration, three of another, one of a third.
    private static readonly Cell[] Cells =
    [
        .. new[]
        {
            "openssl@trixie/gnutls@bookworm/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
            "openssl@trixie/gnutls@trixie/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
            "openssl@trixie/gnutls@bookworm/echo/tls1.3-AES_128_GCM_SHA256-x25519",
            "openssl@trixie/gnutls@sid/echo/tls1.3-AES_128_GCM_SHA256-x25519",
            "openssl@trixie/gnutls@trixie/echo/tls1.3-AES_128_GCM_SHA256-x25519",
            "openssl@trixie/gnutls@trixie/echo/tls1.3-AES_128_GCM_SHA256-secp256r1",
        }.Select(TestCells.Cell),
    ];

    [Test]
    public void One_worker_takes_the_cells_in_their_order() =>
        Assert.That(Take(new CellLane(Cells, [0, 1, 2, 3, 4, 5]), workers: 1), Is.EqualTo((int[])[0, 1, 2, 3, 4, 5]));

    [Test]
    public void Cells_that_share_a_server_stay_with_one_worker_until_nothing_else_is_to_begin() =>
        Assert.That(Take(new CellLane(Cells, [0, 1, 2, 3, 4, 5]), workers: 2), Is.EqualTo((int[])[0, 2, 1, 3, 5, 4]));

    [Test]
    public void Every_cell_is_taken_once_however_many_workers_there_are([Range(1, 8)] int workers) =>
        Assert.That(Take(new CellLane(Cells, [0, 1, 2, 4, 5]), workers), Is.EquivalentTo((int[])[0, 1, 2, 4, 5]));

    [Test]
    public void A_lane_of_nothing_has_nothing() => Assert.That(Take(new CellLane(Cells, []), workers: 2), Is.Empty);

    // In turn, as workers that are equally fast.
    private static List<int> Take(CellLane lane, int workers)
    {
        var (own, taken, idle) = (new Queue<int>?[workers], new List<int>(), 0);
        for (var worker = 0; idle < workers; worker = (worker + 1) % workers)
        {
            if (!lane.TryTake(ref own[worker], out var at)) idle++;
            else taken.Add(at);
        }
        return taken;
    }
}
