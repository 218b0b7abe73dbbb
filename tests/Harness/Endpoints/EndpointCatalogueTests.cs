using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Endpoints;

public sealed class EndpointCatalogueTests
{
    [Test]
    public void What_many_endpoints_answer_at_the_same_time_is_all_kept()
    {
        var catalogue = EndpointCatalogue.Load(RepositoryFiles.Find("containers"));
        var offered = new Capabilities { Version = "1", Suites = [], Groups = [] };
        var endpoints = Enumerable.Range(0, 20_000).Select(version => new EndpointReference("stack", $"{version}"))
            .ToList();

        Parallel.ForEach(endpoints, endpoint => catalogue.Learn(endpoint, offered));

        Assert.That(endpoints.Select(catalogue.Known), Is.All.SameAs(offered));
    }
}
