using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class JournalTests
{
    private string _file = "";

    [SetUp]
    public void SetUp() => _file = Path.GetTempFileName();

    [TearDown]
    public void TearDown() => File.Delete(_file);

    [Test]
    public void Results_that_are_at_hand_are_not_in_memory_twice_when_they_are_read_again()
    {
        var known = TestCells.Passed(TestCells.First) with { Started = DateTimeOffset.UnixEpoch };
        using (var journal = new Journal(_file))
        {
            journal.Append(known);
            journal.Append(known with { Started = DateTimeOffset.UnixEpoch.AddDays(1), Milliseconds = 2 });
        }

        var read = Journal.Read(_file, new StringPool([known])).Results;

        Assert.That(read[0], Is.SameAs(known));
        Assert.That(read[1].Milliseconds, Is.EqualTo(2), "another run of the same cell is another result");
        Assert.That(read[1].Evidence, Is.EqualTo($"cells/{TestCells.First}"));
    }

    [Test]
    public void What_is_written_is_read_again()
    {
        var written = TestCells.Failed(TestCells.First) with { Alert = "handshake_failure",
            From = Direction.ServerToClient, Milliseconds = 1.5 };
        using (var journal = new Journal(_file))
        {
            journal.Append(written);
            // A run that is still going on can be read.
            Assert.That(Journal.Read(_file).Results.Count, Is.EqualTo(1));
            journal.Append(TestCells.Passed(TestCells.Second));
        }

        var read = Journal.Read(_file).Results;
        Assert.That(read.Select(result => result.Cell), Is.EqualTo((string[])[TestCells.First, TestCells.Second]));
        Assert.That(read[0] with { Why = [], Findings = [] }, Is.EqualTo(written with { Why = [], Findings = [] }));
        Assert.That(read[0].Why, Is.EqualTo(written.Why));
        Assert.That(read[1].Verdict, Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public void A_last_line_that_was_cut_off_is_left_out_wherever_it_was_cut()
    {
        using (var journal = new Journal(_file))
        {
            journal.Append(TestCells.Passed(TestCells.First));
            journal.Append(TestCells.Passed(TestCells.Second));
        }
        var whole = File.ReadAllBytes(_file);
        var first = Array.IndexOf(whole, (byte)'\n') + 1;
        for (var length = first; length < whole.Length - 1; length++)
        {
            File.WriteAllBytes(_file, whole[..length]);
            Assert.That(Journal.Read(_file).Results
                .Select(result => result.Cell), Is.EqualTo((string[])[TestCells.First]), $"{length} octets");
        }
    }

    [Test]
    public void Results_of_many_workers_are_lines_of_their_own()
    {
        using (var journal = new Journal(_file))
            Parallel.For(0, 200, number => journal.Append(TestCells.Passed($"cell-{number}")));

        Assert.That(Journal.Read(_file).Results.Select(result => result.Cell),
            Is.EquivalentTo(Enumerable.Range(0, 200).Select(number => $"cell-{number}")));
    }
}
