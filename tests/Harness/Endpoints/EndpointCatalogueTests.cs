using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class EndpointCatalogueTests
{
    private static readonly string Scenarios = RepositoryFiles.Find("matrices/scenarios.yaml");

    [Test]
    public void A_scenario_that_is_none_is_told_with_its_near_match()
    {
        var folder = Directory.CreateTempSubdirectory("tlsinterop-catalogue-");
        try
        {
            File.WriteAllText(
                Path.Combine(folder.CreateSubdirectory("stack").FullName, EndpointFile.FileName),
                "description: x\nversion: x\ncapabilities: x\n"
                    + "client: { scenarios: [echo, resumption-pks], talk: cat }\n");

            var wrong = Assert.Throws<EndpointException>(() => EndpointCatalogue.Load(folder.FullName, Scenarios))!;
            Assert.That(
                wrong.Message, Does.Contain("unknown scenario 'resumption-pks', did you mean 'resumption-psk'?"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase("openssl@trixie/java@17", null)]
    [TestCase("java@17/openssl@trixie", null)]
    [TestCase("java@17/nss@sid", "neither java@17 nor nss@sid writes a key log: what they say can't be read")]
    public void Two_ends_that_keep_their_secrets_are_no_cell(string ends, string? reason)
    {
        Assert.That(CellId.TryParse(
            $"{ends}/echo/tls1.3-AES_128_GCM_SHA256-x25519", out var cell, out var fault), Is.True, fault);
        Assert.That(RepositoryFiles.Catalogue().Lacks(cell!), Is.EqualTo(reason));
    }

    [Test]
    public void What_many_endpoints_answer_at_the_same_time_is_all_kept()
    {
        var catalogue = RepositoryFiles.Catalogue();
        var offered = new Capabilities { Version = "1", Suites = [], Groups = [] };
        var endpoints = Enumerable.Range(0, 20_000).Select(version => new EndpointReference("stack", $"{version}"))
            .ToList();

        Parallel.ForEach(endpoints, endpoint => catalogue.Learn(endpoint, offered));

        Assert.That(endpoints.Select(catalogue.Known), Is.All.SameAs(offered));
    }
}
