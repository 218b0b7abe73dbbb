using System.Diagnostics;
using System.Globalization;
using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Verdicts;
using static Microsoft.Playwright.Assertions;

namespace TlsInterop.Reports.Tests;

/// <summary>A run of 100,000 cells: the first page holds what is added up, the rest is loaded on demand.</summary>
[CancelAfter(300_000)]
public sealed class LargeReportTests
{
    private const int Count = 100_000;
    private const int Endpoints = 50;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tlsinterop-large-");

    [TearDown]
    public void Remove() => _folder.Delete(recursive: true);

    [Test]
    public async Task The_first_page_stays_small_and_the_list_comes_on_demand()
    {
        var (before, after) = (Run("before", isLater: false), Run("after", isLater: true));
        using var self = Process.GetCurrentProcess();
        var (clock, began) = (Stopwatch.StartNew(), self.TotalProcessorTime);
        var since = RunComparison.Of(before, after);
        var index = await HtmlReport.WriteAsync(after, since, Path.Combine(_folder.FullName, "report"));
        self.Refresh();
        var used = (self.TotalProcessorTime - began).TotalSeconds;
        Say($"report of {Count} cells: {clock.Elapsed.TotalSeconds:0.0} s, of processors {used:0.0} s");
        Say($"memory at most, with both runs: {self.PeakWorkingSet64 >> 20} MB");
        Say($"index.html: {new FileInfo(index).Length >> 10} kB");
        Assert.That(new FileInfo(index).Length, Is.LessThan(1 << 20));

        await using var opened = await Chromium.OpenAsync(index);
        Assert.That(opened.Requests, Has.None.Contain("/data/"));
        Say($"first contentful paint: {await PaintAsync(opened):0} ms");

        clock.Restart();
        await opened.Locate("select[name=verdict]").SelectOptionAsync("red");
        await Expect(opened.Locate("#found")).ToContainTextAsync($"of {Count} cells");
        Say($"reds listed after {clock.ElapsedMilliseconds} ms");
        var loaded = opened.Requests.Where(request => request.Contains("/data/"));
        Assert.That(loaded.Select(request => request.Split('/')[^1]), Is.EqualTo((string[])["cells.js"]));

        await opened.Locate("#list summary").First.ClickAsync();
        await Expect(opened.Locate("#list dl").First).ToContainTextAsync("handshake_failure");
        await Expect(opened.Locate("#list > li")).ToHaveCountAsync(200);
        await opened.Locate("#more").ClickAsync();
        await Expect(opened.Locate("#list > li")).ToHaveCountAsync(400);
        Assert.That(opened.Errors, Is.Empty);
    }

    private static Task<double> PaintAsync(OpenedPage opened) => opened.Page.EvaluateAsync<double>("""
        () => new Promise(resolve => new PerformanceObserver(list => {
            for (const entry of list.getEntries())
                if (entry.name === "first-contentful-paint") resolve(entry.startTime);
        }).observe({ type: "paint", buffered: true }))
        """);

    private RecordedRun Run(string name, bool isLater) => new()
    {
        Folder = Path.Combine(_folder.FullName, name),
        Results = [.. Enumerable.Range(0, Count).Select(number => Result(number, isLater))],
    };

    // Every eleventh is red, and every thirteenth in one of the two runs alone.
    private static CellResult Result(int number, bool isLater)
    {
        var pair = number % (Endpoints * Endpoints);
        var ends = $"server-{pair / Endpoints}@trixie/client-{pair % Endpoints}@trixie";
        var id = $"{ends}/echo-{number / (Endpoints * Endpoints)}/tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256";
        return number % 11 == 0 || (isLater && number % 13 == 0)
            ? TestCells.Failed(id) with { Got = $"alert handshake_failure (40), of {number % 90}" }
            : TestCells.Passed(id) with { Effective = "TLS 1.2 · ECDHE_RSA_WITH_AES_128_GCM_SHA256" };
    }

    private static void Say(FormattableString text) =>
        TestContext.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
