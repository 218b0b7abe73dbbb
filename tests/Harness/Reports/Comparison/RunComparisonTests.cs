using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Tests.Reports.Comparison;

public sealed class RunComparisonTests
{
    private static readonly CellResult Green = TestCells.Passed(TestCells.First) with { Shape = "0000000000000001" };

    private static readonly CellResult Red = TestCells.Failed(TestCells.First) with
    {
        Alert = "handshake_failure", From = Direction.ServerToClient, After = "ClientHello",
        Diagnosis = new("no-common-suite", "They have no suite in common", 90),
    };

    private static readonly CellResult Known = Red with { IsRed = false };

    private static readonly CellResult Other = TestCells.Passed(TestCells.Second);

    private RunFolders _runs = null!;

    // What it was, what it is, what that is called, and whether somebody lost something.
    private static IEnumerable<TestCaseData> Pairs =>
    [
        new(Green, Red, ChangeKind.NewRed, true),
        new(Known, Red, ChangeKind.NewRed, true),
        new(Known, Green with { IsRed = true }, ChangeKind.NewRed, true),
        new(Red, Red, ChangeKind.StillRed, false),
        new(Red, Red with { Alert = "bad_certificate" }, ChangeKind.StillRedOtherwise, false),
        new(Red, Red with { From = Direction.ClientToServer }, ChangeKind.StillRedOtherwise, false),
        new(Red, Red with { After = "ServerHello" }, ChangeKind.StillRedOtherwise, false),
        new(Red, Red with { Verdict = Verdict.Hang }, ChangeKind.StillRedOtherwise, false),
        new(Red, Red with { Diagnosis = new("version-intolerance", "", 60) }, ChangeKind.StillRedOtherwise, false),
        new(Red, Red with { Diagnosis = null }, ChangeKind.StillRed, false),
        new(Red, Red with { Diagnosis = Red.Diagnosis! with { Confidence = 50 } }, ChangeKind.StillRed, false),
        new(Red, Green, ChangeKind.NewGreen, false),
        new(Red, Known, ChangeKind.NewKnownFailure, false),
        new(Green, Known, ChangeKind.NewKnownFailure, false),
        new(Known, Green, ChangeKind.KnownFailureGone, false),
        new(Green, Green, ChangeKind.Unchanged, false),
        new(Known, Known, ChangeKind.Unchanged, false),
        new(Green, Green with { Shape = "0000000000000002" }, ChangeKind.HandshakeChanged, false),
        new(Green, Green with { Shape = null }, ChangeKind.Unchanged, false),
        new(Green with { Shape = null }, Green, ChangeKind.Unchanged, false),
        new(Green with { IsRed = true }, Green with { IsRed = true, Shape = "0000000000000002" },
            ChangeKind.StillRedOtherwise, false),
        new(null, Red, ChangeKind.NewCell, false),
        new(null, Green, ChangeKind.NewCell, false),
    ];

    [SetUp]
    public void SetUp() => _runs = new(Directory.CreateTempSubdirectory("tlsinterop-comparison-").FullName);

    [TearDown]
    public void TearDown() => Directory.Delete(_runs.Parent, recursive: true);

    [TestCaseSource(nameof(Pairs))]
    public void A_cell_changes_by_what_it_was_and_what_it_is(
        CellResult? before, CellResult after, ChangeKind kind, bool isRegression)
    {
        var comparison = RunComparison.Of(Run([.. new[] { before }.OfType<CellResult>(), Other]), Run([after, Other]));

        var change = comparison.Changes.Single(change => change.Cell == TestCells.First);
        Assert.That((change.Kind, change.IsRegression), Is.EqualTo((kind, isRegression)));
        Assert.That(comparison.Regressions.Count(), Is.EqualTo(isRegression ? 1 : 0));
        Assert.That(comparison.Counts.Values.Sum(), Is.EqualTo(2));
        Assert.That(comparison.Remarks, Is.Empty);
    }

