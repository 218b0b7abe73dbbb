using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class ReusableResultsTests
{
    private static readonly JournalHeader Then = new()
    {
        Run = "then", Matrix = "smoke", Plan = "p", Started = ShardFolders.Began, Harness = "h1",
        Endpoints = ShardFolders.Endpoints,
    };

    private static readonly JournalHeader Now = Then with { Run = "now", Started = ShardFolders.Began.AddDays(1) };

    [Test]
    public void A_pass_holds_still_while_nothing_has_changed_and_tells_whose_it_is()
    {
        var result = new ReusableResults(Earlier(Passed), Now).Of(TestCells.Cell(TestCells.First));

        Assert.That(result, Has.Property("ReusedFrom").EqualTo("then"));
        Assert.That(result!.Evidence, Is.Null, "the evidence lies with the other run");
    }

    [Test]
    public void What_was_taken_over_itself_tells_the_run_that_saw_it() => Assert.That(
        new ReusableResults(Earlier(Passed with { ReusedFrom = "before" }), Now)
            .Of(TestCells.Cell(TestCells.First))!.ReusedFrom, Is.EqualTo("before"));

    [Test]
    public void A_cell_of_an_endpoint_that_has_changed_runs_again()
    {
        JournalEndpoint[] newer = [.. ShardFolders.Endpoints.Select(endpoint =>
            endpoint.Name == "gnutls@bookworm" ? endpoint with { Digest = "g9" } : endpoint)];
        var results = new ReusableResults(Earlier(Passed, Passed with { Cell = TestCells.Second }),
            Now with { Endpoints = newer });

        Assert.That(results.Of(TestCells.Cell(TestCells.First)), Is.Null);
        Assert.That(results.Of(TestCells.Cell(TestCells.Second)), Is.Not.Null);
    }

    [Test]
    public void A_stack_of_the_machine_is_what_it_is_today()
    {
        JournalEndpoint[] unknown = [.. ShardFolders.Endpoints.Select(endpoint => endpoint with { Digest = null })];
        var results = new ReusableResults(
            Earlier(Passed) with { Header = Then with { Endpoints = unknown } }, Now with { Endpoints = unknown });

        Assert.That(results.Of(TestCells.Cell(TestCells.First)), Is.Null);
        Assert.That(results.WhyNone, Does.StartWith("every endpoint has changed"));
    }

    [Test]
    public void Another_harness_takes_nothing_over_and_says_why()
    {
        var results = new ReusableResults(Earlier(Passed), Now with { Harness = "h2" });

        Assert.That(results.Of(TestCells.Cell(TestCells.First)), Is.Null);
        Assert.That(results.WhyNone, Is.EqualTo("the harness, the scenarios or the lists have changed since then"));
    }

    [Test]
    public void Nobody_trusts_what_is_red_or_failed_as_known_or_is_older_than_a_week()
    {
        Assert.That(Of(TestCells.Failed(TestCells.First)), Is.Null);
        Assert.That(Of(TestCells.Failed(TestCells.First) with { IsRed = false }), Is.Null);
        Assert.That(Of(Passed with { IsRed = true }), Is.Null);
        Assert.That(Of(Passed with { Started = ShardFolders.Began.AddDays(-7) }), Is.Null);

        static CellResult? Of(CellResult result) =>
            new ReusableResults(Earlier(result), Now).Of(TestCells.Cell(TestCells.First));
    }

    [Test]
    public void A_journal_without_header_says_why_nothing_is_taken_over() => Assert.That(
        new ReusableResults(Earlier(Passed) with { Header = null }, Now).WhyNone,
        Is.EqualTo("folder does not tell what it was run with"));

    private static CellResult Passed => TestCells.Passed(TestCells.First) with { Started = ShardFolders.Began };

    private static RecordedRun Earlier(params CellResult[] results) =>
        new() { Folder = "/folder", Header = Then, Results = results };
}
