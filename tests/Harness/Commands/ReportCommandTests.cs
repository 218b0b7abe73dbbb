using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Reports.Exports;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class ReportCommandTests : RunCommandsFixture
{
    private void WriteHostile() => Runs.Write(
    [
        TestCells.Passed(TestCells.First),
        Red(TestCells.Second) with { Got = Hostile, Expected = "-1+1", Why = [Hostile], Findings = [Hostile] },
        Red(TestCells.Third) with { IsRed = false },
        Red(TestCells.Fourth) with { Verdict = Verdict.Error, Diagnosis = null },
    ],
    missing: ["exim@bullseye/curl@trixie/smtps/tls1.3-AES_128_GCM_SHA256"],
    skipped: [new("exim@bullseye/curl@trixie/smtps/tls1.2-RSA_WITH_AES_128_GCM_SHA256", Hostile)]);

    [Test]
    public async Task Junit_is_valid_and_counts_what_it_holds()
    {
        WriteHostile();
        var (status, output, error) = await AskAsync("report", "--format", "junit", "--output", "-");

        Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(AppContext.BaseDirectory, "Reports", "Exports", "junit.xsd"));
        var document = XDocument.Parse(output);
        document.Validate(schemas, (_, problem) => Assert.Fail(problem.Message));
        var suite = document.Root!.Element("testsuite")!;
        Assert.That(new[] { "tests", "failures", "errors", "skipped" }.Select(name => suite.Attribute(name)!.Value),
            Is.EqualTo((string[])["6", "1", "2", "2"]));
        var failure = suite.Descendants("failure").Single();
        Assert.That(failure.Value, Does.Contain("Expected: -1+1\nGot: =cmd|").And.Contain("]]> </failure>")
            .And.Contain($"--cell '{TestCells.Second}'"));
        Assert.That(failure.Parent!.Attribute("classname")!.Value, Is.EqualTo("openssl@trixie/sslstream"));
        Assert.That(output, Does.Not.Contain("\e").And.Not.Contain("[31m"));
    }

    [Test]
    public async Task Csv_has_a_row_a_cell_and_no_formula()
    {
        WriteHostile();
        var (_, output, _) = await AskAsync("report", "--format", "csv", "--output", "-");

        var rows = Csv(output);
        Assert.That(rows, Has.Count.EqualTo(7).And.All.Length.EqualTo(rows[0].Length));
        var (got, expected) = (Array.IndexOf(rows[0], "got"), Array.IndexOf(rows[0], "expected"));
        Assert.That(rows[2][got], Does.StartWith("'=cmd|"));
        Assert.That(rows[2][expected], Is.EqualTo("'-1+1"));
        Assert.That(rows.Select(row => row[5]),
            Is.EqualTo((string[])["outcome", "pass", "fail", "known", "error", "not run", "skipped"]));
    }

    [Test]
    public async Task Markdown_is_never_longer_than_a_comment_and_shows_every_cause()
    {
        var reds = Enumerable.Range(0, 3000).Select(number => Red($"a@1/b@2/echo/tls1.3-{number}") with
        {
            Diagnosis = new CellDiagnosis(number < 2990 ? "frequent" : $"rare-{number}", new string('ß', 900), 90),
            Got = new string('€', 800),
        });
        Runs.Write(reds);
        var path = Path.Combine(Runs.Parent, "summary.md");
        await AskAsync("report", "--format", "markdown", "--output", path);

        var text = await File.ReadAllTextAsync(path);
        Assert.That(
            Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(MarkdownPage.MostOctets).And.GreaterThan(40_000));
        Assert.That(text, Does.StartWith("<!-- tlsinterop: smoke -->\n").And.Contain("| `frequent` | 2990 |"));
        for (var rare = 2990; rare < 3000; rare++) Assert.That(text, Does.Contain($"tls1.3-{rare}`: FAIL"));
        var shown = text.Split("`: FAIL").Length - 1;
        Assert.That(text, Does.Contain($"… and {3000 - shown} more"));
    }

    [Test]
    public async Task Each_form_lands_in_the_folder_of_the_run_and_is_compared_with_the_run_before()
    {
        WriteThree();
        foreach (var format in ExportFormats.All)
        {
            var (status, _, error) = await AskAsync("report", "--format", format.Name);
            Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
            var path = Path.Combine(Runs.Parent, new EarlierRuns(Runs.Parent).Entries[^1].Name, format.DefaultName);
            Assert.That(path, Does.Exist);
            if (format.ToText is not null)
                Assert.That(await File.ReadAllTextAsync(path), Does.Contain("is red now").Or.Contain("new red"));
        }
    }

    [Test]
    public async Task Markdown_of_a_run_of_which_little_is_known_is_no_green_one()
    {
        Runs.WriteOld(TestCells.Passed(TestCells.First));
        var (_, output, _) = await AskAsync("report", "--format", "markdown", "--output", "-");

        Assert.That(output, Does.StartWith("<!-- tlsinterop: unnamed -->\n## ⚠️ "));
        Assert.That(output, Does.Contain(
            "1 pass · no cell is known to fail the run: 0 red, not known how many not run · "
                + "not known how many skipped"));
        Assert.That(output, Does.Not.Match(@"\b0 (not run|skipped)"));
    }

    [Test]
    public async Task Markdown_is_green_only_of_a_run_that_came_to_its_end()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        Assert.That((await AskAsync("report", "--format", "markdown", "--output", "-")).Output, Does.Contain("## ✅ ")
            .And.Contain("no cell fails the run: 0 red, 0 not run · 0 skipped"));
        Runs.Write([TestCells.Passed(TestCells.First)], hasEnded: false);
        Assert.That((await AskAsync("report", "--format", "markdown", "--output", "-")).Output, Does.Contain("## ⚠️ "));
        Runs.Write([TestCells.Passed(TestCells.First)], end: new JournalEnd(
            RunFolders.FirstStart, 0, null, ["shard 2/2 is missing"]));
        Assert.That((await AskAsync("report", "--format", "markdown", "--output", "-")).Output, Does.Contain("## ❌ "));
    }

    [Test]
    public async Task Markdown_groups_lost_cells_by_pair_and_has_a_blank_line_before_each_heading()
    {
        Runs.Write([TestCells.Passed(TestCells.First), TestCells.Passed(TestCells.Third)]);
        Runs.Write([Red(TestCells.First)], missing:
        [
            TestCells.Third, TestCells.Second,
            .. Enumerable.Range(0, 70).Select(number => $"{TestCells.Third}-x{number}"),
        ]);
        var (_, output, _) = await AskAsync("report", "--format", "markdown", "--output", "-");

        Assert.That(output, Does.Contain("73 cells fail the run: 1 red, 72 not run")
            .And.Contain("### Not run\n\n* `exim@bullseye/gnutls@bookworm`: 71 cells\n"
                + "* `openssl@trixie/sslstream`: 1 cell\n")
            .And.Contain("* 1 cell that had a result: not run\n* new red: `"));
        var lines = output.Split('\n');
        for (var at = 2; at < lines.Length; at++)
            if (lines[at].StartsWith('#')) Assert.That(lines[at - 1], Is.Empty, lines[at]);
    }

    [Test]
    public async Task Junit_says_in_the_same_words_what_fails_the_run()
    {
        Runs.Write([TestCells.Passed(TestCells.First)]);
        Runs.Write([Red(TestCells.Second)], missing: [TestCells.First]);
        var (_, output, _) = await AskAsync("report", "--format", "junit", "--output", "-");

        Assert.That(output, Does.Contain("1 result · 2 cells fail the run: 1 red, 1 not run")
            .And.Contain("Since the run before: it was to run, and has no result"));
    }

    [Test]
    public async Task What_a_journal_calls_its_run_does_not_command_the_terminal()
    {
        var folder = Runs.Write([TestCells.Passed(TestCells.First)], header: usual => usual with { Run = Hostile });
        var (status, _, error) = await AskAsync("report", folder, "--format", "csv");

        Assert.That(status, Is.EqualTo(ExitStatus.Green), error);
        Assert.That(error, Does.Contain("csv of ?[31m=cmd").And.Not.Contain("\e").And.Not.Contain("\u0001"));
    }

    [Test]
    public async Task Nor_does_the_sentence_about_a_file_that_can_t_be_read()
    {
        WriteThree();
        var (status, _, error) = await AskAsync("compare", "no \e[31m such \u202e run");

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.Contain("no ?[31m such ? run").And.Not.Contain("\e").And.Not.Contain("\u202e"));
    }

    [TestCase("junit", "nowhere/x.xml", "there is no folder ")]
    [TestCase("csv", ".", "this is a folder. Expected: the name of a file")]
    public async Task A_place_that_can_not_be_written_is_told_with_the_remedy(
        string format, string place, string message)
    {
        WriteThree();
        var path = Path.Combine(Runs.Parent, place);
        var (status, _, error) = await AskAsync("report", "--format", format, "--output", path);

        Assert.That(status, Is.EqualTo(ExitStatus.Unusable));
        Assert.That(error, Does.StartWith($"--output {path}: {message}"));
    }

    // RFC 4180, Section 2, strictly: quotes only around whole fields, rows end with CRLF.
    private static List<string[]> Csv(string text)
    {
        var (rows, row, field, isQuoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            if (isQuoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (!isQuoted && text[i] == ',') Next();
            else if (!isQuoted && text[i] == '\r')
            {
                Next();
                rows.Add([.. row]);
                row.Clear();
                i++;
            }
            else field.Append(text[i]);
        }
        return rows;

        void Next()
        {
            row.Add(field.ToString());
            field.Clear();
        }
    }
}
