using TlsInterop.Tls.Snapshots;
using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Logs;

namespace TlsInterop.Interop.Tests.Cases;

/// <summary>Every cell of a bug report is a test of its own, named by the report and the cell.</summary>
[TestFixture]
public sealed class CaseTests
{
    private static readonly Lazy<ReportedCases> Cases =
        new(() => ReportedCases.Load(InteropSession.Repository.Cases));

    private static IEnumerable<TestCaseData> Cells => Cases.Value.All.SelectMany(made => made.Cells
        .Select(cell => new TestCaseData(cell).SetName($"{made.Id}: {cell.Cell.Id}")));

    [TestCaseSource(nameof(Cells))]
    [Parallelizable(ParallelScope.All)]
    [CancelAfter(1_800_000)]   // The first one waits until all images are built.
    public async Task Shows_what_was_reported(CaseCell cell)
    {
        var (session, plan) = await InteropSession.CasesAsync();
        if (plan.Find(cell.Cell.Id).SkipReason is { } reason) Assert.Fail($"{cell.Cell.Id}: {reason}");

        var result = await session.ExecuteAsync(cell.Cell, TestContext.CurrentContext.CancellationToken);

        Assert.That(result.IsRed, Is.False, () => InteropSession.Text(result, plan, session));
        Assert.That(result.Verdict, Is.EqualTo(cell.Verdict), () => InteropSession.Text(result, plan, session));
    }

    private static IEnumerable<TestCaseData> Texts => Cases.Value.All.SelectMany(made => made.Texts
        .Select(text => new TestCaseData(made, text).SetName($"{made.Id}: {text.File}")));

    [TestCaseSource(nameof(Texts))]
    [CancelAfter(1_800_000)]
    public async Task Says_of_a_text_of_the_report_what_is_to_be_said(ReportedCase made, CaseText text)
    {
        var (session, _) = await InteropSession.CasesAsync();
        var cell = made.Cells.First(each => each.Cell.Id == text.Beside).Cell;
        var seen = await session.Execution.ObserveAsync(
            cell, session.Execution.Request(cell).OfServer(), session.Execution.Request(cell),
            TestContext.CurrentContext.CancellationToken);

        var file = Path.Combine(made.Folder, text.File);
        var result = Diagnoser.Explain(seen.Connection!, new()
        {
            KeyLog = seen.KeyLog, ClientLog = LogText.Of(text.File, await File.ReadAllTextAsync(file)),
        });

        Assert.That(
            result.Causes.Concat(result.NotTheCause).Concat(result.WorthKnowing).Select(cause => cause.Id),
            Does.Contain(text.Diagnosis));
    }

    [Test]
    public void Every_accepted_snapshot_belongs_to_a_cell()
    {
        var store = new SnapshotStore(InteropSession.Repository.Cases);
        Assert.That(store.Stale(Cases.Value.Cells.Select(cell => Cases.Value.SnapshotName(cell.Id))), Is.Empty,
            "remove them with './interop accept cases --stale --remove'");
    }
}
