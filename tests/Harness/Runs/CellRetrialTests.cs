using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class CellRetrialTests
{
    private const string Green = """
        a/b/c/d
        verdict pass · TLS 1.2

        → ClientHello            legacy_version 1.2
            supported_groups     secp256r1
        ← ServerHello            1.2
            renegotiation_info (empty)
        ← Certificate            2 certificates
        """;

    private const string Red = """
        a/b/c/d
        verdict fail · TLS 1.2

        → ClientHello            legacy_version 1.2
            supported_groups     secp256r1
        ← ServerHello            1.2
            renegotiation_info (empty), session_ticket (empty)
        ← alert                  internal_error
        Expected: something else
        """;

    private readonly List<int> _runs = [];

    [SetUp]
    public void SetUp() => _runs.Clear();

    [Test]
    public async Task A_green_cell_is_run_once()
    {
        var result = await RunAsync("g");

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass));
        Assert.That(_runs, Is.EqualTo((int[])[1]));
    }

    [Test]
    public async Task A_cell_that_an_endpoint_broke_by_does_not_get_the_next_start_of_it_too()
    {
        var result = await RunAsync("eggg");

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Error));
        Assert.That(_runs, Is.EqualTo((int[])[1]));
    }

    [Test]
    public async Task A_cell_that_is_red_each_time_stays_what_it_is_and_tells_how_often()
    {
        var result = await RunAsync("rrrr");

        Assert.That((result.Verdict, result.IsRed, result.Evidence), Is.EqualTo((Verdict.Fail, true, "cells/1")));
        Assert.That(result.Why[^1], Is.EqualTo("the same 4 times of 4"));
        Assert.That(result.Milliseconds, Is.EqualTo(10));
    }

    [TestCase("rggg", 1)]
    [TestCase("rgrr", 3)]
    [TestCase("rrrg", 3)]
    public async Task A_cell_that_is_green_in_between_is_flaky_with_its_rate_and_where_the_two_part(string runs, int reds)
    {
        var result = await RunAsync(runs);

        Assert.That((result.Verdict, result.IsRed, result.Evidence), Is.EqualTo((Verdict.Flaky, true, "cells/1")));
        Assert.That(result.Why[0], Is.EqualTo(
            $"red {reds} times of 4; where they part: ← ServerHello 1.2 … renegotiation_info (empty), session_ticket "
            + $"(empty) | ← ServerHello 1.2 … renegotiation_info (empty) (see attempt-{runs.IndexOf('g') + 1})"));
        Assert.That(_runs, Is.EqualTo((int[])[1, 2, 3, 4]));
    }

    [Test]
    public async Task A_cell_that_is_red_in_other_ways_each_time_says_so()
    {
        var result = await RunAsync("rhrr");

        Assert.That(result.Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(result.Why[^1], Does.StartWith(
            "red 4 times of 4, and not always the same; where they part: no handshake was seen of the other"));
    }

    [Test]
    public async Task A_handshake_that_nobody_has_accepted_yet_is_new_each_time_and_not_run_again()
    {
        await new CellRetrial(4, _ => null).RunAsync(
            TestCells.Cell(TestCells.First),
            (cell, attempt, _) =>
            {
                _runs.Add(attempt);
                return Task.FromResult(TestCells.Passed(cell.Id) with { IsRed = true, Snapshot = "new" });
            },
            CancellationToken.None);

        Assert.That(_runs, Is.EqualTo((int[])[1]));
    }

    [Test]
    public async Task Where_many_cells_are_red_it_is_no_chance_and_the_later_ones_are_not_run_again()
    {
        var retrial = new CellRetrial(2, _ => Red);
        for (var cell = 0; cell < 60; cell++) await RunAsync("rr", retrial);

        Assert.That(_runs, Has.Count.EqualTo(50 * 2 + 10));
    }

    private Task<CellResult> RunAsync(string runs, CellRetrial? retrial = null) =>
        (retrial ?? new CellRetrial(4, result => result switch
        {
            { IsRed: false } => Green,
            { Verdict: Verdict.Hang } => null,
            _ => Red,
        })).RunAsync(
            TestCells.Cell(TestCells.First),
            (cell, attempt, _) =>
            {
                _runs.Add(attempt);
                var result = runs[attempt - 1] switch
                {
                    'g' => TestCells.Passed(cell.Id),
                    'h' => TestCells.Failed(cell.Id) with { Verdict = Verdict.Hang },
                    'e' => TestCells.Failed(cell.Id) with
                    {
                        Verdict = Verdict.Error, Expected = CellResult.WorkingEndpoints,
                    },
                    _ => TestCells.Failed(cell.Id),
                };
                return Task.FromResult(result with { Evidence = attempt == 1 ? "cells/1" : $"cells/1/attempt-{attempt}", Milliseconds = attempt });
            },
            CancellationToken.None);
}
