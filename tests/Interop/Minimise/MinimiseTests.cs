using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Minimise;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Interop.Tests.Minimise;

/// <summary>A real failure is minimised with real endpoints; the answer is the one that is known to be right.</summary>
[TestFixture]
[CancelAfter(1_800_000)]   // The smoke matrix' images may have to be built.
public sealed class MinimiseTests
{
    private const string Failing = "exim@bullseye/openssl@bookworm/smtps/tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256";

    private SmokeEndpoints _session = null!;

    private static CancellationToken Cancelled => TestContext.CurrentContext.CancellationToken;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        // Builds what is not built yet: else what is at hand were chance.
        await InteropSession.SmokeAsync();
        _session = new SmokeEndpoints(await RunSession.OpenAsync(
            new RunOptions { Repository = InteropSession.Repository }, TestContext.Progress.WriteLine,
            CancellationToken.None));
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
    }

    [Test]
    public async Task A_server_that_fails_with_one_key_exchange_is_found_and_blamed()
    {
        var told = await Search().RunAsync(maxRuns: null, Cancelled);

        var text = string.Join('\n', MinimiseText.Lines(told, 1000).Select(line => line.ToString()));
        Assert.That(text, Does.Contain("Fails if and only if   the server is exim@bullseye   and   "
            + "the client is not gnutls@bookworm   and   the key exchange is DHE\n"));
        Assert.That(text, Does.Contain("Blame                  server exim@bullseye. "));
        Assert.That(told.Search.Tried, Is.LessThanOrEqualTo(told.Search.Neighbourhood.Bound));
        // The client says the same: the server's answer is the first that differs.
        Assert.That(told.FirstDifference!.Lines.Select(line => line.Text),
            Has.Some.StartsWith("-← ServerHello").And.Some.StartsWith("+← alert"));
    }

    [Test]
    public async Task A_phone_that_takes_the_least_padding_alone_needs_a_server_that_pads_and_cbc()
    {
        var told = await Search(
            "scripted-server@gnutls-2006/scripted@legacy-phone/echo/tls1.0-RSA_WITH_AES_128_CBC_SHA")
            .RunAsync(maxRuns: null, Cancelled);

        var text = string.Join('\n', MinimiseText.Lines(told, 1000).Select(line => line.ToString()));
        Assert.That(text, Does.Contain("Fails if and only if   the server is scripted-server@gnutls-2006   and   "
            + "the client is scripted@legacy-phone   and   the mode is CBC\n"));
        Assert.That(text, Does.Contain("+→ alert                  bad_record_mac (20)"));
    }

    private CellSearch Search(string failing = Failing) => new(
        _session, CellId.TryParse(failing, out var cell, out _) ? cell : throw new FormatException(failing),
        TestContext.Out.WriteLine, (changed, answer) =>
            TestContext.Out.WriteLine($"{answer.Outcome} {changed} {answer.Remark}"));
}
