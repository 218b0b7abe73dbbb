using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Tests.Minimise;

public sealed class FailureSearchTests
{
    private static readonly int[] FiveOfTwo = [2, 2, 2, 2, 2];

    [Test]
    public async Task A_dimension_that_cures_is_needed_and_the_others_do_not_matter()
    {
        var result = await SimulatedFailure.Needing(FiveOfTwo, 3).SearchAsync();

        Assert.That(result.Ending, Is.EqualTo(SearchEnding.Answered));
        Assert.That(result.Conditions.Select(condition => condition.Dimension), Is.EqualTo((int[])[3]));
        Assert.That(result.Irrelevant.Select(item => item.Dimension), Is.EqualTo((int[])[0, 1, 2, 4]));
        Assert.That(result.NearestGreen!.Point.Changes, Is.EqualTo((Change[])[new(3, 1)]));
        Assert.That(result.FarthestRed!.Point.Changes, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_failure_that_nothing_cures_needs_nothing()
    {
        var result = await SimulatedFailure.Needing(FiveOfTwo).SearchAsync();

        Assert.That(result.Conditions, Is.Empty);
        Assert.That(result.Irrelevant, Has.Count.EqualTo(5));
        Assert.That(result.NearestGreen, Is.Null);
    }

    [Test]
    public async Task Values_with_which_it_stays_and_goes_away_are_told_apart()
    {
        var failure = new SimulatedFailure(
            [5, 3, 3], new Dictionary<int, IReadOnlySet<int>> { [0] = new HashSet<int> { 0, 2, 4 } });

        var result = await failure.SearchAsync();

        var condition = result.Conditions.Single();
        Assert.That(condition.Red, Is.EqualTo((int[])[0, 2, 4]));
        Assert.That(condition.Cured, Is.EqualTo((int[])[1, 3]));
        Assert.That(condition.Untried, Is.Empty);
    }

    [Test]
    public async Task A_dimension_that_only_changes_with_one_that_is_needed_has_that_as_its_reason()
    {
        var neighbourhood = Neighbourhood.Of(
            ["mode", "MAC"], [["CBC", "SHA1"], ["GCM", "AEAD"], ["GCM", "SHA1"]], out _);

        var result = await new FailureSearch(neighbourhood, (point, _) => Task.FromResult(new Answer(
            point.Number == 0 ? TrialOutcome.Red : TrialOutcome.Green)), limit: 10).RunAsync(CancellationToken.None);

        Assert.That(result.Unknown, Is.EqualTo((int[])[1]));
        Assert.That(result.WhyUnknown(1), Is.EqualTo("it only changes together with the mode"));
    }

    [Test]
    public async Task A_dimension_whose_values_could_not_run_has_what_they_lacked_as_its_reason()
    {
        var neighbourhood = Neighbourhood.Of(["MAC"], [["SHA1"], ["SHA256"]], out _);

        var result = await new FailureSearch(neighbourhood, (point, _) => Task.FromResult(point.Number == 0
            ? new Answer(TrialOutcome.Red)
            : new Answer(TrialOutcome.CannotRun, "no SHA256")), limit: 10).RunAsync(CancellationToken.None);

        Assert.That(result.WhyUnknown(0), Is.EqualTo("no SHA256"));
    }

    [Test]
    public async Task What_fails_otherwise_is_not_the_same_failure()
    {
        var failure = SimulatedFailure.Needing(FiveOfTwo) with
        {
            Otherwise = (point, _) =>
                point.Changes.Contains(new(2, 1)) ? TrialOutcome.OtherFailure : null,
        };

        var result = await failure.SearchAsync();

        Assert.That(result.Conditions.Single().Dimension, Is.EqualTo(2));
        Assert.That(result.NearestGreen, Is.Null);
    }

    [Test]
    public async Task A_failure_that_is_gone_is_green()
    {
        var failure = SimulatedFailure.Needing(FiveOfTwo, 1) with { Otherwise = (_, _) => TrialOutcome.Green };

        var result = await failure.SearchAsync();

        Assert.That(result.Ending, Is.EqualTo(SearchEnding.Green));
        Assert.That(result.Trials, Has.Count.EqualTo(FailureSearch.Repetitions));
    }

    [Test]
    public async Task A_failure_that_comes_and_goes_is_flaky_and_not_searched()
    {
        var failure = SimulatedFailure.Needing(FiveOfTwo, 1) with
        {
            Otherwise = (_, run) => run == 1 ? TrialOutcome.Green : null,
        };

        var result = await failure.SearchAsync();

        Assert.That(result.Ending, Is.EqualTo(SearchEnding.Flaky));
        Assert.That(result.Tried, Is.EqualTo(1));
        Assert.That(result.Conditions, Is.Empty);
    }

    [Test]
    public async Task A_last_point_that_comes_and_goes_makes_all_of_it_flaky()
    {
        var seen = new Dictionary<int, int>();
        var failure = SimulatedFailure.Needing(FiveOfTwo, 1) with
        {
            Otherwise = (point, _) =>
            {
                seen[point.Number] = seen.GetValueOrDefault(point.Number) + 1;
                return point.Number > 0 && seen[point.Number] > 1 ? TrialOutcome.Green : null;
            },
        };

        Assert.That((await failure.SearchAsync()).Ending, Is.EqualTo(SearchEnding.Flaky));
    }

    [Test]
    public async Task Neighbours_that_can_not_run_leave_everything_unknown_within_the_bound()
    {
        var failure = SimulatedFailure.Needing([4, 4, 4, 4], 1) with
        {
            Otherwise = (point, _) => point.Number == 0 ? null : TrialOutcome.CannotRun,
        };

        var result = await failure.SearchAsync();

        Assert.That(result.Conditions, Is.Empty);
        Assert.That(result.Irrelevant, Is.Empty);
        Assert.That(result.Unknown, Is.EqualTo((int[])[0, 1, 2, 3]));
        Assert.That(result.Tried, Is.LessThanOrEqualTo(24));
    }

    [Test]
    public async Task What_always_changes_together_is_told_as_one_condition()
    {
        var failure = SimulatedFailure.Needing([2, 2, 2], 1) with { IsPossible = row => row[0] == row[1] };

        var condition = (await failure.SearchAsync()).Conditions.Single();

        Assert.That((condition.Dimension, condition.OrElse), Is.EqualTo((0, (int[])[1])));
    }

    [Test]
    public async Task Of_two_that_change_together_the_one_that_stays_red_otherwise_is_not_blamed()
    {
        // The third value of the first dimension brings another one of the second with it.
        var failure = SimulatedFailure.Needing([3, 2], 0) with
        {
            IsPossible = row => row[0] < 2 && (row[0] == 0 || row[1] == 1),
            Sizes = [3, 3],
        };

        var result = await failure.SearchAsync();

        Assert.That(result.Conditions.Single().Dimension, Is.EqualTo(0));
        Assert.That(result.Irrelevant.Single().Dimension, Is.EqualTo(1));
    }

    [Test]
    public async Task What_no_conjunction_explains_is_told()
    {
        // Either of two cures only together with the other.
        var failure = SimulatedFailure.Needing([2, 2, 2]) with
        {
            Otherwise = (point, _) => point.Changes.Count(change => change.Dimension < 2) == 2
                ? TrialOutcome.Green : null,
        };

        var result = await failure.SearchAsync();

        Assert.That(result.Contradictions.Single().Point.Changes, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_search_that_is_stopped_tells_what_it_knew()
    {
        using var stop = new CancellationTokenSource();
        var failure = SimulatedFailure.Needing([2, 2, 2, 2, 2, 2, 2, 2], 6);
        var whole = await failure.SearchAsync();
        failure = failure with
        {
            Otherwise = (_, run) =>
            {
                if (run == whole.Trials.Count + 4) stop.Cancel();
                return null;
            },
        };

        var result = await failure.SearchAsync(stop: stop.Token);

        Assert.That(result.Ending, Is.EqualTo(SearchEnding.Stopped));
        Assert.That(result.Trials, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task A_search_makes_no_more_runs_than_it_may()
    {
        var result = await SimulatedFailure.Needing([5, 5, 5, 5], 0, 1).SearchAsync(limit: 5);

        Assert.That(result.Ending, Is.EqualTo(SearchEnding.Exhausted));
        Assert.That(result.Tried, Is.EqualTo(5));
    }
}
