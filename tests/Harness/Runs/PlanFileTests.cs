using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class PlanFileTests
{
    private string _file = "";

    [SetUp]
    public void SetUp() => _file = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(_file);

    [Test]
    public void What_is_written_is_the_same_plan_when_it_is_read()
    {
        var plan = TestCells.Plan([TestCells.First, TestCells.Second], (TestCells.Third, "no engine"));
        PlanFile.Of(plan, "matrices/smoke.yaml").Write(_file);
        var read = PlanFile.Read(_file).ToPlan();

        Assert.That(read.Cells, Is.EqualTo(plan.Cells));
        Assert.That(read.Skipped, Is.EqualTo(plan.Skipped));
        Assert.That((read.Name, read.ComparesSnapshots), Is.EqualTo((plan.Name, plan.ComparesSnapshots)));
    }

    [Test]
    public void The_digest_is_of_all_cells_in_whatever_order_of_the_matrix_and_of_who_has_which_cell()
    {
        var plan = ShardFolders.Plan(2);
        var other = plan with { Cells = [.. plan.Cells.Select(cell => cell with { Shard = 3 - cell.Shard })] };

        Assert.That((plan with { Cells = [.. plan.Cells.Reverse()] }).DigestOf(2), Is.EqualTo(plan.Digest));
        Assert.That(other.DigestOf(2), Is.Not.EqualTo(plan.Digest), "divided otherwise");
        Assert.That((plan with { Cells = [.. plan.Cells.Skip(1)] }).DigestOf(2), Is.Not.EqualTo(plan.Digest));
        Assert.That(ShardFolders.Plan(2, "nightly").Digest, Is.Not.EqualTo(plan.Digest));
        Assert.That(ShardFolders.Plan(3).Digest, Is.Not.EqualTo(plan.Digest));
    }

    [TestCase("\"shards\": 1", "\"shards\": -1")]
    [TestCase("\"shards\": 1", "\"shards\": 2000000000")]
    [TestCase(TestCells.Second, TestCells.First)]
    [TestCase("\"cell\": \"" + TestCells.Second + "\"", "\"cell\": null")]
    public void A_plan_that_no_plan_is_like_is_told(string instead, string with)
    {
        ShardFolders.Plan(1).Write(_file);
        File.WriteAllText(_file, File.ReadAllText(_file).Replace(instead, with, StringComparison.Ordinal));

        Assert.That(() => PlanFile.Read(_file), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void The_shards_together_have_every_cell_once_and_the_skipped_ones_stand_with_the_first()
    {
        var file = PlanFile.Of(
            TestCells.Plan([TestCells.First, TestCells.Second], (TestCells.Third, "no engine")), "smoke.yaml")
            .InShards(2, new CellTimes([]));

        Assert.That(file.ToPlan(1).Cells.Concat(file.ToPlan(2).Cells).Select(cell => cell.Id),
            Is.EquivalentTo((string[])[TestCells.First, TestCells.Second]));
        Assert.That((file.ToPlan(1).Skipped.Count, file.ToPlan(2).Skipped.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Times_are_those_of_the_last_time_or_of_cells_alike()
    {
        var times = new CellTimes(
        [
            TestCells.Passed(TestCells.First) with { Milliseconds = 40 },
            TestCells.Passed(TestCells.Third) with { Milliseconds = 400 },
        ]);

        Assert.That(times.Of(TestCells.Cell(TestCells.First)), Is.EqualTo(40));
        Assert.That(times.Of(TestCells.Cell(TestCells.Second)), Is.EqualTo(40), "the same server and scenario");
        Assert.That(times.Of(TestCells.Cell(TestCells.Fourth)), Is.EqualTo(400));
        Assert.That(times.IsKnown(TestCells.Cell(TestCells.Fourth)), Is.False);
        Assert.That(new CellTimes([]).Of(TestCells.Cell(TestCells.First)), Is.EqualTo(1000));
    }

    [Test]
    public void A_cell_of_another_version_of_the_harness_is_named()
    {
        ShardFolders.Plan(1).Write(_file);
        File.WriteAllText(_file, File.ReadAllText(_file).Replace(TestCells.First, "openssl@trixie/x/y/tls9"));

        Assert.That(() => PlanFile.Read(_file).ToPlan(),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("openssl@trixie/x/y/tls9"));
    }

    [TestCase("1/1", ExpectedResult = true)]
    [TestCase("2/8", ExpectedResult = true)]
    [TestCase("256/256", ExpectedResult = true)]
    [TestCase("0/8", ExpectedResult = false)]
    [TestCase("9/8", ExpectedResult = false)]
    [TestCase("1/257", ExpectedResult = false)]
    [TestCase("-1/8", ExpectedResult = false)]
    [TestCase("1", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool A_shard_is_one_of_at_most_256(string text) => Shard.TryParse(text, out _);

    [Test]
    public void A_cell_that_has_a_result_is_not_taken_from_the_plan_though_it_could_not_run_now()
    {
        var plan = ShardFolders.Plan(1);
        var now = plan.ToPlan().Without(_ => "the server lacks it");

        var left = plan.Without(now, 1, [TestCells.First]);

        Assert.That(left.Cells.Select(cell => cell.Cell), Is.EqualTo((string[])[TestCells.First]));
    }
}
