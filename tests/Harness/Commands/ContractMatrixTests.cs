using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Commands;

public sealed class ContractMatrixTests
{
    private static readonly EndpointCatalogue Catalogue = RepositoryFiles.Catalogue();

    [TestCase("gnutls")]
    [TestCase("exim")]
    [TestCase("wget")]
    [TestCase("java")]
    [TestCase("sslstream")]
    [TestCase("attacker")]
    [TestCase("fetchmail")]
    public void An_endpoint_meets_others_in_all_of_its_scenarios_and_versions(string name)
    {
        var definition = Catalogue.Definitions[name];
        var cells = Plan(name).Cells;

        Assert.That(cells.Where(cell => cell.Server.Name == name).Select(cell => cell.Scenario).Distinct(),
            Is.SupersetOf(definition.Server?.Scenarios ?? []));
        Assert.That(cells.Where(cell => cell.Client.Name == name).Select(cell => cell.Scenario).Distinct(),
            Is.SupersetOf(definition.Client?.Scenarios ?? []));
        Assert.That(cells.SelectMany(cell => new[] { cell.Server, cell.Client }).Where(end => end.Name == name)
            .Select(end => end.Version).OfType<string>().Distinct(), Is.EquivalentTo(definition.VersionNames()));
        Assert.That(cells.Any(cell => cell.Client.Name == name && cell.Certificate == "expired"),
            Is.EqualTo(definition.Client is not null));
    }

    [Test]
    public void Who_attacks_the_way_to_TLS_has_no_certificate_to_be_refused() =>
        Assert.That(
            Plan("fetchmail").Cells.Where(cell => cell.Certificate == "expired").Select(cell => cell.Server.Name),
            Has.None.EqualTo("attacker"));

    [Test]
    public void Where_the_server_may_refuse_the_hello_nobody_comes_to_see_a_certificate() =>
        Assert.That(
            Plan("openssl@trixie").Cells.Where(cell => cell.Certificate == "expired").Select(cell => cell.Scenario),
            Has.None.Contains("mismatch").And.Contains("echo"));

    [Test]
    public void One_version_is_checked_alone()
    {
        var ends = Plan("gnutls@bookworm").Cells.SelectMany(cell => new[] { cell.Server, cell.Client });

        Assert.That(ends.Where(end => end.Name == "gnutls").Distinct().Select(end => end.Version),
            Is.EqualTo((string[])["bookworm"]));
    }

    [Test]
    public void Each_role_meets_each_scenario_once_in_each_of_its_versions()
    {
        var usual = Plan("gnutls@sid").Cells
            .Where(cell => cell.Certificate == "rsa2048" && cell.Version is not null).ToList();

        Assert.That(usual.CountBy(cell => (cell.Server.Name == "gnutls", cell.Scenario, cell.Version))
            .Where(entry => entry.Value > 1), Is.Empty);
        Assert.That(usual.Where(cell => cell.Server.Name == "gnutls" && cell.Scenario == "close-notify")
            .Select(cell => cell.Version!.Value.Id), Is.EqualTo((string[])["tls1.0", "tls1.1", "tls1.2", "tls1.3"]));
        Assert.That(usual.Where(cell => cell.Server.Name == "gnutls" && cell.Scenario == "key-update")
            .Select(cell => cell.Version!.Value.Id), Is.EqualTo((string[])["tls1.3"]));
    }

    [Test]
    public void Each_role_is_asked_once_for_another_key_and_once_for_nothing()
    {
        var cells = Plan("gnutls@sid").Cells;

        Assert.That(cells.Where(cell => cell.Certificate == "ecdsa-p256" && cell.Server.Name == "gnutls"),
            Has.Exactly(2).Items);
        Assert.That(cells.Where(cell => cell.Version is null).Select(cell => cell.Server.Name == "gnutls"),
            Does.Contain(true).And.Contain(false));
    }

    [Test]
    public void Nobody_is_a_measure_where_it_is_known_to_fail_itself()
    {
        const string Failures = """
            failures:
              - cells: "nginx@*/*/large-echo/tls1.3-*"
                reason: it is too much for it
                signature: { message: "FIN*" }
                expires: 2027-06-30
            """;

        Assert.That(ServerOf("large-echo", KnownFailures.None), Is.EqualTo("nginx"));
        Assert.That(ServerOf("large-echo", KnownFailures.Parse(Failures, "f.yaml")), Is.EqualTo("openssl"));
        // matrices/stacks.yaml knows that one.
        Assert.That(ServerOf("half-close", KnownFailures.None), Is.Not.EqualTo("nginx"));

        static string ServerOf(string scenario, KnownFailures known) =>
            Plan("boringssl@sid", known).Cells
                .First(cell => cell.Scenario == scenario && cell.Client.Name == "boringssl").Server.Name;
    }

    [Test]
    public void What_a_stack_does_with_nobody_is_left_out_with_the_reason_that_every_matrix_has() =>
        Assert.That(
            Plan("botan@sid").Skipped.Where(left => left.Cell.Scenario == "sni-unknown").Select(left => left.Reason),
            Has.Exactly(1).Items.And.All.StartsWith("in TLS 1.3 Botan has no certificate for another name"));

    private static MatrixPlan Plan(string name, KnownFailures? known = null)
    {
        var (definition, reference) = EndpointsCommand.Find(name, Catalogue);
        var partners = new ContractPartners(definition, reference, Catalogue, known ?? KnownFailures.None);
        var text = new ContractMatrix(definition, reference, partners).Text();
        return MatrixPlan.Parse(text, "check.yaml", Catalogue, _ => []);
    }
}
