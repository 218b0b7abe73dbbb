using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TlsInterop.Reports.Tests;

/// <summary>The page of a cell that failed, as its reader uses it.</summary>
[CancelAfter(120_000)]
public sealed class CellPageTests
{
    private readonly SampleRuns _runs = new();

    private string Page => _runs.PageOf(SampleRuns.Expired);

    [OneTimeSetUp]
    public Task WriteAsync() => _runs.WriteAsync();

    [OneTimeTearDown]
    public void Remove() => _runs.Dispose();

    [Test]
    public async Task It_tells_verdict_cause_remedy_terms_and_the_line_that_runs_it_again()
    {
        await using var opened = await Chromium.OpenAsync(Page);

        await Expect(opened.Locate("h1")).ToContainTextAsync("fail");
        await Expect(opened.Locate("#status")).ToContainTextAsync("was not red, and is red now");
        await Expect(opened.Locate(".cause")).ToContainTextAsync("had expired 23 days before");
        await Expect(opened.Locate(".cause")).ToContainTextAsync("renew the certificate");
        var certificate = opened.Page.GetByRole(AriaRole.Row, new() { Name = "certificate" });
        await Expect(certificate.Last).ToContainTextAsync("rsa3072");
        await Expect(opened.Locate("#again")).ToHaveTextAsync($"./interop run --cell '{SampleRuns.Expired}'");
        await Expect(opened.Locate(".diff .bad")).ToHaveTextAsync("-verdict pass");
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task The_cause_is_told_once()
    {
        await using var opened = await Chromium.OpenAsync(Page);

        var told = await opened.Locate("main").InnerTextAsync();
        Assert.That(told.Split("had expired 23 days before"), Has.Length.EqualTo(2));
        Assert.That(told, Does.Contain("the client said: expired"), "what else is known of it stays");
    }

    [Test]
    public async Task Where_the_cause_is_not_known_the_line_that_looks_for_it_stands_to_be_copied()
    {
        await using var opened = await Chromium.OpenAsync(_runs.PageOf(SampleRuns.Unexplained));

        await Expect(opened.Locate("main")).ToContainTextAsync("The cause is not known.");
        await Expect(opened.Locate("#explain")).ToHaveTextAsync("./interop explain "
            + $"'runs/{Path.GetFileName(_runs.Run.Folder)}/cells/{SampleRuns.Unexplained}/capture.pcapng'");
        await Expect(opened.Locate("button[data-copies=explain]")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_fault_that_the_cell_has_on_purpose_is_no_cause()
    {
        await using var opened = await Chromium.OpenAsync(_runs.PageOf(SampleRuns.OnPurpose));

        await Expect(opened.Locate(".cause")).ToHaveCountAsync(0);
        await Expect(opened.Locate(".facts").First).ToContainTextAsync("On purpose");
    }

    [TestCase(400)]
    [TestCase(500)]
    [TestCase(800)]
    [TestCase(1200)]
    public async Task The_ladder_fits_into_the_window_and_can_be_read(int width)
    {
        await using var opened = await Chromium.OpenAsync(Page, width: width);
        var (outside, smallest) = await OutsideAsync(opened);

        Assert.That(outside, Is.Empty);
        Assert.That(smallest, Is.GreaterThan(7.5));
    }

    [Test]
    public async Task The_ladder_shows_each_message_and_its_fields_beside_it_when_it_is_pointed_at()
    {
        await using var opened = await Chromium.OpenAsync(Page);
        var hello = opened.Locate("svg a").Filter(new() { HasText = "ClientHello" });

        await Expect(hello).ToContainTextAsync("octets");
        await Expect(opened.Locate("svg a.trouble .name").First).ToContainTextAsync("✕ Alert");
        await hello.HoverAsync();
        await Expect(opened.Locate("[data-panel]")).ToContainTextAsync("supported_groups");
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task The_ladder_can_be_walked_with_the_keyboard()
    {
        await using var opened = await Chromium.OpenAsync(Page);
        await opened.Locate("svg a").First.FocusAsync();
        await opened.Page.Keyboard.PressAsync("Tab");

        var second = await opened.Locate("svg a").Nth(1).GetAttributeAsync("data-step");
        Assert.That(await opened.Page.EvaluateAsync<string>("() => document.activeElement.dataset.step"),
            Is.EqualTo(second));
        await Expect(opened.Locate("[data-panel] strong")).ToHaveCountAsync(1);
        await opened.Page.Keyboard.PressAsync("Enter");
        await Expect(opened.Locate($"#{second} dl")).ToBeVisibleAsync();
    }

    [Test]
    public async Task The_capture_lies_beside_it()
    {
        await using var opened = await Chromium.OpenAsync(Page);
        var link = await opened.Locate("a[download]").EvaluateAsync<string>("link => link.href");

        Assert.That(File.ReadAllBytes(new Uri(link).LocalPath), Is.EqualTo(File.ReadAllBytes(
            Path.Combine(_runs.Run.Folder, "cells", SampleRuns.Expired, "capture.pcapng"))));
    }

    [Test]
    public async Task Logs_are_text_without_orders_to_a_terminal()
    {
        await using var opened = await Chromium.OpenAsync(Page);

        await Expect(opened.Locate("pre.log")).ToHaveTextAsync("exit code 1\n*** Fatal error: <b>expired</b>?");
    }

    // Texts that leave the picture, and the size in pixels of its smallest letters.
    private static async Task<(string[] Outside, double Smallest)> OutsideAsync(OpenedPage opened)
    {
        var answer = await opened.Page.EvaluateAsync<System.Text.Json.JsonElement>("""
            () => {
                const svg = document.querySelector("figure.ladder svg"), box = svg.getBoundingClientRect();
                const texts = [...svg.querySelectorAll("text")].filter(text => text.getClientRects().length > 0);
                const scale = box.width / svg.viewBox.baseVal.width;
                return {
                    outside: [...texts.filter(text => {
                        const place = text.getBoundingClientRect();
                        return place.left < box.left - 1 || place.right > box.right + 1;
                    }).map(text => text.textContent), ...(box.right > innerWidth ? ["the picture"] : [])],
                    smallest: Math.min(...texts.map(text => parseFloat(getComputedStyle(text).fontSize) * scale)),
                };
            }
            """);
        return (
            [.. answer.GetProperty("outside").EnumerateArray().Select(text => text.GetString()!)],
            answer.GetProperty("smallest").GetDouble());
    }

    [Test]
    public async Task It_leads_back_to_the_run()
    {
        await using var opened = await Chromium.OpenAsync(Page);
        await opened.Locate("nav a").ClickAsync();

        await Expect(opened.Locate("#matrix-title")).ToBeVisibleAsync();
        Assert.That(opened.Errors, Is.Empty);
    }
}
