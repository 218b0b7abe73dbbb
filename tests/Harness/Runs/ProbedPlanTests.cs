using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;

namespace TlsInterop.Harness.Tests.Runs;

/// <summary>Planning goes on until every endpoint of the plan was asked.</summary>
internal sealed class ProbedPlanTests
{
    private const string Lacking = "it does not offer that";

    private readonly List<string> _asked = [];

    [SetUp]
    public void Ask_nobody_yet() => _asked.Clear();

    [Test]
    public async Task Endpoints_that_come_in_when_others_lack_something_are_asked_too()
    {
        var plan = await PlanAsync(comparesSnapshots: false, ["exim/gnutls"], ["exim/openssl"], ["exim/openssl"]);
        Assert.That(_asked, Is.EqualTo(new[] { "exim", "gnutls", "openssl" }));
        Assert.That(plan.Cells.Select(cell => cell.Client.Name), Is.EqualTo(new[] { "openssl" }));
    }

    [Test]
    public async Task The_last_plan_is_made_with_all_that_was_answered()
    {
        var plan = await PlanAsync(comparesSnapshots: false, ["exim/gnutls"], ["exim/openssl"], ["exim/gnutls"]);
        Assert.That(plan.Cells.Select(cell => cell.Client.Name), Is.EqualTo(new[] { "gnutls" }));
    }

    [Test]
    public async Task Cells_that_are_compared_with_snapshots_stay_what_they_were()
    {
        var plan = await PlanAsync(comparesSnapshots: true, ["exim/gnutls"], ["exim/openssl"]);
        Assert.That(_asked, Is.EqualTo(new[] { "exim", "gnutls" }));
        Assert.That(plan.Cells.Select(cell => cell.Client.Name), Is.EqualTo(new[] { "gnutls" }));
    }

    [Test]
    public async Task Cells_that_their_endpoints_lack_are_skipped()
    {
        var plan = await ProbedPlan.OfAsync(
            () => Plan(comparesSnapshots: false, ["exim/gnutls", "exim/openssl"]), _ => Task.CompletedTask,
            cell => cell.Client.Name == "gnutls" ? Lacking : null);
        Assert.That(plan.Cells.Select(cell => cell.Client.Name), Is.EqualTo(new[] { "openssl" }));
        Assert.That(plan.Skipped.Select(skipped => skipped.Reason), Is.EqualTo(new[] { Lacking }));
    }

    [Test]
    public async Task A_plan_without_cells_asks_nobody()
    {
        var plan = await PlanAsync(comparesSnapshots: false, [[]]);
        Assert.That(plan.Cells, Is.Empty);
        Assert.That(_asked, Is.Empty);
    }

    // Each time that is planned there are other cells, as there are when more is known.
    private Task<MatrixPlan> PlanAsync(bool comparesSnapshots, params string[][] plans)
    {
        var next = new Queue<string[]>(plans);
        return ProbedPlan.OfAsync(
            () => Plan(comparesSnapshots, next.Dequeue()),
            endpoints =>
            {
                _asked.AddRange(endpoints.Select(endpoint => endpoint.ToString()));
                return Task.CompletedTask;
            },
            _ => null);
    }

    private static MatrixPlan Plan(bool comparesSnapshots, string[] pairs)
    {
        var cells = TestCells.Plan([.. pairs.Select(pair => $"{pair}/smtps/tls1.3-AES_128_GCM_SHA256-x25519")]).Cells;
        return new MatrixPlan("nightly", "", cells, []) { ComparesSnapshots = comparesSnapshots };
    }
}
