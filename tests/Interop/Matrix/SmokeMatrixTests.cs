using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Snapshots;

namespace TlsInterop.Interop.Tests.Matrix;

/// <summary>Every cell of the smoke matrix is a test of its own, named by its id.</summary>
[TestFixture]
public sealed class SmokeMatrixTests
{
    private static readonly Lazy<MatrixPlan> Plan = new(() =>
        InteropSession.Repository.Plan(
            InteropSession.Repository.Smoke, InteropSession.Repository.Catalogue()));

    private static IEnumerable<TestCaseData> Cells =>
        Plan.Value.Cells.Select(cell => new TestCaseData(cell).SetName(cell.Id));

    [TestCaseSource(nameof(Cells))]
    [Parallelizable(ParallelScope.All)]
    [CancelAfter(1_800_000)]   // The first one waits until all images are built.
    public async Task Interoperates_as_expected(Cell cell)
    {
        var (session, plan) = await InteropSession.SmokeAsync();
        if (plan.Find(cell.Id).SkipReason is { } reason) Assert.Ignore(reason);

        var result = await session.ExecuteAsync(cell, TestContext.CurrentContext.CancellationToken);

        Assert.That(result.IsRed, Is.False, () => InteropSession.Text(result, plan, session));
    }

    [Test]
    public void Every_accepted_snapshot_belongs_to_a_cell()
    {
        var store = new SnapshotStore(Path.Combine(InteropSession.Repository.Snapshots, Plan.Value.Name));
        Assert.That(store.Stale(Plan.Value.Cells.Select(cell => cell.Id)), Is.Empty,
            "remove them with './interop accept --stale --remove'");
    }
}
