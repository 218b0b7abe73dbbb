using System.Text.RegularExpressions;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Reports.History;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Runs;
using TlsInterop.Harness.Verdicts;
using static TlsInterop.Harness.Tests.Commands.TestCells;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class RunReportTextTests
{
    private string _snapshots = "";

    [SetUp]
    public void SetUp() => _snapshots = Directory.CreateTempSubdirectory("tlsinterop-report-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_snapshots, recursive: true);

    [Test]
    public void Reds_stand_first_then_the_table_and_the_summary_last()
    {
        var report = Report([Passed(First), Failed(Second), Passed(Third), Passed(Fourth)]);
        const string summary = "4 run: 3 pass, 1 fail · 1 cell fails the run · 1 skipped with reason · "
            + "0 lost packets · report: runs/1/report.txt";

        Assert.That(Text(report), Is.EqualTo($"""
            FAIL  {Second}
                  Expected: TLS 1.2 with RSA_WITH_AES_128_GCM_SHA256
                  Got:      alert handshake_failure (40) from the server after ClientHello
                  Why:      the server finds no suite
                            its log says so too
                  See:      runs/1/cells/{Second}
                  Server:   runs/1/endpoints/openssl@trixie/server-3/output
                  Again:    ./interop run --cell '{Second}'

                              gnutls          sslstream
            server          bookworm  trixie
            exim@bullseye          1       1          ·
            openssl@trixie         1       ·       1/1!

            {summary}
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void A_handshake_that_differs_from_its_snapshot_is_shown_as_a_difference()
    {
        Snapshot(Second, "verified", "one\ntwo\n");
        Snapshot(Second, "received", "one\n2\n");
        var changed = Failed(Second) with { Snapshot = "different", Why = [] };

        Assert.That(Text(Report([Passed(First), changed, Passed(Third), Passed(Fourth)])), Does.Contain("""
                    @@ -1,2 +1,2 @@
                     one
                    -two
                    +2
            """.ReplaceLineEndings("\n")).And.Contain($"./interop accept --filter '{Second}'"));
    }

    [Test]
    public void A_long_difference_is_cut_and_says_where_the_rest_is()
    {
        Snapshot(Second, "verified", "");
        Snapshot(Second, "received", string.Concat(Enumerable.Range(1, 100).Select(i => $"{i}\n")));
        var text = Text(Report([Failed(Second) with { Snapshot = "different" }]));

        Assert.That(text, Does.Contain("+39\n").And.Not.Contain("+40\n"));
        Assert.That(text, Does.Contain($"… 61 more lines: {_snapshots}/{Second}.received.txt"));
    }

    [Test]
    public void The_file_of_a_run_that_was_interrupted_says_so_first()
    {
        var whole = Report([Passed(First), Passed(Second)]);
        RunReportFile.Write(whole, [], _snapshots);
        var file = Path.Combine(_snapshots, RunReportFile.Name);
        Assert.That(File.ReadAllText(file), Does.Not.Contain("PARTIAL"));

        RunReportFile.Write(whole with { Results = [Passed(First)], Interruption = "Ctrl-C" }, [], _snapshots);
        Assert.That(File.ReadLines(file).First(),
            Is.EqualTo("PARTIAL    1 of 2 cells ran (Ctrl-C): what follows is about these alone"));
    }

    [Test]
    public void An_endpoint_that_could_not_be_started_is_told_once()
    {
        CellResult Broken(string id, string got) =>
            Failed(id) with { Verdict = Verdict.Error, Got = got, Evidence = null };
        var text = Text(Report([Broken(First, "no image"), Broken(Second, "no image"), Broken(Third, "no shell")]));

        Assert.That(text, Does.Contain($"ERROR  {First}\n").And.Contain("Also:     1 more, that ended the same way\n"));
        Assert.That(text, Does.Not.Contain($"ERROR  {Second}"));
        Assert.That(text, Does.Contain($"ERROR  {Third}\n"));
    }

    [Test]
    public void Beyond_a_screenful_reds_are_counted_only()
    {
        var lines = RunReportText.Lines(Report([Failed(First), Failed(Second), Failed(Third)]), 100, reds: 2)
            .Select(line => line.ToString()).ToList();

        Assert.That(lines.Count(line => line.StartsWith("FAIL", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(lines, Has.Member("… and 1 more: runs/1/report.txt"));
    }

    [Test]
    public void Lost_packets_are_in_the_summary() =>
        Assert.That(Text(Report([Passed(First)]) with { Dropped = 7 }), Does.Contain(" · 7 lost packets · "));

    [Test]
    public void A_table_that_is_too_wide_has_one_line_a_server() =>
        Assert.That(
            VerdictTable.Of(Plan([First, Second, Third, Fourth]), [Passed(First), Failed(Second), Passed(Third)], 38)
                .Select(line => line.ToString()),
            Is.EqualTo((string[])["exim@bullseye   1 pass, 1 not run", "openssl@trixie  1 pass, 1 fail"]));

    [Test]
    public void Cells_that_did_not_run_are_no_gap_in_the_table()
    {
        var whole = Plan([First, First + "-x25519", First + "-x448", Second, Third, Fourth]);
        var lines = VerdictTable.Of(whole, [Passed(First), Failed(First + "-x25519"), Passed(Third)], 80);

        Assert.That(lines.Select(line => line.ToString()), Is.EqualTo((string[])
        [
            "                  gnutls          sslstream",
            "server          bookworm  trixie",
            "exim@bullseye          1   ○ 1/1          ·",
            "openssl@trixie  1/3! ○ 1       ·      ○ 1/1",
        ]));
        Assert.That(lines[2].Parts.Single(part => part.Text.Contains('○')).Tone, Is.EqualTo(Tone.Bad));
    }

    [Test]
    public void Sentences_keep_to_the_width_and_what_is_to_be_copied_stays_a_line()
    {
        var report = Report([Failed(Second) with { Got = string.Join(' ', Enumerable.Repeat("seven", 40)) }]);
        using var output = new StringWriter();
        new RunScreen(output, 50, HasColour: true, new NoProgress()) { Wraps = true }
            .Write(RunReportText.Lines(report, 50));
        var lines = Plain(output).Split('\n');

        Assert.That(lines.Where(line => line.Length > 50), Has.All.Matches("^(FAIL|      (See|Server|Again):) "));
        Assert.That(lines.Count(line => line.StartsWith("                seven seven seven", StringComparison.Ordinal)),
            Is.EqualTo(7));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Comparisons_and_histories_keep_to_the_width_of_a_terminal_alone(bool wraps)
    {
        var runs = new RunFolders(_snapshots);
        runs.Write([Passed(First), Passed(Second)]);
        runs.Write([Failed(First), Passed(Second)], missing: [Third], hasEnded: false);
        var entries = new EarlierRuns(_snapshots).Entries;
        var history = RunHistory.Read(entries, []);
        var comparison = RunComparison.Of(
            RecordedRun.Load(entries[0].Folder), RecordedRun.Load(entries[1].Folder));
        using var output = new StringWriter();
        var screen = new RunScreen(output, 60, HasColour: false, new NoProgress()) { Wraps = wraps };
        screen.Write(HistoryText.Lines(history, [.. history.Cells]));
        screen.Write(ComparisonText.Lines(comparison, 10));
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');

        Assert.That(lines.Any(line => line.Length > 60), Is.EqualTo(!wraps));
        Assert.That(
            string.Concat(lines).Replace(" ", ""), Does.Contain(First).And.Contain("redsince20261121-020000-2,"));
    }

    [Test]
    public void Colours_are_written_only_if_they_are_wanted()
    {
        var line = new ReportLine([new ReportText("FAIL", Tone.Bad), "  why"]);
        Assert.That(line.ToString(), Is.EqualTo("FAIL  why"));
        Assert.That(line.ToString(colour: true), Is.EqualTo("\e[31;1mFAIL\e[0m  why"));
    }

    [Test]
    public void Every_kind_of_result_has_its_words() =>
        Assert.That(Enum.GetValues<ResultKind>().Select(ResultKinds.Heading), Is.Unique.And.All.Not.Empty);

    [TestCase(Verdict.Pass, false, "equal", ResultKind.Pass)]
    [TestCase(Verdict.Pass, true, "different", ResultKind.Changed)]
    [TestCase(Verdict.Pass, true, "new", ResultKind.Changed)]
    [TestCase(Verdict.Pass, true, "equal", ResultKind.UnexpectedPass)]
    [TestCase(Verdict.Fail, true, "equal", ResultKind.Fail)]
    [TestCase(Verdict.Fail, false, "equal", ResultKind.KnownFailure)]
    [TestCase(Verdict.Hang, true, "not compared", ResultKind.Hang)]
    [TestCase(Verdict.Error, true, "not compared", ResultKind.Error)]
    [TestCase(Verdict.Unsupported, true, "not compared", ResultKind.Unsupported)]
    public void A_result_is_counted_by_verdict_and_news(
        Verdict verdict, bool isRed, string snapshot, ResultKind kind) =>
        Assert.That(
            ResultKinds.Of(new CellResult { Cell = First, Verdict = verdict, IsRed = isRed, Snapshot = snapshot }),
            Is.EqualTo(kind));

    [Test]
    public void Progress_tells_how_many_of_which_kind_how_fast_and_how_long_still()
    {
        var reading = new RunReading(
            30, 120, new Dictionary<ResultKind, int> { [ResultKind.Pass] = 29, [ResultKind.Fail] = 1 }, 1800,
            TimeSpan.FromSeconds(63));
        Assert.That(reading.Line().ToString(), Is.EqualTo("30/120   29 pass  1 fail   1,800/min   1:03 left"));
    }

    [Test]
    public void Timings_tell_each_stage_its_share_and_the_rate()
    {
        var times = new StageTimes();
        times.Add(Stage.StartUp, TimeSpan.FromSeconds(1));
        times.Add(Stage.Client, TimeSpan.FromSeconds(3));
        var lines = TimingsTable.Of(times, 60, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(8), 204_800)
            .Select(line => line.ToString()).ToList();

        var client = lines.Single(line => line.StartsWith("client", StringComparison.Ordinal));
        Assert.That(client, Does.Contain("3.00 s").And.Contain("75.0%").And.Contain("50.0 ms"));
        Assert.That(lines[^1],
            Is.EqualTo("60 cells in 6.0 s = 600 cells/min · whole run 8.0 s · peak memory of the harness 200 MB"));
    }

    private static string Plain(StringWriter output) =>
        Regex.Replace(output.ToString(), "\e\\[[0-9;]*m", "").ReplaceLineEndings("\n");

    private void Snapshot(string id, string kind, string text)
    {
        var path = Path.Combine(_snapshots, $"{id}.{kind}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Text(RunReport report) =>
        string.Join('\n', RunReportText.Lines(report, 100).Select(line => line.ToString()));

    private RunReport Report(CellResult[] results) => new()
    {
        Plan = Plan([.. results.Select(result => result.Cell)],
            ("openssl@trixie/curl@trixie/smtps/tls1.3-AES_128_GCM_SHA256", "no such thing")),
        Results = results,
        Folder = "runs/1",
        Snapshots = _snapshots,
        Again = "./interop run",
    };
}
