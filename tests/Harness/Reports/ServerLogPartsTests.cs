using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class ServerLogPartsTests
{
    private const string Log = "endpoints/x/output";

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 2, 0, 0, TimeSpan.Zero);

    private readonly string _path = Path.GetTempFileName();

    [TearDown]
    public void Remove() => File.Delete(_path);

    [Test]
    public void A_server_that_one_cell_has_after_the_other_said_what_stands_between_them()
    {
        File.WriteAllText(_path, "up\none\ntwo\n");
        var (first, second) = (Cell(TestCells.First, 3, 0), Cell(TestCells.Second, 7, 5));

        Assert.That(Text(first, first, second), Is.EqualTo("one\n"));
        Assert.That(Text(second, first, second), Is.EqualTo("two\n"));
    }

    [Test]
    public void Of_two_cells_of_which_the_first_heard_nothing_the_second_has_the_words()
    {
        File.WriteAllText(_path, "up\ntwo\n");
        var (first, second) = (Cell(TestCells.First, 3, 0), Cell(TestCells.Second, 3, 5));

        Assert.That(Text(first, first, second), Is.Empty);
        Assert.That(Text(second, first, second), Is.EqualTo("two\n"));
    }

    [TestCase("TLS error on connection from [192.0.2.7]:40010 (gnutls_handshake): no suite")]
    [TestCase("192.0.2.7:40010 refused")]
    public void Of_a_daemon_the_lines_that_name_the_clients_address_and_port_are_the_cells(string line)
    {
        File.WriteAllText(_path, $"up\n[192.0.2.7]:40011 other\n{line}\n[192.0.2.77]:40010 other\n");
        var cell = Cell(TestCells.First, 3, 0) with { Configuration = "aa" };

        Assert.That(Text(cell, cell), Is.EqualTo(line + "\n"));
    }

    [Test]
    public void Of_a_daemon_that_names_nobody_what_it_said_while_the_cell_ran_is_left()
    {
        File.WriteAllText(_path, "up\nmine\nbeside\nlater\n");
        var cell = Cell(TestCells.First, 3, 0) with { Configuration = "aa", Milliseconds = 2000 };
        var beside = Cell(TestCells.Second, 8, 1) with { Configuration = "bb" };
        var later = Cell(TestCells.Third, 15, 9) with { Configuration = "aa" };

        var part = new ServerLogParts([cell, beside, later]).Of(cell, _path, ["192.0.2.7:40010"]);
        Assert.That(part.Text, Is.EqualTo("mine\nbeside\n"));
        Assert.That(part.Whose, Does.Contain("beside"));
        Assert.That(part.IsWhole, Is.False);
    }

    [TestCase(null)]
    [TestCase(1000L)]
    [TestCase(-1L)]
    public void Where_nobody_wrote_down_from_where_on_or_that_can_not_be_all_of_it_is_taken(long? from)
    {
        File.WriteAllText(_path, "up\none\n");
        var cell = Cell(TestCells.First, 0, 0) with { ServerLogFrom = from };

        Assert.That(Text(cell, cell), Is.EqualTo("up\none\n"));
    }

    [Test]
    public void Of_a_long_log_the_end_is_taken()
    {
        File.WriteAllText(_path, new string('x', 100) + "end\n");
        var cell = Cell(TestCells.First, 0, 0);

        Assert.That(new ServerLogParts([cell]).Of(cell, _path, [], most: 4).Text,
            Is.EqualTo("... 100 octets before this are left out\nend\n"));
    }

    [TestCase(1e300)]
    [TestCase(double.MaxValue)]
    [TestCase(-1e300)]
    public void A_journal_that_has_impossible_times_is_no_reason_to_read_nothing(double milliseconds)
    {
        File.WriteAllText(_path, "up\none\n");
        var cell = Cell(TestCells.First, 3, 0) with { Configuration = "aa", Milliseconds = milliseconds };
        var other = Cell(TestCells.Second, 7, 9) with { Configuration = "aa", Started = DateTimeOffset.MaxValue };

        Assert.That(Text(cell, cell, other), Is.EqualTo("one\n"));
    }

    private string Text(CellResult cell, params CellResult[] all) =>
        new ServerLogParts(all).Of(cell, _path, ["192.0.2.7:40010"]).Text;

    private static CellResult Cell(string id, long from, int second) => TestCells.Failed(id) with
    {
        ServerLog = Log, ServerLogFrom = from, Started = Start.AddSeconds(second), Milliseconds = 100,
    };
}
