using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Runs;
using static Microsoft.Playwright.Assertions;

namespace TlsInterop.Reports.Tests;

/// <summary>A journal that somebody wrote to harm its reader: all of it is text.</summary>
[CancelAfter(120_000)]
public sealed class HostileReportTests
{
    private const string Markup = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&lt;";

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-hostile-");

    [TearDown]
    public void Remove() => _folder.Delete(recursive: true);

    [Test]
    public async Task Markup_quotes_and_control_characters_are_shown_and_do_nothing()
    {
        var index = await WriteAsync();
        await using var opened = await Chromium.OpenAsync($"{index}#verdict=red");

        await Expect(opened.Locate("#list > li")).ToHaveCountAsync(3);
        await opened.Page.EvaluateAsync(
            "() => document.querySelectorAll('#list details').forEach(details => { details.open = true; })");
        await Expect(opened.Locate("#list")).ToContainTextAsync(Markup);
        await Expect(opened.Locate("#causes")).ToContainTextAsync(Markup);
        await Expect(opened.Locate("#skipped")).ToContainTextAsync(Markup);
        await Expect(opened.Locate("#endpoints")).ToContainTextAsync(Markup);
        await Expect(opened.Locate("#list")).ToContainTextAsync("turned ? back ? bell ?");
        await Expect(opened.Locate("img")).ToHaveCountAsync(0);
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task A_page_of_a_cell_shows_it_as_text_too()
    {
        await WriteAsync();
        await using var opened = await Chromium.OpenAsync(
            Path.Combine(_folder.FullName, "report", "cells", TestCells.First + ".html"));

        await Expect(opened.Locate("main")).ToContainTextAsync(Markup);
        await Expect(opened.Locate("img")).ToHaveCountAsync(0);
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task A_link_that_a_container_left_leads_nowhere()
    {
        var secret = Path.Combine(_folder.FullName, "secret.log");
        File.WriteAllText(secret, "a secret of this machine");
        var folder = new RunFolders(_folder.FullName).Write([TestCells.Failed(TestCells.First)]);
        var cell = Directory.CreateDirectory(Path.Combine(folder, "cells", TestCells.First)).FullName;
        foreach (var name in new[] { "client.log", "capture.pcapng", "client.commands" })
            File.CreateSymbolicLink(Path.Combine(cell, name), secret);
        File.CreateSymbolicLink(Path.Combine(folder, "endpoints"), _folder.FullName);
        var report = Path.Combine(_folder.FullName, "report");
        await HtmlReport.WriteAsync(RecordedRun.Load(folder), since: null, report);

        foreach (var file in Directory.GetFiles(report, "*", SearchOption.AllDirectories))
            Assert.That(File.ReadAllText(file), Does.Not.Contain("a secret of this machine"), file);
        Assert.That(Directory.GetFiles(report, "*.pcapng", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_read_or_written_outside_of_the_folders()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "secret.log"), "a secret of this machine");
        await WriteAsync();

        var written = Directory.GetFiles(Path.Combine(_folder.FullName, "report"), "*", SearchOption.AllDirectories);
        foreach (var file in written)
            Assert.That(File.ReadAllText(file), Does.Not.Contain("a secret of this machine"), file);
        Assert.That(written.Where(file => file.EndsWith(".html", StringComparison.Ordinal)).Select(Path.GetFileName),
            Is.EquivalentTo((string[])["index.html", Path.GetFileName(TestCells.First) + ".html"]));
        Assert.That(File.Exists(Path.Combine(_folder.FullName, "outside.html")), Is.False);
    }

    private Task<string> WriteAsync()
    {
        var folder = new RunFolders(_folder.FullName).Write(
            [
                TestCells.Failed(TestCells.First) with
                {
                    Got = Markup, Why = ["turned \u202e back \e bell \a"], ServerLog = "../secret.log", Evidence = "..",
                },
                TestCells.Failed("../../../../../outside") with { Got = Markup },
                TestCells.Failed(Markup) with { Evidence = "/etc" },
            ],
            skipped: [new(TestCells.Second, Markup)],
            header: usual => usual with { Again = Markup, Endpoints = [new(Markup, Markup, Markup)] });
        return HtmlReport.WriteAsync(RecordedRun.Load(folder), since: null, Path.Combine(_folder.FullName, "report"));
    }
}
