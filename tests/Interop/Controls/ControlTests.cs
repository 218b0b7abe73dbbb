using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Capture.Packets;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Interop.Tests.Controls;

/// <summary>
/// Runs that must go red, each for its own reason: a verdict that has not seen its control proves nothing.
/// </summary>
[TestFixture]
[CancelAfter(1_800_000)]
public sealed class ControlTests
{
    private const string Tls12Cell = "openssl@bookworm/openssl@trixie/echo/tls1.2-ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    private const string Tls13Cell = "openssl@bookworm/openssl@trixie/echo/tls1.3-AES_128_GCM_SHA256";

    private ControlRun _run = null!;

    private static CancellationToken Cancelled => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        await InteropSession.RequireEngineAsync();
        _run = await ControlRun.OpenAsync(ControlRun.Containers, CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_run is not null) await _run.DisposeAsync();
    }

    [Test]
    public async Task The_cells_that_the_controls_spoil_are_green_when_nobody_does()
    {
        foreach (var id in new[] { Tls12Cell, Tls13Cell })
        {
            var seen = await ObserveAsync(id);
            Assert.That(CellJudge.Judge(seen), Is.EqualTo(Judgement.Passed), id);
        }
    }

    [Test]
    public async Task A_key_log_of_another_session_is_an_error_and_no_pass()
    {
        var seen = await ObserveAsync(Tls13Cell);
        var other = await ObserveAsync(Tls13Cell);
        var mine = Convert.ToHexStringLower(seen.Connection!.Facts.ClientRandom.Span);
        var swapped = other.KeyLog!.LinesOf(other.Connection!.Facts.ClientRandom.Span)
            .Select(line => line.Split(' ')).Select(parts => $"{parts[0]} {mine} {parts[2]}\n");

        var judgement = CellJudge.Judge(CellExecution.Decode(seen, KeyLog.Parse(string.Concat(swapped))));

        Assert.That(judgement.Verdict, Is.EqualTo(Verdict.Error));
        Assert.That(judgement.Got, Does.Contain("stays closed"));
        Assert.That(judgement.Why, Has.Some.Contains("Expected a record that the logged secret opens"));
    }

    [Test]
    public async Task A_capture_that_lost_a_packet_is_an_error_and_no_pass()
    {
        var seen = await ObserveAsync(Tls12Cell);
        var frames = seen.Frames!.Frames;
        var middle = frames.Select((frame, index) => (frame, index)).Where(item =>
            TcpSegment.Read(item.frame.Header, item.frame.Bytes.Span, out var segment) == FrameContent.Tcp
                && segment.Payload.Length > 1000).Skip(1).First().index;

        var cut = seen with { Frames = seen.Frames with { Frames = [.. frames.Where((_, index) => index != middle)] } };
        var judgement = CellJudge.Judge(CellExecution.Decode(cut, seen.KeyLog!));

        Assert.That(judgement.Verdict, Is.EqualTo(Verdict.Error));
        Assert.That(judgement.Got, Does.Contain("missing"));
    }

    [Test]
    public async Task A_capture_in_which_the_kernel_dropped_packets_is_an_error_and_no_pass()
    {
        var seen = await ObserveAsync(Tls12Cell);
        var judgement = CellJudge.Judge(seen with { Frames = seen.Frames! with { DroppedDuring = 3 } });
        Assert.That((judgement.Verdict, judgement.Got), Is.EqualTo((Verdict.Error, "the kernel dropped 3 of them")));
    }

    [Test]
    public async Task A_server_configured_for_another_cipher_shows_as_red_with_a_diff_of_its_handshake()
    {
        var cell = ControlRun.Cell(Tls12Cell);
        var asked = _run.Session.Execution.Request(cell);
        var green = _run.Session.Execution.Judge(
            await _run.Session.Execution.ObserveAsync(cell, asked, asked, Cancelled));
        Assert.That(green.Snapshot, Is.EqualTo("new"));
        _run.AcceptSnapshots();

        // The client takes both, the server is configured for the one that was not asked for.
        var broken = asked with { Suite = "ECDHE_RSA_WITH_AES_128_GCM_SHA256" };
        var both = asked with { Suite = "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256" };
        var red = _run.Session.Execution.Judge(
            await _run.Session.Execution.ObserveAsync(cell, broken, both, Cancelled));

        Assert.Multiple(() =>
        {
            Assert.That(red.IsRed);
            Assert.That(red.Verdict, Is.EqualTo(Verdict.Fail));
            Assert.That(red.Expected, Does.Contain("ECDHE_RSA_WITH_AES_256_GCM_SHA384").And.Contain("as requested"));
            Assert.That(red.Got, Does.Contain("ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
            Assert.That(File.ReadAllText(_run.Evidence(red, "snapshot.diff")),
                Does.Contain("-← ServerHello").And.Contain("+← ServerHello"));
        });
    }

    [Test]
    public async Task A_version_that_nobody_asked_for_is_not_taken_for_the_one_that_was()
    {
        var cell = ControlRun.Cell(Tls13Cell);
        var older = _run.Session.Execution.Request(ControlRun.Cell(Tls12Cell));
        var judgement = CellJudge.Judge(await _run.Session.Execution.ObserveAsync(cell, older, older, Cancelled));
        Assert.That(judgement.Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(judgement.Expected, Does.StartWith("TLS 1.3 with AES_128_GCM_SHA256"));
    }

    [Test]
    public async Task A_payload_that_came_back_otherwise_is_red_although_the_client_was_content()
    {
        var seen = await ObserveAsync(Tls12Cell);
        var longer = seen.Request.Scenario with
        {
            Conversation = [.. seen.Request.Scenario.Conversation, new() { Echo = 2 }],
        };
        var judgement = CellJudge.Judge(seen with { Request = seen.Request with { Scenario = longer } });
        Assert.That(judgement.Verdict, Is.EqualTo(Verdict.Fail));
        Assert.That(judgement.Expected, Does.Contain("the payload of 16387 octets"));
    }

    [Test]
    public async Task A_snapshot_that_was_altered_is_red_and_the_diff_names_the_line()
    {
        var cell = ControlRun.Cell("gnutls@bookworm/openssl@trixie/echo/tls1.2-ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        await _run.Session.ExecuteAsync(cell, Cancelled);
        _run.AcceptSnapshots();
        _run.AlterSnapshot(cell, "extended_master_secret", "extended_master_password");

        var result = await _run.Session.ExecuteAsync(cell, Cancelled);

        Assert.That((result.IsRed, result.Verdict, result.Snapshot), Is.EqualTo((true, Verdict.Pass, "different")));
        Assert.That(File.ReadAllText(_run.Evidence(result, "snapshot.diff")), Does.Contain("extended_master_password"));
    }

    [Test]
    public async Task A_client_that_must_refuse_an_expired_certificate_and_does_is_green()
    {
        var seen = await ObserveAsync(
            "openssl@bookworm/gnutls@trixie/echo/tls1.2-ECDHE_RSA_WITH_AES_256_GCM_SHA384-expired");
        Assert.That(CellJudge.Judge(seen).Verdict, Is.EqualTo(Verdict.Pass));
    }

    [Test]
    public async Task A_client_that_takes_an_expired_certificate_is_red()
    {
        var seen = await ObserveAsync(Tls12Cell);
        var judgement = CellJudge.Judge(seen with { Cell = seen.Cell with { Certificate = "expired" } });
        Assert.That((judgement.Verdict, judgement.Got), Is.EqualTo((Verdict.Fail, $"{seen.Cell.Client} accepted "
            + "a certificate whose notAfter has passed (RFC 5280, Section 6.1.3) and went on")));
    }

    [Test]
    public async Task An_endpoint_that_does_not_answer_127_to_nonsense_is_not_trusted()
    {
        using var containers = ControlRun.CopyOfContainers();
        containers.Replace("openssl",
            "unsupported: no cipher match|SSL_CONF_cmd|Error with command|no protocols available",
            "unsupported: words that nobody says");
        await using var run = await ControlRun.OpenAsync(containers.Path, Cancelled);

        var result = await run.Session.ExecuteAsync(ControlRun.Cell(Tls12Cell), Cancelled);

        Assert.That((result.IsRed, result.Verdict), Is.EqualTo((true, Verdict.Error)));
        Assert.That(result.Got, Does.Contain("Expected: exit code 127"));
    }

    [Test]
    public async Task An_endpoint_that_dies_at_its_start_is_an_error_with_what_it_said()
    {
        using var containers = ControlRun.CopyOfContainers();
        containers.Replace("openssl", ": >loop",
            "case $SUITE in *NONSENSE*) ;; *) echo I will not start >&2; exit 3;; esac; : >loop");
        await using var run = await ControlRun.OpenAsync(containers.Path, Cancelled);

        var result = await run.Session.ExecuteAsync(ControlRun.Cell(Tls12Cell), Cancelled);

        Assert.That((result.IsRed, result.Verdict), Is.EqualTo((true, Verdict.Error)));
        Assert.That(string.Concat(result.Why), Does.Contain("I will not start"));
    }

    [Test]
    public async Task A_client_that_never_ends_is_a_hang()
    {
        using var containers = ControlRun.CopyOfContainers();
        containers.Replace("openssl", "exec openssl s_client",
            "case $SUITE in *NONSENSE*) ;; *) sleep 60;; esac; exec openssl s_client");
        await using var run = await ControlRun.OpenAsync(containers.Path, Cancelled, TimeSpan.FromSeconds(2));

        var result = await run.Session.ExecuteAsync(ControlRun.Cell(Tls12Cell), Cancelled);

        Assert.That((result.IsRed, result.Verdict), Is.EqualTo((true, Verdict.Hang)));
    }

    private async Task<CellObservation> ObserveAsync(string id)
    {
        var cell = ControlRun.Cell(id);
        var request = _run.Session.Execution.Request(cell);
        return await _run.Session.Execution.ObserveAsync(cell, request, request, Cancelled);
    }
}
