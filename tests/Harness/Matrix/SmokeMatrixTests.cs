using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>The committed smoke matrix keeps its promises whatever is edited in it.</summary>
internal sealed class SmokeMatrixTests
{
    // What is promised, whatever the folders of the endpoints say.
    private static readonly CatalogueDouble Promised = new();
    private static readonly MatrixPlan Smoke =
        MatrixPlan.Load(RepositoryFiles.Find("matrices/smoke.yaml"), RepositoryFiles.Catalogue());

    [Test]
    public void It_runs_enough_cells_and_stays_small()
    {
        TestContext.Out.WriteLine(
            $"{Smoke.Planned} planned = {Smoke.Cells.Count} to run + {Smoke.Skipped.Count} skipped");
        Assert.That(Smoke.Cells, Has.Count.InRange(300, 400));
    }

    [Test]
    public void Every_planned_cell_runs_or_is_skipped_with_a_reason()
    {
        var all = Smoke.Cells.Concat(Smoke.Skipped.Select(skipped => skipped.Cell)).ToList();

        Assert.That(all, Is.Unique.And.Count.EqualTo(Smoke.Planned));
        Assert.That(Smoke.Skipped.Select(skipped => skipped.Reason), Has.None.Empty);
    }

    [Test]
    public void Every_server_meets_every_client_that_can_talk_to_it()
    {
        string[] servers = ["openssl", "gnutls", "exim", "cyrus"];
        var expected =
            from server in Promised.Endpoints.Where(offer => servers.Contains(offer.Name))
            from client in Promised.Endpoints.Where(
                offer => offer.ClientScenarios.Intersect(server.ServerScenarios).Any())
            from serverVersion in server.References
            from clientVersion in client.References
            select (serverVersion, clientVersion);

        Assert.That(expected.Except(Smoke.Cells.Select(cell => (cell.Server, cell.Client))), Is.Empty);
    }

    // What matters of the attacker comes before TLS.
    private static IEnumerable<EndpointReference> Servers =>
        Smoke.Cells.Select(cell => cell.Server).Where(server => server.Name != "attacker").Distinct();

    [TestCase("tls1.0")]
    [TestCase("tls1.1")]
    [TestCase("tls1.2")]
    [TestCase("tls1.3")]
    public void Every_server_and_every_client_speaks_each_version_it_has(string version)
    {
        var met = Smoke.Cells.Where(cell => cell.Version?.Id == version).ToList();
        var servers = Servers;
        var clients = Smoke.Cells.Select(cell => cell.Client).Distinct()
            .Where(client => version != "tls1.3" || client.Name != "bouncycastle");

        Assert.That(servers.Except(met.Select(cell => cell.Server)), Is.Empty);
        Assert.That(clients.Except(met.Select(cell => cell.Client)), Is.Empty);
    }

    [TestCase(KeyExchangeAlgorithm.Rsa)]
    [TestCase(KeyExchangeAlgorithm.Dhe)]
    [TestCase(KeyExchangeAlgorithm.Ecdhe)]
    [TestCase(KeyExchangeAlgorithm.Tls13)]
    public void Every_server_meets_each_key_exchange(KeyExchangeAlgorithm keyExchange)
    {
        var met = Smoke.Cells.Where(cell => cell.Suite?.Info?.KeyExchange == keyExchange).Select(cell => cell.Server);

        Assert.That(Servers.Except(met), Is.Empty);
    }

    [TestCase("rsa2048")]
    [TestCase("ecdsa-p256")]
    public void Every_server_and_every_client_meets_each_certificate(string certificate)
    {
        var met = Smoke.Cells.Where(cell => cell.Certificate == certificate).ToList();

        Assert.That(Servers.Except(met.Select(cell => cell.Server)), Is.Empty);
        Assert.That(Smoke.Cells.Select(cell => cell.Client).Except(met.Select(cell => cell.Client)), Is.Empty);
    }

    [TestCase(CipherMode.Cbc)]
    [TestCase(CipherMode.Gcm)]
    [TestCase(CipherMode.ChaCha20Poly1305)]
    public void Every_client_meets_each_kind_of_cipher(CipherMode mode)
    {
        var met = Smoke.Cells.Where(cell => cell.Suite?.Info?.Mode == mode).Select(cell => cell.Client);

        Assert.That(Smoke.Cells.Select(cell => cell.Client).Except(met), Is.Empty);
    }

    [TestCase("x25519")]
    [TestCase("secp256r1")]
    [TestCase("secp384r1")]
    [TestCase("ffdhe2048")]
    public void Each_group_is_forced_somewhere(string group) =>
        Assert.That(Smoke.Cells.Select(cell => cell.Group), Has.Some.EqualTo(group));

    [Test]
    public void Nothing_is_asked_of_a_stack_that_it_is_known_not_to_have()
    {
        Assert.That(
            Smoke.Cells.Where(cell => cell.Client.Name == "bouncycastle")
                .Select(cell => (cell.Version?.Id, cell.Group)),
            Has.None.Matches<(string Version, string? Group)>(
                cell => cell.Version == "tls1.3" || cell.Group == "x25519"));
        Assert.That(
            Smoke.Cells.Where(cell => cell.Server.Name == "cyrus" && cell.Server.Version != "trixie")
                .Select(cell => cell.Group),
            Is.All.AnyOf(null, "secp256r1"));
        Assert.That(
            Smoke.Cells.Where(cell => cell.Group == "ffdhe2048").SelectMany(cell => new[] { cell.Server, cell.Client }),
            Has.None.EqualTo(new EndpointReference("openssl", "bullseye")), "OpenSSL 1.1.1 has no ffdhe groups");
    }

    [Test]
    public void Every_id_reads_back_as_its_cell()
    {
        foreach (var cell in Smoke.Cells.Concat(Smoke.Skipped.Select(skipped => skipped.Cell)))
        {
            Assert.That(CellId.TryParse(cell.Id, out var read, out var problem), Is.True, problem);
            Assert.That(read, Is.EqualTo(cell));
        }
    }
}
