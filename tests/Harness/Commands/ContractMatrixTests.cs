using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Matrix;

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

    private static MatrixPlan Plan(string name)
    {
        var (definition, reference) = EndpointsCommand.Find(name, Catalogue);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, ContractMatrix.Of(definition, reference, Catalogue));
            return MatrixPlan.Load(file, Catalogue, _ => []);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
