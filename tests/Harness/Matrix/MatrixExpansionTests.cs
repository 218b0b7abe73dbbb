using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>Which cells a block has.</summary>
internal sealed class MatrixExpansionTests
{
    private const string Wide = """
        server: [openssl@*, gnutls@*]
        client: [openssl@*, gnutls@*, bouncycastle]
        scenario: echo
        version: [tls1.0, tls1.1, tls1.2, tls1.3]
        suite: [RSA_WITH_AES_128_CBC_SHA, ECDHE_RSA_WITH_AES_128_GCM_SHA256, ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
            AES_128_GCM_SHA256]
        group: [x25519, secp256r1]
        certificate: [rsa2048, ecdsa-p256]
        """;

    [Test]
    public void A_suite_meets_only_the_versions_groups_and_certificates_that_it_can_use()
    {
        var plan = Plan("""
            server: openssl@trixie
            client: gnutls@trixie
            scenario: echo
            version: [tls1.1, tls1.2, tls1.3]
            suite: [RSA_WITH_AES_128_CBC_SHA, DHE_RSA_WITH_AES_128_GCM_SHA256, ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                AES_128_GCM_SHA256]
            group: [x25519, ffdhe2048, X25519MLKEM768]
            certificate: [rsa2048, ecdsa-p256]
            """);

        Assert.That(plan.Cells.Select(cell => cell.Id.Split('/')[3]).Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "tls1.1-RSA_WITH_AES_128_CBC_SHA",
            "tls1.2-DHE_RSA_WITH_AES_128_GCM_SHA256-ffdhe2048",
            "tls1.2-ECDHE_ECDSA_WITH_AES_128_GCM_SHA256-x25519-ecdsa-p256",
            "tls1.2-RSA_WITH_AES_128_CBC_SHA",
            "tls1.3-AES_128_GCM_SHA256-X25519MLKEM768",
            "tls1.3-AES_128_GCM_SHA256-X25519MLKEM768-ecdsa-p256",
            "tls1.3-AES_128_GCM_SHA256-ffdhe2048",
            "tls1.3-AES_128_GCM_SHA256-ffdhe2048-ecdsa-p256",
            "tls1.3-AES_128_GCM_SHA256-x25519",
            "tls1.3-AES_128_GCM_SHA256-x25519-ecdsa-p256",
        }));
        Assert.That(plan.Skipped, Is.Empty, "what makes no sense is not part of the matrix");
    }

    [Test]
    public void A_scenario_meets_only_the_versions_in_which_it_makes_sense()
    {
        var plan = MatrixPlan.Parse(
            "name: m\nblocks:\n  - name: block\n    server: exim@trixie\n    client: gnutls@trixie\n"
                + "    scenario: [smtps, starttls-smtp]\n    version: [tls1.2, tls1.3]\n"
                + "    suite: [RSA_WITH_AES_128_CBC_SHA, AES_128_GCM_SHA256]\n",
            "m.yaml",
            new CatalogueDouble { Fits = (scenario, version) => scenario != "smtps" || !version!.Value.IsTls13 },
            _ => []);

        Assert.That(plan.Cells.Select(cell => $"{cell.Scenario} {cell.Version?.Id}"), Is.EqualTo(
            (string[])["smtps tls1.2", "starttls-smtp tls1.2", "starttls-smtp tls1.3"]));
    }

    [Test]
    public void Two_endpoints_meet_in_the_scenarios_that_both_have()
    {
        var plan = Plan("""
            server: [exim@trixie, openssl@trixie]
            client: [curl@trixie, sslstream]
            scenario: [echo, smtps]
            version: tls1.3
            suite: AES_128_GCM_SHA256
            """);

        Assert.That(plan.Cells.Select(cell => $"{cell.Server} {cell.Client} {cell.Scenario}"), Is.EquivalentTo(new[]
        {
            "exim@trixie curl@trixie smtps", "exim@trixie sslstream smtps", "openssl@trixie sslstream echo",
        }));
    }

    [TestCase("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    [TestCase("ECDHE-RSA-AES128-GCM-SHA256")]
    [TestCase("TLS_ECDHE_RSA_AES_128_GCM_SHA256")]
    public void A_suite_has_one_name_however_it_is_written(string name) =>
        Assert.That(
            Plan(Wide + $"\nexclude: [{{ suite: {name}, because: x }}]").Skipped
                .Select(skipped => skipped.Cell.Suite.ToString()),
            Is.All.EqualTo("ECDHE_RSA_WITH_AES_128_GCM_SHA256").And.Not.Empty);

    [Test]
    public void What_is_excluded_or_lacking_is_skipped_with_its_reason()
    {
        var all = Plan(Wide);
        var plan = Plan(Wide + "\nexclude: [{ client: bouncycastle, version: tls1.3, because: too old }]")
            .Without(cell => cell.Server.Version == "bullseye" && cell.Group == "x25519" ? "no x25519" : null);

        Assert.That(plan.Planned, Is.EqualTo(all.Planned));
        Assert.That(
            plan.Skipped.Where(skipped => skipped.Cell is { Client.Name: "bouncycastle", Version.Id: "tls1.3" })
                .Select(skipped => skipped.Reason),
            Is.All.EqualTo("too old").And.Not.Empty);
        Assert.That(plan.Skipped.Select(skipped => skipped.Reason).Distinct(),
            Is.EquivalentTo(new[] { "too old", "no x25519" }));
        Assert.That(plan.Cells,
            Has.None.Matches<Cell>(cell => cell is { Client.Name: "bouncycastle", Version.Id: "tls1.3" }));
    }

    [Test]
    public void A_cell_of_two_blocks_is_one_cell_and_runs_if_one_of_them_runs_it()
    {
        const string point =
            "server: openssl@trixie, client: sslstream, scenario: echo, version: tls1.3, suite: AES_128_GCM_SHA256";
        const string more =
            "server: openssl@trixie, client: [sslstream, gnutls@trixie], scenario: echo, version: tls1.3, "
            + "suite: AES_128_GCM_SHA256";
        var plan = MatrixPlan.Parse($$"""
            name: two
            blocks:
              - { name: a, {{more}}, exclude: [{ client: sslstream, because: x }] }
              - { name: b, {{point}} }
              - { name: c, {{point}} }
            """, "m.yaml", new CatalogueDouble());

        Assert.That(plan.Cells.Count(cell => cell.Client.Name == "sslstream"), Is.EqualTo(1));
        Assert.That(plan.Skipped, Is.Empty);
    }

    [Test]
    public void Pairwise_meets_every_pair_of_values_that_the_full_block_meets_in_far_fewer_cells()
    {
        var all = Plan(Wide);
        var pairwise = Plan("combine: pairwise\n" + Wide);

        Assert.That(Combinations(all.Cells, 2).Except(Combinations(pairwise.Cells, 2)), Is.Empty);
        Assert.That(pairwise.Cells, Is.SubsetOf(all.Cells).And.Count.LessThan(all.Cells.Count / 4));
    }

    [Test]
    public void Threewise_meets_every_three_values()
    {
        var all = Plan(Wide);
        var threewise = Plan("combine: threewise\n" + Wide);

        Assert.That(Combinations(all.Cells, 3).Except(Combinations(threewise.Cells, 3)), Is.Empty);
        Assert.That(threewise.Cells, Has.Count.LessThan(all.Cells.Count));
    }

    [Test]
    public void A_pair_that_an_exclusion_takes_away_is_among_the_skipped_cells()
    {
        const string exclude = "\nexclude: [{ client: bouncycastle, version: tls1.3, because: too old }]";
        var all = Plan(Wide);
        var pairwise = Plan("combine: pairwise\n" + Wide + exclude);

        var lost = Combinations(all.Cells, 2).Except(Combinations(pairwise.Cells, 2)).ToList();
        Assert.That(lost, Is.Not.Empty);
        Assert.That(lost.Except(Combinations(pairwise.Skipped.Select(skipped => skipped.Cell), 2)), Is.Empty);
        Assert.That(pairwise.Skipped, Has.Count.LessThanOrEqualTo(lost.Count));
    }

    [Test]
    public void The_same_file_gives_the_same_cells_in_the_same_order()
    {
        var once = Plan("combine: pairwise\n" + Wide);
        var again = Plan("combine: pairwise\n" + Wide);

        Assert.That(again.Cells, Is.EqualTo(once.Cells));
    }

    [Test]
    public void A_matrix_that_has_grown_keeps_the_cells_that_it_had()
    {
        var before = Plan("combine: pairwise\n" + Wide);
        var grown =
            Wide.Replace("ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE_ECDSA_WITH_AES_128_CBC_SHA, AES_256_GCM_SHA384");
        var after = Plan("combine: pairwise\n" + grown, before.Cells);

        Assert.That(Plan("combine: pairwise\n" + Wide, before.Cells).Cells, Is.EqualTo(before.Cells));
        Assert.That(after.Cells, Is.SupersetOf(before.Cells).And.Count.GreaterThan(before.Cells.Count));
        Assert.That(
            after.Coverage,
            Is.All.Matches<BlockCoverage>(
                block => block is { Met: var met, Possible: var possible } && met == possible));
    }

    [Test]
    public void What_a_matrix_had_and_now_excludes_is_no_cell_any_more()
    {
        var before = Plan("combine: pairwise\n" + Wide);
        var after = Plan(
            "combine: pairwise\n" + Wide + "\nexclude: [{ client: bouncycastle, because: gone }]", before.Cells);

        Assert.That(after.Cells.Select(cell => cell.Client.Name), Has.None.EqualTo("bouncycastle"));
        Assert.That(after.Skipped.Select(skipped => skipped.Reason), Is.All.EqualTo("gone").And.Not.Empty);
    }

    [Test]
    public void What_an_endpoint_is_known_to_lack_takes_no_other_pair_with_it()
    {
        var catalogue = new CatalogueDouble
        {
            Lacks = (version, group) => version == "bullseye" && group == "x25519" ? "group x25519" : null,
        };
        MatrixPlan Planned(string combine) => MatrixPlan.Parse(
            "name: m\nblocks:\n  - name: block\n    " + (combine + Wide).Replace("\n", "\n    "), "m.yaml", catalogue);

        var (all, pairwise) = (Planned(""), Planned("combine: pairwise\n"));

        Assert.That(Combinations(pairwise.Cells, 2), Is.EquivalentTo(Combinations(all.Cells, 2)));
        Assert.That(pairwise.Cells.Where(cell => cell.Server.Version == "bullseye").Select(cell => cell.Group),
            Has.None.EqualTo("x25519").And.Some.EqualTo("secp256r1"));
        Assert.That(pairwise.Skipped.Select(skipped => skipped.Reason),
            Has.Some.EqualTo("the server openssl@bullseye does not offer group x25519"));
    }

    [Test]
    public void Cells_of_one_server_configuration_stand_together()
    {
        var configurations = Plan(Wide).Cells
            .Select(cell => (cell.Server, cell.Scenario, cell.Certificate, cell.Version, cell.Suite, cell.Group))
            .ToList();
        var changes = configurations.Zip(configurations.Skip(1)).Count(pair => pair.First != pair.Second);

        Assert.That(changes + 1, Is.EqualTo(configurations.Distinct().Count()));
    }

    [Test]
    public void A_plan_can_be_filtered_and_asked_for_one_cell()
    {
        var plan = Plan(Wide + "\nexclude: [{ client: bouncycastle, version: tls1.3, because: too old }]");

        var filtered = plan.Filter(Glob.Parse("openssl@trixie/**"), Glob.Parse("*/bouncycastle/**"));
        Assert.That(filtered.Cells, Is.EqualTo(plan.Cells.Where(cell =>
            cell.Server.ToString() == "openssl@trixie" || cell.Client.Name == "bouncycastle")));
        Assert.That(filtered.Skipped, Is.Not.Empty);
        Assert.That(plan.Filter(Glob.Parse("nothing")).Planned, Is.Zero);

        Assert.That(plan.Find(plan.Cells[7].Id).Cell, Is.EqualTo(plan.Cells[7]));
        Assert.That(plan.Find(plan.Skipped[0].Cell.Id).SkipReason, Is.EqualTo("too old"));
        var lookup = plan.Find(plan.Cells[7].Id.Replace("echo", "ecko"));
        Assert.That(lookup.Cell, Is.Null);
        Assert.That(lookup.NearMatches[0], Is.EqualTo(plan.Cells[7].Id));
    }

    [Test]
    public void Probing_moves_cells_to_the_skipped_and_loses_none()
    {
        var plan = Plan(Wide);
        var probed = plan.Without(cell => cell.Version == ProtocolVersion.Tls10 ? "offers no TLS 1.0" : null);

        Assert.That(probed.Planned, Is.EqualTo(plan.Planned));
        Assert.That(probed.Cells, Has.None.Matches<Cell>(cell => cell is { Version.Id: "tls1.0" }));
        Assert.That(probed.Skipped.Select(skipped => skipped.Reason),
            Is.All.EqualTo("offers no TLS 1.0").And.Not.Empty);
    }

    private static MatrixPlan Plan(string block, params IReadOnlyList<Cell> known) => MatrixPlan.Parse(
        "name: m\nblocks:\n  - name: block\n    " + block.Replace("\n", "\n    "), "m.yaml",
        new CatalogueDouble(), _ => known);

    private static HashSet<string> Combinations(IEnumerable<Cell> cells, int size) =>
        [.. cells.SelectMany(cell => Choose(Values(cell), size))];

    private static string[] Values(Cell cell) => [.. Axis.All.Select(axis => $"{axis.Name}={axis.Of(cell)}")];

    private static IEnumerable<string> Choose(string[] values, int size, int from = 0) => size == 0
        ? [""]
        : Enumerable.Range(from, values.Length - from)
            .SelectMany(index => Choose(values, size - 1, index + 1).Select(rest => $"{values[index]} {rest}"));
}
