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
    public void The_digest_is_of_all_cells_in_whatever_order_and_of_the_matrix()
    {
        string Digest(string matrix, params string[] ids) => PlanFile.DigestOf(matrix, ids);

        Assert.That(Digest("smoke", "a", "b"), Is.EqualTo(Digest("smoke", "b", "a")));
        Assert.That(Digest("smoke", "a"), Is.Not.EqualTo(Digest("smoke", "a", "b")));
        Assert.That(Digest("smoke", "a"), Is.Not.EqualTo(Digest("nightly", "a")));
        Assert.That(ShardFolders.Plan(3).Digest, Is.EqualTo(ShardFolders.Plan(1).Digest));
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
}
