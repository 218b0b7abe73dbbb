using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Interop.Tests.Night;

/// <summary>A night as CI has it: a plan, its shards as processes of their own, and what becomes of them.</summary>
[NonParallelizable]
public sealed class NightTests
{
    // Some forty cells: servers and clients in containers, workers, and a pair that is known to fail.
    private static readonly string[] Chosen =
        ["--filter", "{exim@bullseye,openssl@trixie,gnutls@bookworm}/{openssl@bookworm,gnutls@trixie,sslstream}/**"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-night-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Shards_of_which_one_was_killed_and_went_on_are_together_what_one_run_is()
    {
        await InteropSession.RequireEngineAsync();
        var plan = Path.Combine(_folder, "plan.json");
        await GreenAsync(["plan", "smoke", "--shards", "2", "--output", plan, .. Chosen]);
        await GreenAsync(["run", "smoke", "--quiet", "--output", At("whole"), .. Chosen]);

        // Both at once, as two machines would; the second one is killed in its midst.
        var first = GreenAsync(["run", "--plan", plan, "--shard", "1/2", "--quiet", "--output", At("shards/1")]);
        using (var second = HarnessProcess.Start(
            "run", "--plan", plan, "--shard", "2/2", "--quiet", "--output", At("shards/2")))
        {
            await UntilAsync(() => second.HasEnded || Lines(At("shards/2")) > 4);
            await second.KillAsync();
        }
        await first;
        var cut = Only(At("shards/2"));
        Assert.That(RecordedRun.Load(cut).Missing, Is.Not.Empty, "it was killed before its end");

        var (status, told) = await HarnessProcess.RunAsync("merge", At("shards"), "--output", At("cut"));
        Assert.That(status, Is.EqualTo(1), told);
        Assert.That(told, Does.Contain("cells of its shard").And.Contain("run --resume"));

        await GreenAsync(["run", "--resume", cut, "--quiet"]);
        await GreenAsync(["merge", At("shards"), "--plan", plan, "--output", At("merged")]);
        var (whole, merged) = (RecordedRun.Load(Only(At("whole"))), RecordedRun.Load(At("merged")));

        Assert.That(merged.Problems, Is.Empty);
        Assert.That(merged.Missing, Is.Empty);
        Assert.That(merged.Results.Select(Seen).Order(), Is.EqualTo(whole.Results.Select(Seen).Order()));
        foreach (var result in merged.Results)
            Assert.That(Path.Combine(merged.Folder, result.Evidence!, "capture.pcapng"), Does.Exist);
    }

    [Test]
    public async Task Cells_of_which_nothing_has_changed_are_taken_over_from_the_run_before()
    {
        await InteropSession.RequireEngineAsync();
        string[] run = ["run", "smoke", "--quiet", "--output", At("runs"), .. Chosen];
        await GreenAsync(run);
        var before = Only(At("runs"));
        await GreenAsync([.. run, "--changed-only", "--since", before]);
        var after = RecordedRun.Load(Directory.GetDirectories(At("runs")).Single(folder => folder != before));

        // What failed as it was known to is looked at again.
        Assert.That(after.Results.Where(result => result.ReusedFrom is null),
            Has.All.Property("Verdict").Not.EqualTo(Verdict.Pass));
        Assert.That(after.Results.Count(result => result.ReusedFrom is not null), Is.GreaterThan(20));
        Assert.That(
            after.Results.Select(Seen).Order(), Is.EqualTo(RecordedRun.Load(before).Results.Select(Seen).Order()));
    }

    // What a cell came to, without when and where.
    private static string Seen(CellResult result) =>
        $"{result.Cell} {result.Verdict} {result.IsRed} {result.Alert} {result.Effective} {result.Shape} "
            + result.Snapshot;

    private string At(string name) => Path.Combine(_folder, name);

    private static string Only(string folder) => Directory.GetDirectories(folder).Single();

    private static int Lines(string folder) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, RunFolder.JournalName, SearchOption.AllDirectories)
            .Sum(file => Journal.Read(file).Results.Count)
        : 0;

    private static async Task GreenAsync(string[] arguments)
    {
        var (status, output) = await HarnessProcess.RunAsync(arguments);
        Assert.That(status, Is.Zero, $"tlsinterop {string.Join(' ', arguments)}\n{output}");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(50, deadline.Token);
    }
}
