using System.Globalization;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Interop.Tests.Endurance;

/// <summary>Runs that end otherwise than they should.</summary>
[NonParallelizable]
[Platform(Exclude = "Win", Reason = "signals are those of Unix")]
public sealed class KilledRunTests
{
    private static readonly string[] Chosen =
        ["--filter", "{exim@bullseye,openssl@trixie,gnutls@bookworm}/{openssl@bookworm,gnutls@trixie,sslstream}/**"];

    // More of them take a quarter of an hour: TLSINTEROP_KILLS=50.
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("TLSINTEROP_KILLS") ?? "4", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-killed-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_run_that_is_killed_again_and_again_loses_no_finished_cell_doubles_none_and_leaves_nothing()
    {
        await InteropSession.RequireEngineAsync();
        var random = new Random(TestContext.CurrentContext.Random.Next());
        var (status, told) = await HarnessProcess.RunAsync(
            ["run", "smoke", "--quiet", "--output", At("whole"), .. Chosen]);
        Assert.That(status, Is.Zero, told);
        var whole = RecordedRun.Load(Only(At("whole")));

        // One cell at a time, so that there is something left to do for as long as possible.
        string[] first = ["run", "smoke", "--quiet", "--workers", "1", "--output", At("cut"), .. Chosen];
        string? folder = null;
        IReadOnlyList<string> done = [];
        for (var kill = 0; kill < Kills; kill++)
        {
            // Every other one at any moment of its life, and the others while cells run.
            await KillAsync(
                folder is null ? first : Again(folder), random, kill % 2 == 0 ? null : () => Finished(At("cut"), done));
            // Killed before its first cell it has written nothing down, and there is nothing to go on with.
            folder ??= Directory.Exists(At("cut"))
                ? Directory.GetDirectories(At("cut")).FirstOrDefault(begun => Finished(begun).Count > 0)
                : null;
            if (folder is null) continue;
            var now = Finished(folder);
            Assert.That(now, Is.SupersetOf(done), $"after {kill + 1} kills");
            done = now;
        }
        Assert.That(folder, Is.Not.Null, "none of them came to its first cell");
        (status, told) = await HarnessProcess.RunAsync(Again(folder!));

        Assert.That(status, Is.Zero, told);
        var cut = RecordedRun.Load(folder!);
        Assert.That(cut.Problems, Is.Empty);
        Assert.That(cut.Missing, Is.Empty);
        Assert.That(cut.Results.Select(Seen).Order(), Is.EqualTo(whole.Results.Select(Seen).Order()));
        Assert.That(await LeftBehind.AfterAWhileOfAsync(folder!), Is.Empty);
        Assert.That(LeftBehind.KeysIn(folder!), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    public async Task A_run_that_is_interrupted_ends_in_order_or_when_asked_twice_at_once_and_leaves_nothing(int times)
    {
        await InteropSession.RequireEngineAsync();
        using var run = HarnessProcess.Start(
            ["run", "smoke", "--quiet", "--workers", "1", "--output", At("cut"), .. Chosen]);
        await UntilAsync(() => run.HasEnded || (Directory.Exists(At("cut"))
            && Directory.GetDirectories(At("cut")) is [var begun] && Finished(begun).Count > 2));
        for (var time = 0; time < times; time++) await run.InterruptAsync();
        var (status, told) = await run.EndAsync();
        var folder = Only(At("cut"));

        Assert.That(status, Is.EqualTo(130), told);
        var read = RecordedRun.Load(folder);
        Assert.That(read.Missing, Is.Not.Empty, "it was interrupted before its end");
        Assert.That(read.Results, Has.All.Property("IsRed").False);
        // Who leaves at once writes nothing more.
        Assert.That(read.End, times == 1 ? Has.Property("Interruption").Not.Null : Is.Null);
        Assert.That(await LeftBehind.AfterAWhileOfAsync(folder), Is.Empty);
        Assert.That(LeftBehind.KeysIn(folder), Is.Empty);
        Assert.That((await HarnessProcess.RunAsync("run", "--resume", folder, "--quiet")).Status, Is.Zero);
    }

    [Test]
    public async Task Two_runs_side_by_side_do_not_disturb_each_other()
    {
        await InteropSession.RequireEngineAsync();
        var both = await Task.WhenAll(new[] { "one", "other" }.Select(name => HarnessProcess.RunAsync(
            ["run", "smoke", "--quiet", "--output", At(name), .. Chosen])));

        foreach (var (status, told) in both) Assert.That(status, Is.Zero, told);
        Assert.That(
            RecordedRun.Load(Only(At("one"))).Results.Select(Seen).Order(),
            Is.EqualTo(RecordedRun.Load(Only(At("other"))).Results.Select(Seen).Order()));
    }

    private static async Task KillAsync(string[] arguments, Random random, Func<bool>? hasBegun)
    {
        using var run = HarnessProcess.Start(arguments);
        if (hasBegun is not null) await UntilAsync(() => run.HasEnded || hasBegun());
        var moment = TimeSpan.FromSeconds(random.NextDouble() * (hasBegun is null ? 9 : 2));
        using var deadline = new CancellationTokenSource(moment);
        while (!run.HasEnded && !deadline.IsCancellationRequested) await Task.Delay(20);
        if (!run.HasEnded) await run.KillAsync();
    }

    // Each line of the journal is a cell of its own: none is there twice.
    private static List<string> Finished(string folder)
    {
        var journal = Path.Combine(folder, RunFolder.JournalName);
        if (!File.Exists(journal)) return [];
        var cells = Journal.Read(journal).Results.Select(result => result.Cell).ToList();
        Assert.That(cells, Is.Unique);
        return cells;
    }

    // True once a run below a folder has finished more cells than those.
    private static bool Finished(string parent, IReadOnlyList<string> before) => Directory.Exists(parent)
        && Directory.GetDirectories(parent).Any(folder => Finished(folder).Count > before.Count);

    private static string Seen(CellResult result) =>
        $"{result.Cell} {result.Verdict} {result.IsRed} {result.Alert} {result.Effective} {result.Shape}";

    private string At(string name) => Path.Combine(_folder, name);

    private static string Only(string folder) => Directory.GetDirectories(folder).Single();

    private static string[] Again(string folder) => ["run", "--resume", folder, "--quiet", "--workers", "1"];

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(20, deadline.Token);
    }
}
