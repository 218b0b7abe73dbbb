using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Reports;
using TlsInterop.Harness.Tests.Endpoints;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Reports;

public sealed class EndpointTableTests
{
    private static readonly EndpointCatalogue Catalogue = RepositoryFiles.Catalogue();

    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-table-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_version_is_a_line_that_says_what_is_not_known_yet()
    {
        var rows = await ReadAsync(new EngineDouble());

        var versions = Catalogue.Definitions.Values.Sum(row => Math.Max(1, row.VersionNames().Count));
        Assert.That(rows, Has.Count.EqualTo(versions));
        Assert.That(Line(rows, "gnutls@trixie"),
            Does.Match("^gnutls@trixie +both +not asked yet +not built yet$"));
        Assert.That(Line(rows, "msmtp@sid"), Does.Match("^msmtp@sid +client +not"));
        Assert.That(Line(rows, "sslstream"),
            Does.Match("^sslstream +client +not asked yet +of this machine$"));
        Assert.That((await ReadAsync(null)).Select(row => row.Image), Is.All.Null);
    }

    [Test]
    public async Task What_was_asked_and_built_is_told_in_numbers()
    {
        var engine = new EngineDouble("debian:trixie-slim");
        using var images = new EndpointImages(engine, RepositoryFiles.Find("containers"), _ => { });
        var gnutls = Catalogue.Definitions["gnutls"];
        var image = await images.EnsureAsync(gnutls, "trixie", CancellationToken.None);
        Answers.Keep(gnutls, image.Id, Capabilities.Read("gnutls-cli 3.8.9\nmore", """
            suite tls1.2 TLS_RSA_AES_128_CBC_SHA1
            suite tls1.3 TLS_AES_128_GCM_SHA256
            suite tls1.3 TLS_AES_256_GCM_SHA384
            group X25519
            """, NamingScheme.Find("gnutls")!));

        Assert.That(Line(await ReadAsync(engine), "gnutls@trixie"), Does.Match(
            @"^gnutls@trixie +both +gnutls-cli 3\.8\.9 +- +- +- +1 +2 +1 +\S{12} 155 MB$"));
    }

    [Test]
    public async Task The_table_fits_a_usual_terminal_and_in_a_narrow_one_no_word_is_broken()
    {
        var rows = await ReadAsync(new EngineDouble());

        Assert.That(EndpointTable.Lines(rows, 120).Select(line => line.Length), Is.All.LessThanOrEqualTo(120));
        Assert.That(EndpointTable.Lines(rows, 120).Count(), Is.EqualTo(rows.Count + 1));
        var narrow = EndpointTable.Lines(rows, 50).ToList();
        Assert.That(narrow.Select(line => line.Length), Is.All.LessThanOrEqualTo(50));
        Assert.That(narrow, Has.Some.Match("^ +not built yet$"));
    }

    private AnswerCache Answers => new(_folder, RepositoryFiles.Find("containers/base/session.sh"));

    private async Task<IReadOnlyList<EndpointListing>> ReadAsync(EngineDouble? engine)
    {
        using var images = new EndpointImages(
            engine ?? new EngineDouble(), RepositoryFiles.Find("containers"), _ => { });
        return await EndpointListing.ReadAsync(Catalogue, engine, images, Answers, CancellationToken.None);
    }

    private static string Line(IReadOnlyList<EndpointListing> rows, string endpoint) =>
        EndpointTable.Lines(rows, 120).Single(line => line.StartsWith(endpoint + ' ', StringComparison.Ordinal));
}