    [Test]
    public void A_green_cell_that_was_planned_and_has_no_result_is_a_regression_and_a_red_one_is_not()
    {
        var before = Run([Green, TestCells.Failed(TestCells.Second)]);
        var comparison = RunComparison.Of(before, Load(_runs.Write(
            [TestCells.Passed(TestCells.Third)], missing: [TestCells.First, TestCells.Second, TestCells.Fourth])));

        Assert.That(comparison.Counts[ChangeKind.NotRun], Is.EqualTo(3));
        Assert.That(comparison.Regressions.Select(change => change.Cell), Is.EqualTo((string[])[TestCells.First]));
    }

    [Test]
    public void A_cell_that_is_skipped_says_why_and_one_that_nobody_plans_has_vanished()
    {
        var comparison = RunComparison.Of(Run([Green, Other, TestCells.Passed(TestCells.Third)]), Load(_runs.Write(
            [Other], skipped: [new PlannedSkip(TestCells.First, "the stack lacks the suite")])));

        Assert.That(comparison.Changes.Select(change => (change.Cell, change.Kind, change.Reason)), Is.EqualTo((
            (string, ChangeKind, string?)[])
            [
                (TestCells.Third, ChangeKind.Vanished, null),
                (TestCells.First, ChangeKind.Skipped, "the stack lacks the suite"),
                (TestCells.Second, ChangeKind.Unchanged, null),
            ]));
        Assert.That(comparison.Regressions, Is.Empty);
    }

    [Test]
    public void A_change_tells_what_is_another_than_before()
    {
        var comparison = RunComparison.Of(Run([Green]), Run([Red]));

        Assert.That(comparison.Changes.Single().Differences, Is.EqualTo((string[])
            ["result: fail, was pass", "alert: handshake_failure, was none", "from: server, was none",
                "after: ClientHello, was none"]));
    }

    [Test]
    public void Runs_of_different_matrices_are_compared_by_the_cells_that_both_have_and_that_is_said()
    {
        var comparison = RunComparison.Of(
            Run([Green, Other]), Load(_runs.Write([Red, TestCells.Passed(TestCells.Third)], matrix: "nightly")));

        Assert.That(comparison.Remarks, Is.EqualTo((string[])
            ["these are runs of different matrices, smoke and nightly: 1 cell is in both"]));
        Assert.That(comparison.Regressions.Single().Cell, Is.EqualTo(TestCells.First));
    }

    [Test]
    public void Cells_of_other_shards_have_not_vanished()
    {
        var before = Run([Green, Other]);
        var folder = _runs.Write([Green], header: header => header with { Shard = "1/2" });
        var plan = PlanFile.Read(Path.Combine(folder, PlanFile.Name));
        (plan with { Cells = [.. plan.Cells, new PlannedCell(TestCells.Second, 2)], Shards = 2 })
            .Write(Path.Combine(folder, PlanFile.Name));
        var comparison = RunComparison.Of(before, Load(folder));

        Assert.That(comparison.Changes.Single().Kind, Is.EqualTo(ChangeKind.Unchanged));
        Assert.That(comparison.Remarks.Single(), Does.Contain("is shard 1/2 of its plan"));
    }

    [Test]
    public void Of_a_run_without_a_plan_it_is_said_that_nobody_knows_what_was_to_run()
    {
        var comparison = RunComparison.Of(Run([Green, Other]), Load(_runs.WriteOld([Green])));

        Assert.That(comparison.Counts[ChangeKind.Vanished], Is.EqualTo(1));
        Assert.That(
            comparison.Remarks.Single(), Does.Contain("has no plan: whether the 1 cell that vanished was to run"));
    }

    [Test]
    public void Two_runs_the_wrong_way_round_are_compared_and_that_is_said()
    {
        var (first, second) = (Run([Red]), Run([Green]));

        var comparison = RunComparison.Of(second, first);
        Assert.That(comparison.Changes.Single().Kind, Is.EqualTo(ChangeKind.NewRed));
        Assert.That(comparison.Remarks.Single(), Does.Contain("is younger than"));
    }

