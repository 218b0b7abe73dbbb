using TlsInterop.Harness.Reports.Comparison;
using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Reports.Tests;

/// <summary>
/// Makes the pictures of README.md from a real run: the youngest of <c>runs/</c>, or that of
/// <c>TLSINTEROP_PICTURE_RUN</c>, beside <c>TLSINTEROP_PICTURE_SINCE</c> if that is set.
/// </summary>
[Explicit("it writes docs/pictures; it runs when it is asked for by its name")]
[CancelAfter(300_000)]
public sealed class PictureTests
{
    private const int Width = 1100;
    private const int Margin = 16;
    private const int MostOctets = 300_000;

    private static readonly string Root = Repository.Find().Root;

    [Test]
    public async Task Pictures_of_the_report_and_of_a_ladder()
    {
        var run = RecordedRun.Load(Variable("RUN")
            ?? Directory.GetDirectories(Path.Combine(Root, "runs")).Order(StringComparer.Ordinal).Last());
        var since = Variable("SINCE") is { } earlier ? RunComparison.Of(RecordedRun.Load(earlier), run) : null;
        var report = Directory.CreateTempSubdirectory("tlsinterop-pictures-").FullName;
        try
        {
            var index = await HtmlReport.WriteAsync(run, since, Path.Combine(report, HtmlReport.FolderName));
            await using var first = await Chromium.OpenAsync(index, width: Width);
            await TakeAsync(first, "report.png", "#matrix");

            // What failed tells most; where nothing did, the first will do.
            var cell = run.Results.OrderByDescending(result => result.IsRed).ThenBy(result => result.Verdict).First();
            await using var page = await Chromium.OpenAsync(
                Path.Combine(Path.GetDirectoryName(index)!, ReportPath(cell.Cell)), width: Width);
            await page.Locate("svg a").First.HoverAsync();
            await page.Locate("figure.ladder").First.ScrollIntoViewIfNeededAsync();
            await page.Locate("figure.ladder").First.ScreenshotAsync(new() { Path = PathOf("ladder.png") });
            Assert.That(new FileInfo(PathOf("ladder.png")).Length, Is.InRange(5_000, MostOctets));
        }
        finally
        {
            Directory.Delete(report, recursive: true);
        }
    }

    // The page down to the end of a part of it.
    private static async Task TakeAsync(OpenedPage opened, string name, string last)
    {
        var place = (await opened.Locate(last).BoundingBoxAsync())!;
        await opened.Page.ScreenshotAsync(new()
        {
            Path = PathOf(name), FullPage = true,
            Clip = new() { X = 0, Y = 0, Width = Width, Height = place.Y + place.Height + Margin },
        });
        Assert.That(new FileInfo(PathOf(name)).Length, Is.InRange(5_000, MostOctets));
    }

    private static string ReportPath(string id) => Path.Combine("cells", id + ".html");

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable($"TLSINTEROP_PICTURE_{name}") is { Length: > 0 } value ? value : null;

    private static string PathOf(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "docs", "pictures"));
        return Path.Combine(folder.FullName, name);
    }
}
