using TlsInterop.Harness.Matrix.Covering;

namespace TlsInterop.Harness.Tests.Matrix.Covering;

/// <summary>How few rows are found, and that they meet everything.</summary>
internal sealed class CoveringRowsTests
{
    // Cohen, Gibbons, Mugridge, Colbourn, "Constructing test suites for interaction testing", ICSE 2003, tables 1 to 3:
    // the smallest size there; "3^4" is four axes of three values. 10^20: the best of the tools at
    // https://www.pairwise.org/efficiency.html.
    [TestCase("3^4", 2, 9)]
    [TestCase("3^13", 2, 15)]
    [TestCase("5^1 3^8 2^2", 2, 15)]
    [TestCase("7^1 6^1 5^1 4^5 3^8 2^3", 2, 42)]
    [TestCase("5^1 4^4 3^11 2^5", 2, 21)]
    [TestCase("6^1 5^1 4^6 3^8 2^3", 2, 30)]
    [TestCase("10^20", 2, 180)]
    [TestCase("3^6", 3, 33)]
    [TestCase("4^6", 3, 64)]
    [TestCase("6^6", 3, 300)]
    [TestCase("5^2 4^2 3^2", 3, 100)]
    [TestCase("10^1 6^2 4^3 3^1", 3, 360)]
    public void The_benchmarks_of_the_literature_are_met_within_15_per_cent(string axes, int strength, int best)
    {
        var model = new CoveringModel(Sizes(axes));

        var cover = CoveringRows.Of(model, strength, []);

        Assert.That(cover.Rows, Has.Count.LessThanOrEqualTo(best * 1.15));
        Assert.That(Combinations(cover.Rows, strength), Is.EqualTo(Possible(model.Sizes, strength)));
        Assert.That(
            (cover.Met, cover.Possible),
            Is.EqualTo((Possible(model.Sizes, strength), Possible(model.Sizes, strength))));
    }

    [Test]
    public void Rows_keep_the_constraints_and_meet_all_that_these_leave()
    {
        // Values of neighbouring axes differ; so the first and the third, of two values, are equal.
        var differ = Enumerable.Range(0, 3).Select(axis =>
            new Constraint([axis, axis + 1], row => row[0] == row[1] ? "equal" : null)).ToList();
        var model = new CoveringModel([2, 2, 2, 4], differ);

        var cover = CoveringRows.Of(model, 2, []);

        Assert.That(cover.Rows.SelectMany(row => differ.Select(rule => rule.BrokenBy(row))), Is.All.Null);
        var all = model.AllRows().ToList();
        Assert.That(all, Has.Count.EqualTo(6));
        Assert.That(Combinations(cover.Rows, 2), Is.EqualTo(Combinations(all, 2)));
        Assert.That(cover.Possible, Is.EqualTo(Combinations(all, 2)));
    }

    [Test]
    public void A_model_whose_constraints_contradict_each_other_has_no_row()
    {
        var model = new CoveringModel([2, 2],
            new Constraint([0, 1], row => row[0] == row[1] ? "equal" : null),
            new Constraint([0, 1], row => row[0] != row[1] ? "unequal" : null));

        Assert.That(CoveringRows.Of(model, 2, []).Rows, Is.Empty);
        Assert.That(model.AllRows(), Is.Empty);
    }

    [Test]
    public void Known_rows_that_meet_anything_stay_as_they_are()
    {
        var model = new CoveringModel(Sizes("4^3 3^2"));
        int[][] known = [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]];

        var rows = CoveringRows.Of(model, 2, known).Rows;

        Assert.That(rows.Take(2), Is.EqualTo(new[] { known[0], known[2] }));
        Assert.That(Combinations(rows, 2), Is.EqualTo(Possible(model.Sizes, 2)));
    }

    [Test]
    public async Task Nothing_is_tried_where_no_row_may_change()
    {
        // One row of three meets nothing of its own that could go into a row that stays as it is.
        var model = new CoveringModel([2, 2]);
        var space = new TupleSpace(model.Sizes, 2);
        var wanted = Enumerable.Repeat(true, space.Count).ToArray();
        List<int[]> rows = [[0, 0], [0, 1], [1, 0], [1, 1]];
        var reduction = new RowReduction(model, space, wanted, new Random(1), effort: long.MaxValue);

        var reduced = await Task.Run(() => reduction.Reduce(rows, kept: 3, fewest: 0))
            .WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(reduced, Is.EqualTo(rows));
    }

    [Test]
    public void What_a_constraint_takes_away_is_lost_and_found()
    {
        var wide = new CoveringModel([3, 3, 3]);
        var narrow = new CoveringModel([3, 3, 3], new Constraint([0], row => row[0] == 2 ? "not 2" : null));

        var lost = CoveringRows.OfLost(wide, narrow, 2);

        Assert.That(lost.Select(row => row[0]), Is.EqualTo(new[] { 2, 2, 2 }));
    }

    private static int[] Sizes(string axes) =>
        [.. axes.Split(' ').Select(word => word.Split('^').Select(int.Parse).ToArray())
            .SelectMany(pair => Enumerable.Repeat(pair[0], pair[1]))];

    private static int Possible(int[] sizes, int strength) =>
        Choices(sizes.Length, strength).Sum(axes => axes.Aggregate(1, (product, axis) => product * sizes[axis]));

    private static int Combinations(IReadOnlyList<int[]> rows, int strength) =>
        Choices(rows[0].Length, strength)
            .Sum(axes => rows.Select(row => string.Join(',', axes.Select(axis => row[axis]))).Distinct().Count());

    private static IEnumerable<int[]> Choices(int count, int size, int from = 0) => size == 0
        ? [[]]
        : Enumerable.Range(from, count - from)
            .SelectMany(first => Choices(count, size - 1, first + 1).Select(rest => (int[])[first, .. rest]));
}
