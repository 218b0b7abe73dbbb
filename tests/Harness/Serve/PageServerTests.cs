using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Serve;
using TlsInterop.Harness.Serve.Page;

namespace TlsInterop.Harness.Tests.Serve;

/// <summary>The page of a search, got over HTTP.</summary>
[CancelAfter(60_000)]
public sealed class PageServerTests
{
    private readonly HttpClient _browser = new();

    private SweepReading _reading = SweepReadings.Midway();

    private static CancellationToken Cancelled => TestContext.CurrentContext.CancellationToken;

    [OneTimeTearDown]
    public void TearDown() => _browser.Dispose();

    [Test]
    public async Task A_page_tells_failures_with_cause_and_remedy_and_what_is_needed_yet()
    {
        var page = await GetAsync();

        Assert.That(page, Does.Contain("At most 7 more connections needed, if nothing else fails."));
        Assert.That(page, Does.Contain("(padding-intolerance, 95 %)"));
        Assert.That(page, Does.Match("Remedy, device</dt><dd>update it</dd>"));
        Assert.That(page, Does.Match("Remedy, server</dt><dd>pad less</dd>"));
        Assert.That(page, Does.Contain("/runs/one/cells/first"));
        Assert.That(page, Does.Contain("<dt>Next</dt><dd>exim@trixie TLS 1.2 RSA_WITH_AES_128_CBC_SHA</dd>"));
    }

    [TestCase("failed", "✕", "FAILED")]
    [TestCase("worked", "✓", "worked")]
    [TestCase("next", "▶", "next")]
    [TestCase("untried", "○", "not tried yet")]
    [TestCase("notoffered", "–", "not offered")]
    public async Task A_state_is_told_by_a_mark_and_by_a_word(string state, string mark, string word)
    {
        var cell = Regex.Match(await GetAsync(), $"<td class=\"{state}\">(.*?)</td>", RegexOptions.Singleline);

        Assert.That(cell.Success);
        Assert.That(cell.Groups[1].Value, Does.Match($"{Regex.Escape(mark)}</span>\\s*{word}"));
    }

    [Test]
    public async Task A_failed_configuration_leads_to_its_failure()
    {
        var page = await GetAsync();

        Assert.That(page, Does.Contain("<a href=\"#failure-1\">"));
        Assert.That(page, Does.Contain("<article id=\"failure-1\""));
    }

    [Test]
    public async Task What_a_device_said_is_nothing_but_text()
    {
        var page = await GetAsync();

        Assert.That(page, Does.Contain("&lt;script&gt;alert(1)&lt;/script&gt;"));
        Assert.That(page, Does.Not.Contain("<script>alert"));
        Assert.That(page, Does.Not.Contain('\e'));
    }

    [Test]
    public async Task A_browser_is_told_to_run_the_script_of_the_page_and_no_other()
    {
        await using var server = await StartAsync();
        using var answer = await _browser.GetAsync(new Uri(server.Address), Cancelled);

        var page = await answer.Content.ReadAsStringAsync(Cancelled);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var tag in (string[])["style", "script"])
        {
            var text = Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.That(text, Is.Not.Empty);
            var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            Assert.That(policy, Does.Contain($"{tag}-src 'sha256-{hash}'"));
        }
    }

    [Test]
    public async Task A_page_that_is_asked_for_again_tells_how_it_stands_by_then()
    {
        await using var server = await StartAsync();
        await _browser.GetStringAsync(new Uri(server.Address), Cancelled);
        _reading = SweepReadings.Midway() with { Left = 3, Connections = 6 };

        var page = await _browser.GetStringAsync(new Uri(server.Address), Cancelled);
        _reading = SweepReadings.Midway();

        Assert.That(page, Does.Contain("<title>6 connections, 1 failed"));
        Assert.That(page, Does.Contain("At most 3 more connections needed"));
    }

    [TestCase("GET", "/", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [TestCase("GET", "/", "localhost", HttpStatusCode.OK)]
    [TestCase("GET", "/../etc/passwd", null, HttpStatusCode.NotFound)]
    [TestCase("POST", "/", null, HttpStatusCode.MethodNotAllowed)]
    public async Task Only_the_page_is_given_and_only_to_who_asks_this_machine_for_it(
        string method, string path, string? host, HttpStatusCode expected)
    {
        await using var server = await StartAsync();
        using var request = new HttpRequestMessage(new(method), new Uri(new Uri(server.Address), path));
        request.Headers.Host = host;

        using var answer = await _browser.SendAsync(request, Cancelled);

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_port_that_is_in_use_is_told_with_the_option_that_names_another()
    {
        await using var server = await StartAsync();
        var port = new Uri(server.Address).Port;

        Assert.That(
            async () => await PageServer.StartAsync(IPAddress.Loopback, port, () => View(), Cancelled),
            Throws.TypeOf<UsageException>().With.Message.StartsWith($"--page-port {port}: something else listens"));
    }

    [Test]
    public async Task A_page_that_is_kept_asks_for_nothing()
    {
        await using var renderer = new PageRenderer();

        var page = await renderer.RenderAsync(View(), isLive: false);

        Assert.That(page, Does.StartWith("<!DOCTYPE html>"));
        Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("http-equiv"));
    }

    private SweepPageView View() => SweepPageView.Of(_reading, "127.0.0.1:4433", "/runs/one");

    private Task<PageServer> StartAsync() => PageServer.StartAsync(IPAddress.Loopback, 0, View, Cancelled);

    private async Task<string> GetAsync()
    {
        await using var server = await StartAsync();
        Assert.That(server.IsOpenToOthers, Is.False);
        return WebUtilityDecoded(await _browser.GetStringAsync(new Uri(server.Address), Cancelled));
    }

    // Marks come as numbers; what is markup stays as it is.
    private static string WebUtilityDecoded(string page) => Regex.Replace(
        page, "&#x([0-9A-F]+);", match => char.ConvertFromUtf32(Convert.ToInt32(match.Groups[1].Value, 16)));
}
