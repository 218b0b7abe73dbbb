using Microsoft.Playwright;

namespace TlsInterop.Reports.Tests;

/// <summary>The browser that all tests share: the machine's own, without a window. None is ever downloaded.</summary>
[SetUpFixture]
public sealed class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static IPlaywright? _driver;
    private static IBrowser? _browser;

    private static string? Program { get; } = Names
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        if (Program is null) return;
        _driver = await Playwright.CreateAsync();
        _browser = await _driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            // Root, who runs tests in containers, can't have its sandbox. It opens nothing but files of these tests.
            ChromiumSandbox = false,
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _driver?.Dispose();
    }

    /// <summary>A page, as a reader would have it who was never here.</summary>
    /// <param name="file">Its path, with or without a fragment.</param>
    /// <param name="dark">True for one who likes it dark.</param>
    /// <param name="width">Of the window.</param>
    public static async Task<OpenedPage> OpenAsync(string file, bool dark = false, int width = 1280)
    {
        var context = await Browser.NewContextAsync(new()
        {
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = 900 },
            Offline = true,
        });
        context.SetDefaultTimeout(15_000);
        var opened = new OpenedPage(context, await context.NewPageAsync());
        await opened.GoAsync(file);
        return opened;
    }

    private static IBrowser Browser
    {
        get
        {
            if (_browser is not null) return _browser;
            const string missing = "This test needs chromium. './interop test' installs it where it can.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail(missing);
            Assert.Ignore(missing);
            throw new InvalidOperationException(missing);
        }
    }
}
