using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class RequiredCellsTests
{
    private string _file = "";

    [SetUp]
    public void SetUp() => _file = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(_file);

    [Test]
    public void What_is_written_is_read_again_by_matrix()
    {
        var required = RequiredCells.Load(_file);
        required.Of("smoke").Add(TestCells.Second);
        required.Of("smoke").Add(TestCells.First);
        required.Of("nightly").Add(TestCells.Third);
        required.Write(_file);

        var read = RequiredCells.Load(_file);
        Assert.That(read.Of("smoke"), Is.EqualTo((string[])[TestCells.First, TestCells.Second]));
        Assert.That(read.Of("nightly"), Is.EqualTo((string[])[TestCells.Third]));
        Assert.That(read.Of("quirks"), Is.Empty);
    }

    [Test]
    public void What_people_wrote_above_a_line_stays_there_when_the_list_grows()
    {
        File.WriteAllLines(
            _file, [$"smoke {TestCells.Second}", "# looked at by two of us", $"smoke {TestCells.Fourth}", "# the end"]);
        var required = RequiredCells.Load(_file);
        required.Of("smoke").Add(TestCells.First);
        required.Write(_file);
        RequiredCells.Load(_file).Write(_file);

        var lines = File.ReadAllLines(_file);
        Assert.That(lines.Where(line => line == "# looked at by two of us"), Has.Exactly(1).Items);
        Assert.That(lines[Array.IndexOf(lines, $"smoke {TestCells.Fourth}") - 1], Is.EqualTo("# looked at by two of us"));
        Assert.That(lines[^1], Is.EqualTo("# the end"));
    }

    [Test]
    public void Lines_that_are_none_are_all_told_with_their_numbers()
    {
        File.WriteAllLines(
            _file,
            ["# a comment", "", "smoke", "smoke no-cell", $"smoke {TestCells.First}", $"smoke {TestCells.First}"]);

        var problems = Assert.Throws<MatrixException>(() => RequiredCells.Load(_file))!.Problems;
        Assert.That(problems.Select(problem => problem.Line), Is.EqualTo((int[])[3, 4, 6]));
        Assert.That(problems[2].ToString(), Does.EndWith("is there twice"));
    }

    [Test]
    public void A_red_required_cell_fails_and_a_red_one_that_is_not_required_does_not()
    {
        Assert.That(Report([TestCells.First], TestCells.Failed(TestCells.First)).IsGreen, Is.False);
        Assert.That(Report([TestCells.Second], TestCells.Failed(TestCells.First)).IsGreen, Is.True);
        Assert.That(Report(null, TestCells.Failed(TestCells.First)).IsGreen, Is.False);
    }

    [Test]
    public void A_known_failure_never_fails() => Assert.That(
        Report([TestCells.First], TestCells.Failed(TestCells.First) with { IsRed = false }).IsGreen, Is.True);

    [Test]
    public void A_required_cell_that_is_gone_or_skipped_fails_so_that_nothing_shrinks_unseen()
    {
        var passed = TestCells.Passed(TestCells.First);

        Assert.That(Report([TestCells.Third], passed).Broken.Single(), Does.EndWith("it is skipped now, no reason"));
        Assert.That(Report([TestCells.Fourth], passed).Broken.Single(),
            Does.EndWith("the matrix does not have it any more"));
        Assert.That(Report([TestCells.Fourth], passed).IsGreen, Is.False);
    }

    [Test]
    public void What_is_broken_is_looked_for_once_and_again_when_the_results_are_others()
    {
        var report = Report([TestCells.First], TestCells.Failed(TestCells.First));

        var broken = report.Broken;
        Assert.That(broken, Has.Count.EqualTo(1));
        Assert.That(report.Broken, Is.SameAs(broken));
        Assert.That((report with { Results = [TestCells.Passed(TestCells.First)] }).Broken, Is.Empty);
        Assert.That((report with { Required = null }).Broken, Is.Empty);
    }

    [Test]
    public void Cells_are_required_when_every_one_of_the_runs_saw_them_pass()
    {
        RecordedRun Run(params CellResult[] results) => new() { Folder = "/run", Results = results };
        var (first, second) = (TestCells.Passed(TestCells.First), TestCells.Passed(TestCells.Second));

        Assert.That(Ratchet.Green([Run(first, second), Run(second, first)]),
            Is.EqualTo((string[])[TestCells.First, TestCells.Second]));
        Assert.That(Ratchet.Green([Run(first, second), Run(first, TestCells.Failed(TestCells.Second))]),
            Is.EqualTo((string[])[TestCells.First]));
        Assert.That(Ratchet.Green([Run(first), Run(first with { ReusedFrom = "a run" })]), Is.Empty);
        Assert.That(Ratchet.Green([]), Is.Empty);
    }

    [Test]
    public void Every_required_cell_of_the_repository_is_planned_by_its_matrix()
    {
        var repository = Repository.Find();
        var required = RequiredCells.Load(repository.Required);
        var catalogue = repository.Catalogue();
        foreach (var matrix in required.Matrices)
        {
            var plan = repository.Plan(Path.Combine(repository.Matrices, matrix + ".yaml"), catalogue);
            Assert.That(required.Of(matrix).Except(plan.Cells.Select(cell => cell.Id)), Is.Empty, matrix);
        }
    }

    private static RunReport Report(string[]? required, params CellResult[] results)
    {
        var others = new[] { TestCells.First, TestCells.Second }.Except(results.Select(result => result.Cell));
        return new()
        {
            Plan = TestCells.Plan([TestCells.First, TestCells.Second], (TestCells.Third, "no reason")),
            Results = [.. results, .. others.Select(TestCells.Passed)],
            Folder = "runs/1", Snapshots = "snapshots", Again = "./interop run", Required = required,
        };
    }
}
