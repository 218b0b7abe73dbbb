using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Runs;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class RunPageViewTests
{
    private RunFolders _folders = null!;

    [SetUp]
    public void SetUp() => _folders = new(Directory.CreateTempSubdirectory("tlsinterop-page-").FullName);

    [TearDown]
    public void TearDown() => Directory.Delete(_folders.Parent, recursive: true);

    [Test]
    public void A_run_that_came_to_its_end_says_that_all_ran()
    {
        var view = Of();

        Assert.That(view.Status, Is.EqualTo("1 cell ran, none red: all that were to run"));
        Assert.That(view.Problems, Is.Empty);
    }

    [Test]
    public void A_run_with_something_wrong_that_is_no_cells_does_not_read_as_a_good_one()
    {
        var view = Of(end: new JournalEnd(RunFolders.FirstStart, 0, null, ["shard 2/2 is missing"]));

        Assert.That(view.Status,
            Does.StartWith("FAILED: 1 cell ran, none red").And.Not.Contain("all that were to run"));
        Assert.That(view.Problems, Has.One.EqualTo("shard 2/2 is missing"));
    }

    [Test]
    public void A_run_that_was_killed_behind_its_last_cell_does_not_either() =>
        Assert.That(Of(hasEnded: false).Status, Does.Contain("is not known").And.Not.Contain("all that were to run"));

    [Test]
    public void Of_a_journal_with_thousands_of_faults_the_first_are_told_and_how_many_more_there_are()
    {
        var end = new JournalEnd(
            RunFolders.FirstStart, 0, null, [.. Enumerable.Range(0, 5000).Select(number => $"fault {number}")]);

        Assert.That(Of(end: end).Problems, Has.Count.EqualTo(11).And.Some.Contains("4990 problems more"));
    }

    [Test]
    public void Nothing_that_a_journal_says_turns_the_text_around_it()
    {
        const string Turned = "a \u202e b \e c";
        var view = Of(
            end: new JournalEnd(RunFolders.FirstStart, 0, Turned, [Turned]) { Warnings = [Turned] },
            header: usual => usual with
            {
                Run = Turned, Matrix = Turned, Engine = Turned, Again = Turned,
                Endpoints = [new(Turned, Turned, Turned)],
            });

        string[] told =
        [
            view.Title, view.Heading, view.Status, .. view.Problems, .. view.Facts.Select(fact => fact.Value),
            .. view.Endpoints.SelectMany(endpoint => new[] { endpoint.Name, endpoint.Version!, endpoint.Digest! }),
        ];
        Assert.That(told, Has.None.Contains("\u202e").And.None.Contains("\e"));
        Assert.That(view.Heading, Does.Contain("a ? b ? c"));
    }

    private RunPageView Of(
        JournalEnd? end = null, bool hasEnded = true, Func<JournalHeader, JournalHeader>? header = null) =>
        RunPageView.Of(RecordedRun.Load(_folders.Write(
            [TestCells.Passed(TestCells.First)], end: end, hasEnded: hasEnded, header: header)), since: null, []);
}
