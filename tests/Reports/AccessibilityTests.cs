namespace TlsInterop.Reports.Tests;

/// <summary>What a page owes to readers without a pointer, without colours, without eyes.</summary>
[CancelAfter(120_000)]
public sealed class AccessibilityTests
{
    private readonly SampleRuns _runs = new();

    [OneTimeSetUp]
    public Task WriteAsync() => _runs.WriteAsync();

    [OneTimeTearDown]
    public void Remove() => _runs.Dispose();

    [Test]
    public async Task Nobody_stumbles(
        [Values("", "#server=openssl@trixie&client=sslstream", "cell")] string view, [Values] bool dark,
        [Values(400, 1280)] int width)
    {
        var file = view == "cell" ? _runs.PageOf(SampleRuns.Expired) : _runs.Index + view;
        await using var opened = await Chromium.OpenAsync(file, dark, width);
        if (view.StartsWith('#')) await opened.Locate("#list li").First.WaitForAsync();
        await OpenAllAsync(opened);

        Assert.That(await ProblemsAsync(opened), Is.Empty);
        Assert.That(opened.Errors, Is.Empty);
        // What is too wide scrolls in a place of its own.
        Assert.That(await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"),
            Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task What_is_wrong_is_seen()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);
        await opened.Page.EvaluateAsync("""
            () => {
                document.documentElement.lang = "";
                document.body.insertAdjacentHTML("beforeend",
                    "<button id='main'></button><h6>too low</h6><svg></svg><p id='pale'>pale</p>");
                document.getElementById("pale").style.color = "rgb(200, 200, 200)";
            }
            """);

        var problems = string.Join('\n', await ProblemsAsync(opened));
        foreach (var expected in new[]
            { "no language", "id twice: main", "no name: <button", "level 6 below", "picture without", "contrast 1." })
            Assert.That(problems, Does.Contain(expected));
    }

    private static async Task OpenAllAsync(OpenedPage opened) => await opened.Page.EvaluateAsync(
        "() => document.querySelectorAll('details').forEach(details => { details.open = true; })");

    private static async Task<string[]> ProblemsAsync(OpenedPage opened)
    {
        using var script = typeof(AccessibilityTests).Assembly.GetManifestResourceStream("accessibility.js")!;
        return await opened.Page.EvaluateAsync<string[]>(await new StreamReader(script).ReadToEndAsync());
    }
}
