using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Tests.Minimise;

public sealed class VersionBisectionTests
{
    [Test]
    public async Task Both_ends_of_a_failure_are_found_wherever_they_are()
    {
        for (var first = 0; first < 12; first++)
        {
            for (var last = first; last < 12; last++)
            {
                for (var red = first; red <= last; red++)
                {
                    var span = await FindAsync(12, red, version => version >= first && version <= last
                        ? TrialOutcome.Red : TrialOutcome.Green);

                    Assert.That(span, Is.EqualTo(new VersionSpan(
                        first, last, first > 0 ? first - 1 : null, last < 11 ? last + 1 : null)));
                }
            }
        }
    }

    [Test]
    public async Task A_long_line_takes_few_runs()
    {
        var runs = 0;
        var span = await new VersionBisection(1000, version =>
        {
            runs++;
            return Task.FromResult(version < 700 ? TrialOutcome.Red : TrialOutcome.Green);
        }).RunAsync(3);

        Assert.That(span, Is.EqualTo(new VersionSpan(0, 699, null, 700)));
        Assert.That(runs, Is.LessThanOrEqualTo(13));
    }

    [Test]
    public async Task Versions_that_can_not_run_are_left_out()
    {
        var span = await FindAsync(9, 1, version => version switch
        {
            3 or 4 or 8 => TrialOutcome.CannotRun,
            < 5 => TrialOutcome.Red,
            _ => TrialOutcome.Green,
        });

        Assert.That(span, Is.EqualTo(new VersionSpan(0, 2, null, 5)));
    }

    [Test]
    public async Task Another_failure_is_not_this_one()
    {
        var span = await FindAsync(3, 0, version => version > 0 ? TrialOutcome.OtherFailure : TrialOutcome.Red);

        Assert.That(span, Is.EqualTo(new VersionSpan(0, 0, null, 1)));
    }

    private static Task<VersionSpan> FindAsync(int count, int red, Func<int, TrialOutcome> outcome) =>
        new VersionBisection(count, version => Task.FromResult(outcome(version))).RunAsync(red);
}
