using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Tests.Commands;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Runs;

public sealed class LocalPlanTests
{
    private static readonly EndpointCatalogue Catalogue = RepositoryFiles.Catalogue();

    private static readonly MatrixPlan Plan = TestCells.Plan(
    [
        "openssl@bookworm/sslstream/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
        "openssl@trixie/sslstream/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
        "openssl@trixie/gnutls@trixie/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
        "exim@trixie/openssl@trixie/smtps/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
    ]);

    [Test]
    public void With_an_engine_and_nothing_local_the_plan_stays() =>
        Assert.That(LocalPlan.Of(Plan, [], null, Catalogue), Is.SameAs(Plan));

    [Test]
    public void A_local_stack_stands_in_for_all_its_versions_once()
    {
        var plan = LocalPlan.Of(Plan, ["openssl"], null, Catalogue);

        Assert.That(plan.Cells.Select(cell => cell.Id), Is.EqualTo((string[])
        [
            "openssl@local/sslstream/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
            "exim@trixie/openssl@local/smtps/tls1.2-RSA_WITH_AES_128_GCM_SHA256",
        ]));
        Assert.That(plan.Skipped.Single().Reason,
            Does.StartWith("gnutls@trixie is in a container and can't reach openssl@local"));
    }

    [Test]
    public void A_server_that_would_listen_on_all_addresses_does_not_stand_in()
    {
        var plan = LocalPlan.Of(
            TestCells.Plan(["gnutls@trixie/sslstream/echo/tls1.2-RSA_WITH_AES_128_GCM_SHA256"]), ["gnutls"], null,
            Catalogue);

        Assert.That(plan.Cells, Is.Empty);
        Assert.That(plan.Skipped.Single().Reason, Is.EqualTo(
            "gnutls@local would listen on all addresses of this machine: it serves in containers only"));
    }

    [Test]
    public void Without_an_engine_what_needs_a_container_is_skipped_with_the_reason()
    {
        var plan = LocalPlan.Of(Plan, ["openssl"], "docker sleeps", Catalogue);

        Assert.That(plan.Cells.Single().Id, Does.StartWith("openssl@local/sslstream/"));
        Assert.That(plan.Skipped.Select(skipped => skipped.Reason),
            Has.Exactly(1).EqualTo("exim@trixie needs a container and there is no engine (docker sleeps)")
                .And.Exactly(1).EqualTo("gnutls@trixie needs a container and there is no engine (docker sleeps)"));
        Assert.That(plan.Planned, Is.EqualTo(3), "two versions of one server are one local one");
    }
}