    [Test]
    public void Endpoints_that_are_not_what_they_were_are_told()
    {
        var comparison = RunComparison.Of(Run([Green]), Load(_runs.Write([Green], header: header => header with
        {
            Endpoints = [header.Endpoints[0] with { Digest = "cccccccccccccccc" }, new("go@1.25", "1.25.1", null)],
        })));

        Assert.That(comparison.Endpoints.Select(change => (change.Name, change.Before?.Digest, change.After?.Digest)),
            Is.EqualTo(((string, string?, string?)[])
            [
                ("gnutls@bookworm", "bbbbbbbbbbbbbbbb", null), ("go@1.25", null, null),
                ("openssl@trixie", "aaaaaaaaaaaaaaaa", "cccccccccccccccc"),
            ]));
    }

    [Test]
    public void What_one_of_two_runs_does_not_know_of_an_endpoint_is_no_change()
    {
        var comparison = RunComparison.Of(Run([Green]), Load(_runs.Write([Green], header: header => header with
        {
            Endpoints =
            [
                header.Endpoints[0] with { Digest = null }, header.Endpoints[1] with { Version = null, Digest = null },
            ],
        })));

        Assert.That(comparison.Endpoints, Is.Empty);
    }

    [Test]
    public void A_cell_that_the_earlier_run_lost_is_told_as_that_and_one_that_it_did_not_have_as_new()
    {
        var before = Load(_runs.Write([Other], missing: [TestCells.First, TestCells.Fourth]));
        var comparison = RunComparison.Of(
            before, Load(_runs.Write([Red, Other, TestCells.Passed(TestCells.Third)], missing: [TestCells.Fourth])));

        Assert.That(comparison.Changes.Select(change => (change.Cell, change.Kind)), Is.EqualTo(((string, ChangeKind)[])
            [
                (TestCells.Third, ChangeKind.NewCell), (TestCells.Fourth, ChangeKind.NotRun),
                (TestCells.First, ChangeKind.NotRunBefore), (TestCells.Second, ChangeKind.Unchanged),
            ]));
        Assert.That(comparison.Regressions, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_run_of_chosen_cells_is_compared_in_those_and_that_is_said(bool isInHeader)
    {
        var whole = Run([Green, Other, TestCells.Passed(TestCells.Third)]);
        var folder = _runs.Write([Red, TestCells.Passed(TestCells.First + "-x25519")], header: header => header with
        {
            Chosen = isInHeader ? ["openssl@trixie/gnutls@*/**"] : [],
            Endpoints = [header.Endpoints[0]],
        });
        var plan = PlanFile.Read(Path.Combine(folder, PlanFile.Name));
        (plan with { Chosen = ["openssl@trixie/gnutls@*/**"] }).Write(Path.Combine(folder, PlanFile.Name));
        var some = Load(folder);

        var later = RunComparison.Of(whole, some);
        Assert.That(later.Counts, Is.EqualTo(new Dictionary<ChangeKind, int>
        {
            [ChangeKind.NewRed] = 1, [ChangeKind.NewCell] = 1,
        }));
        Assert.That(later.Remarks.Single(), Does.EndWith(
            "is of the cells that match 'openssl@trixie/gnutls@*/**' alone: all others are left out"));
        if (isInHeader) Assert.That(later.Endpoints, Is.Empty);
        Assert.That(RunComparison.Of(some, whole).Changes.Select(change => (change.Cell, change.Kind)), Is.EqualTo((
            (string, ChangeKind)[])
            [
                (TestCells.First, ChangeKind.NewGreen), (TestCells.First + "-x25519", ChangeKind.Vanished),
            ]));
    }

    [Test]
    public void Cells_are_in_the_order_of_their_ids_and_red_ones_of_a_kind_come_first()
    {
        var comparison = RunComparison.Of(Run([Other]), Run(
        [
            TestCells.Failed(TestCells.First), Other, TestCells.Passed(TestCells.Third),
            TestCells.Passed(TestCells.Fourth),
        ]));

        Assert.That(comparison.Changes.Select(change => change.Cell),
            Is.EqualTo((string[])[TestCells.Third, TestCells.Fourth, TestCells.First, TestCells.Second]));
        Assert.That(comparison.Of(ChangeKind.NewCell).Select(change => change.Cell),
            Is.EqualTo((string[])[TestCells.First, TestCells.Third, TestCells.Fourth]));
    }

    private RecordedRun Run(IEnumerable<CellResult> results) => Load(_runs.Write(results));

    private static RecordedRun Load(string folder) => RecordedRun.Load(folder);
}
