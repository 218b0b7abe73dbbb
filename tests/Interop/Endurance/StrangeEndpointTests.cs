using TlsInterop.Harness.Verdicts;
using TlsInterop.Interop.Tests.Controls;
using TlsInterop.Tls.Capture.Leases;

namespace TlsInterop.Interop.Tests.Endurance;

/// <summary>Endpoints that are strange from their start: their cells say how, and the others go on.</summary>
[NonParallelizable]
public sealed class StrangeEndpointTests
{
    private const string Suite = "tls1.2-ECDHE_RSA_WITH_AES_256_GCM_SHA384";

    private static CancellationToken Cancelled => TestContext.CurrentContext.CancellationToken;

    [SetUp]
    public Task SetUp() => InteropSession.RequireEngineAsync();

    [Test]
    [CancelAfter(120_000)]
    public async Task A_client_that_floods_is_ended_and_no_more_of_it_is_kept_than_a_cell_may_have()
    {
        using var containers = ControlRun.CopyOfContainers();
        containers.Replace("openssl", "exec openssl s_client",
            "case $SUITE in *NONSENSE*) ;; *) exec </dev/zero;; esac; exec openssl s_client");
        await using var run = await ControlRun.OpenAsync(containers.Path, Cancelled, TimeSpan.FromSeconds(3));

        var flood = run.Session.ExecuteAsync(
            ControlRun.Cell($"gnutls@bookworm/openssl@trixie/echo/{Suite}"), Cancelled);
        var other = await run.Session.ExecuteAsync(
            ControlRun.Cell($"gnutls@bookworm/gnutls@trixie/echo/{Suite}"), Cancelled);
        var result = await flood;

        Assert.That(other.Verdict, Is.EqualTo(Verdict.Pass), other.Got);
        Assert.That((result.Verdict, result.Got), Is.EqualTo((Verdict.Error, "more than a cell may keep")));
        Assert.That(result.Why, Does.Contain("the connection carried far more than its scenario has"));
        var kept = new DirectoryInfo(run.Evidence(result, "")).EnumerateFiles();
        Assert.That(kept.Select(file => file.Length), Is.All.LessThan(CaptureSplitter.DefaultMaximumBytes * 5 / 4));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_server_whose_clock_is_30_days_ahead_serves_but_whom_it_has_to_believe_it_refuses()
    {
        using var containers = ControlRun.CopyOfContainers();
        containers.Replace("openssl", "} openssl", "} openssl faketime", "Dockerfile");
        containers.Replace("openssl", "exec openssl s_server", "exec faketime -f +30d openssl s_server");
        await using var run = await ControlRun.OpenAsync(containers.Path, Cancelled);

        var served = await run.Session.ExecuteAsync(
            ControlRun.Cell($"openssl@bookworm/gnutls@trixie/echo/{Suite}"), Cancelled);
        var refused = await run.Session.ExecuteAsync(
            ControlRun.Cell($"openssl@bookworm/gnutls@trixie/client-certificate/{Suite}"), Cancelled);

        Assert.That(served.Verdict, Is.EqualTo(Verdict.Pass), served.Got);
        Assert.That((refused.Verdict, refused.Alert), Is.EqualTo((Verdict.Fail, "certificate_expired")), refused.Got);
    }
}
