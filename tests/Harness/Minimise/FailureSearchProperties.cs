using FsCheck;
using FsCheck.Fluent;
using TlsInterop.Harness.Minimise;

namespace TlsInterop.Harness.Tests.Minimise;

/// <summary>What holds for any failure that is a conjunction of at most three conditions.</summary>
public sealed class FailureSearchProperties
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithReplay(5246, 7).WithMaxTest(200);

    [Test]
    public void A_conjunction_is_found_exactly_and_within_the_bound() => Check(Failures(), failure =>
    {
        var result = failure.SearchAsync().GetAwaiter().GetResult();
        // What all values leave red is no condition.
        var expected = failure.Conditions.Where(entry => entry.Value.Count < failure.Sizes[entry.Key]).ToList();

        return result.Ending == SearchEnding.Answered
            && result.Tried <= (int)(3 * failure.Sizes.Sum(size => Math.Log2(size)))
            && result.Conditions.Count == expected.Count
            && expected.All(entry => Found(result, entry.Key).SequenceEqual(entry.Value.Order()))
            && result.Irrelevant.Count == failure.Sizes.Count - expected.Count;
    });

    [Test]
    public void Any_answers_whatever_come_to_an_end_within_the_bound() => Check(
        Gen.Two(Gen.Choose(0, 1_000_000)).Zip(Sizes()), item =>
    {
        var random = new System.Random(item.Item1.Item1);
        var failure = SimulatedFailure.Needing(item.Item2) with
        {
            Otherwise = (point, _) => point.Number == 0 ? TrialOutcome.Red : (TrialOutcome)random.Next(4),
        };
        var result = failure.SearchAsync().GetAwaiter().GetResult();

        return result.Tried <= failure.Neighbourhood().Bound && result.Ending > SearchEnding.Green;
    });

    // Values are numbered by first sight in the neighbourhood, which is the order of the numbers here.
    private static IEnumerable<int> Found(SearchResult result, int dimension) =>
        result.Conditions.Where(condition => condition.Dimension == dimension)
            .SelectMany(condition => condition.Red).Order();

    private static Gen<int[]> Sizes() =>
        Gen.Choose(3, 7).SelectMany(count => Gen.ArrayOf(Gen.Choose(2, 4), count));

    private static Gen<SimulatedFailure> Failures() =>
        from sizes in Sizes()
        from count in Gen.Choose(0, 3)
        from dimensions in Gen.ArrayOf(Gen.Choose(0, sizes.Length - 1), count)
        from seeds in Gen.ArrayOf(Gen.Choose(0, 15), count)
        select new SimulatedFailure(sizes, dimensions.Zip(seeds).DistinctBy(pair => pair.First).ToDictionary(
            pair => pair.First,
            pair => (IReadOnlySet<int>)Enumerable.Range(0, sizes[pair.First])
                .Where(value => value == 0 || (pair.Second & (1 << value)) != 0).ToHashSet()));

    private static void Check<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(generator.ToArbitrary(), property).Check(Config);
}
