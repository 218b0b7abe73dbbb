using Microsoft.Playwright;
using TlsInterop.Harness.Reports.Html;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Runs;
using static Microsoft.Playwright.Assertions;

namespace TlsInterop.Reports.Tests;

/// <summary>The first page of a report, as its reader uses it.</summary>
[CancelAfter(120_000)]
public sealed class RunPageTests
{
    private readonly SampleRuns _runs = new();

    [OneTimeSetUp]
    public Task WriteAsync() => _runs.WriteAsync();

    [OneTimeTearDown]
    public void Remove() => _runs.Dispose();

    [Test]
    public async Task What_changed_stands_first_the_worst_of_it_open()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);

        var headings = await opened.Locate("main section:not([hidden]) > h2").AllInnerTextsAsync();
        Assert.That(headings.Take(3), Is.EqualTo((string[])["What changed", "Causes of what is red", "The matrix"]));
        var changes = opened.Locate("#changes details");
        await Expect(changes.First.Locator("summary")).ToContainTextAsync("2 new red");
        await Expect(changes.First).ToHaveAttributeAsync("open", "");
        await Expect(opened.Locate("#changes")).ToContainTextAsync("1 handshake changed");
        await Expect(opened.Locate("#changes")).ToContainTextAsync("1 new green");
        await Expect(opened.Locate("#status")).ToHaveTextAsync("PARTIAL: 7 cells ran, 3 red; 1 did not run");
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task A_cause_is_told_with_its_remedies_and_leads_to_its_cells()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);

        var cause = opened.Locate("#causes .cause").Filter(new() { HasText = "certificate-expired" });
        await Expect(cause).ToContainTextAsync("Remedy, server");
        await Expect(cause).ToContainTextAsync("renew the certificate");
        await cause.GetByRole(AriaRole.Link, new() { Name = SampleRuns.Expired }).ClickAsync();
        await Expect(opened.Locate("h1")).ToContainTextAsync(SampleRuns.Expired);
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task A_fault_that_a_cell_has_on_purpose_is_no_cause_and_its_remedy_is_not_offered()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);

        var causes = opened.Locate("#causes");
        await Expect(causes).ToContainTextAsync("1 × certificate-expired");
        await Expect(causes).ToContainTextAsync("1 × handshake is not the accepted one");
        await Expect(causes).Not.ToContainTextAsync("renew it");
    }

    [Test]
    public async Task The_table_tells_known_failures_among_passes_and_its_legend_what_bold_and_framed_mean()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);

        await Expect(opened.Locate("#heat td.good a").Filter(new() { HasText = "✓ 2 ≈1" })).ToHaveCountAsync(1);
        var legend = opened.Locate("#heat caption");
        foreach (var words in new[] { "≈2: two of them are known failures", "bold: more than a quarter", "framed: " })
            await Expect(legend).ToContainTextAsync(words);
        await opened.GoAsync($"{_runs.Index}#server=openssl@bookworm&client=gnutls@bookworm");
        await Expect(opened.Locate("#pair-table td.quiet")).ToHaveTextAsync("≈ 1");
    }

    [Test]
    public async Task A_pair_opens_into_versions_and_suites_and_these_into_cells()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);
        Assert.That(opened.Requests, Has.None.Contain("/data/"), "details are loaded when they are asked for");

        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "1/1" }).First.ClickAsync();
        await Expect(opened.Locate("#pair-title")).ToHaveTextAsync("gnutls@trixie to exim@bookworm");
        await opened.Locate("#pair-table td a").ClickAsync();
        await Expect(opened.Locate("#list li")).ToHaveCountAsync(1);
        await Expect(opened.Locate("#list .id")).ToHaveTextAsync(SampleRuns.Expired);
        Assert.That(opened.Page.Url, Does.Contain("version=tls1.2").And.Contain("suite=ECDHE_RSA_WITH_AES_128"));
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task A_field_shows_what_is_red_beside_what_did_not_run_and_nothing_that_was_left_out()
    {
        const string Pair = "openssl@trixie/gnutls@bookworm/echo/tls1.3-AES_128_GCM_SHA256";
        var folder = Directory.CreateDirectory(Path.Combine(_runs.Report, "..", "pair")).FullName;
        var run = new RunFolders(folder).Write(
            [TestCells.Failed(Pair + "-x25519"), TestCells.Passed(Pair + "-secp256r1")],
            missing: [Pair + "-secp384r1", Pair + "-secp521r1"],
            skipped: [new(Pair + "-x448", "none has it"), new(Pair.Replace("128", "256"), "none has it")]);
        var report = Path.Combine(folder, "report");
        await using var opened = await Chromium.OpenAsync(
            $"{await HtmlReport.WriteAsync(RecordedRun.Load(run), since: null, report)}"
                + "#server=openssl@trixie&client=gnutls@bookworm");

        await Expect(opened.Locate("#pair-table tbody td")).ToHaveTextAsync(["✕ 1/4"]);
        await Expect(opened.Locate("#pair-table td")).ToHaveClassAsync("bad heat1");
        await Expect(opened.Locate("#pair-table td a")).ToHaveAttributeAsync("title", "2 run, 1 red, 2 not run");
        await Expect(opened.Locate("#heat td.bad a")).ToHaveTextAsync("✕ 1/4");
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task Filters_stand_in_the_address_and_who_gets_it_sees_the_same()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);
        await opened.Locate("select[name=server]").SelectOptionAsync("openssl@trixie");
        await opened.Locate("select[name=verdict]").SelectOptionAsync("red");
        await Expect(opened.Locate("#list .id")).ToHaveTextAsync([TestCells.Second]);
        var address = opened.Page.Url;

        await using var other = await Chromium.OpenAsync($"{_runs.Index}#{address.Split('#')[1]}");
        await Expect(other.Locate("#list .id")).ToHaveTextAsync([TestCells.Second]);
        await Expect(other.Locate("select[name=verdict]")).ToHaveValueAsync("red");
        Assert.That(other.Errors.Concat(opened.Errors), Is.Empty);
    }

    [TestCase("server=openssl", 7, TestName = "A_stack_stands_for_all_its_versions")]
    [TestCase("verdict=skipped", 1, TestName = "What_was_left_out_is_listed")]
    [TestCase("verdict=notrun", 1, TestName = "What_did_not_run_is_listed")]
    [TestCase("verdict=vanished", 1, TestName = "What_vanished_is_listed")]
    [TestCase("change=newRed", 2, TestName = "What_changed_is_listed")]
    [TestCase("text=X25519", 1, TestName = "Text_is_found_whatever_its_case")]
    [TestCase("text=certificate-expired", 1, TestName = "Text_is_found_in_causes")]
    [TestCase("server=nobody", 0, TestName = "What_is_not_there_is_not_found")]
    public async Task A_view_shows_its_cells(string filters, int count)
    {
        await using var opened = await Chromium.OpenAsync($"{_runs.Index}#{filters}");

        await Expect(opened.Locate("#found")).ToContainTextAsync($"{count} of ");
        await Expect(opened.Locate("#list > li")).ToHaveCountAsync(count);
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task The_details_of_a_cell_open_with_the_keyboard()
    {
        await using var opened = await Chromium.OpenAsync($"{_runs.Index}#text={SampleRuns.Expired}");
        await opened.Locate("#list summary").FocusAsync();
        await opened.Page.Keyboard.PressAsync("Enter");

        await Expect(opened.Locate("#list dl")).ToContainTextAsync("renew the certificate");
        Assert.That(opened.Errors, Is.Empty);
    }

    [Test]
    public async Task Every_link_of_the_page_leads_somewhere()
    {
        await using var opened = await Chromium.OpenAsync($"{_runs.Index}#text=/");
        await Expect(opened.Locate("#list > li").First).ToBeVisibleAsync();

        var links = await opened.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('a[href]')].map(link => link.href)");
        var index = OpenedPage.AddressOf(_runs.Index);
        foreach (var link in links.Where(link => link.Split('#')[0] != index))
            Assert.That(File.Exists(new Uri(link).LocalPath), link);
        Assert.That(links.Where(link => !link.Contains('#')), Is.Not.Empty);
    }

    [Test]
    public async Task Colours_are_chosen_by_the_button_and_kept()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index);
        Task<string> Ground() =>
            opened.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        Assert.That(await Ground(), Is.EqualTo("rgb(255, 255, 255)"));

        await opened.Locate("#theme").ClickAsync();
        await opened.Locate("#theme").ClickAsync();
        await Expect(opened.Locate("#theme")).ToHaveTextAsync("◐ Colours: dark");
        Assert.That(await Ground(), Is.EqualTo("rgb(20, 23, 26)"));
        await opened.GoAsync(_runs.PageOf(SampleRuns.Expired));
        Assert.That(await Ground(), Is.EqualTo("rgb(20, 23, 26)"));
    }

    [Test]
    public async Task On_paper_there_are_no_controls_and_the_ground_is_white()
    {
        await using var opened = await Chromium.OpenAsync(_runs.Index, dark: true);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(opened.Locate("#filters")).ToBeHiddenAsync();
        await Expect(opened.Locate("#theme")).ToBeHiddenAsync();
        await Expect(opened.Locate("#heat")).ToBeVisibleAsync();
        Assert.That(await opened.Page.EvaluateAsync<string>(
            "() => getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(255, 255, 255)"));
    }
}
