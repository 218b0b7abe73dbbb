using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>What a block says beside its axes: constraints, what must not be missing, and shared values.</summary>
internal sealed class MatrixRuleTests
{
    private const string Axes = """
            server: [openssl@bookworm, openssl@trixie]
            client: [gnutls@trixie, bouncycastle]
            scenario: echo
            version: [tls1.2, tls1.3]
            suite: [ECDHE_RSA_WITH_AES_128_GCM_SHA256, RSA_WITH_AES_128_CBC_SHA, AES_128_GCM_SHA256]
        """;

    [Test]
    public void A_constraint_holds_in_every_cell_and_tells_its_reason_where_it_does_not()
    {
        var plan = Plan("""
            constraints:
                - when: { client: bouncycastle }
                  then: { version: tls1.2, suite: [ECDHE_RSA_*, RSA_*] }
                  because: it speaks TLS 1.2 at most
            """);

        Assert.That(plan.Cells.Where(cell => cell.Client.Name == "bouncycastle").Select(cell => cell.Version?.Id),
            Is.All.EqualTo("tls1.2").And.Exactly(4).Items);
        Assert.That(plan.Cells.Where(cell => cell.Client.Name == "gnutls"), Has.Exactly(6).Items);
        Assert.That(plan.Skipped.Select(cell => cell.Reason), Is.All.EqualTo("it speaks TLS 1.2 at most"));
    }

    [Test]
    public void A_block_leaves_version_and_suite_to_the_stacks_beside_those_that_it_names()
    {
        var plan = Parse("""
            name: m
            blocks:
              - name: b
                server: openssl@trixie
                client: gnutls@trixie
                scenario: echo
                version: [tls1.2, default]
                suite: ECDHE_RSA_WITH_AES_128_GCM_SHA256
                group: x25519
                certificate: [rsa2048, ecdsa-p256]
            """);

        Assert.That(plan.Cells.Select(cell => cell.Id[(cell.Id.LastIndexOf('/') + 1)..]), Is.EquivalentTo(new[]
        {
            "default", "default-ecdsa-p256", "tls1.2-ECDHE_RSA_WITH_AES_128_GCM_SHA256-x25519",
        }));
    }

    [Test]
    public void A_block_needs_suites_for_the_versions_that_it_names()
    {
        const string Block = """
            name: m
            blocks:
              - { name: b, server: openssl@trixie, client: gnutls@trixie, scenario: echo, version: VERSION }
            """;

        Assert.That(Parse(Block.Replace("VERSION", "default")).Cells, Has.Count.EqualTo(1));
        Assert.That(() => Parse(Block.Replace("VERSION", "[default, tls1.2]")), Throws.TypeOf<MatrixException>()
            .With.Message.Contains("expected a block with the key 'suite', it is missing"));
    }

    [Test]
    public void What_is_to_be_included_runs_though_few_cells_stand_for_the_block()
    {
        // Any two of three meet without these two.
        const string Wanted = """
            combine: pairwise
            include:
                - { server: openssl@bookworm, client: bouncycastle, suite: RSA_* }
                - { server: openssl@trixie, client: bouncycastle, suite: [RSA_*, ECDHE_RSA_*], version: tls1.2 }
                - { server: openssl@bookworm, client: gnutls, suite: ECDHE_RSA_* }
                - { server: openssl@trixie, client: gnutls, suite: RSA_* }
                - { server: openssl@bookworm, client: bouncycastle, suite: ECDHE_RSA_* }
            """;
        var plan = Plan(Wanted);

        Assert.That(plan.Cells.Select(cell => cell.Id), Has.Some.Match("^openssl@bookworm/bouncycastle/.*-RSA_"));
        Assert.That(plan.Cells.Select(cell => cell.Id), Has.Some.Match("^openssl@bookworm/bouncycastle/.*-ECDHE_RSA_"));
        Assert.That(plan.Cells.Select(cell => cell.Id), Has.Some.Match("^openssl@trixie/gnutls@trixie/.*-RSA_"));
        Assert.That(plan.Cells, Has.Count.LessThan(Plan("").Cells.Count));
        Assert.That(plan.Cells, Has.Count.GreaterThan(Plan("combine: pairwise").Cells.Count));
    }

    [Test]
    public void What_was_to_be_included_and_is_not_offered_is_skipped_with_that_reason()
    {
        var plan = Plan(
            """
            combine: pairwise
            include:
                - { server: openssl@bookworm, suite: RSA_* }
            """,
            catalogue: new() { Lacks = (version, _) => version == "bookworm" ? "anything today" : null });

        Assert.That(plan.Skipped.Select(skipped => $"{skipped.Cell.Server} {skipped.Cell.Suite}: {skipped.Reason}"),
            Does.Contain("openssl@bookworm RSA_WITH_AES_128_CBC_SHA: the server openssl@bookworm does not offer "
                + "anything today"));
    }

    [Test]
    public void A_block_takes_the_axes_of_its_profiles_and_says_itself_what_differs()
    {
        var plan = Parse("""
            name: m
            profiles:
              modern: { version: [tls1.2, tls1.3], suite: [ECDHE_RSA_WITH_AES_128_GCM_SHA256, AES_128_GCM_SHA256] }
              libraries: { server: openssl@trixie, client: gnutls@*, scenario: echo }
            blocks:
              - { name: all, use: [modern, libraries] }
              - { name: mail, use: modern, server: exim@trixie, client: curl@trixie, scenario: smtps, version: tls1.3,
                  suite: AES_128_GCM_SHA256 }
            """);

        Assert.That(plan.Cells.Where(cell => cell.Scenario == "echo"), Has.Exactly(6).Items);
        Assert.That(plan.Cells.Where(cell => cell.Scenario == "smtps").Select(cell => cell.Version?.Id),
            Is.EqualTo((string[])["tls1.3"]));
    }

    [Test]
    public void Rules_that_leave_nothing_are_named_by_their_lines_and_the_innocent_are_not()
    {
        var wrong = Assert.Throws<MatrixException>(() => Plan("""
            exclude:
                - { suite: RSA_*, because: old }
                - { version: tls1.2, because: older }
                - { server: openssl@bookworm, because: no }
            constraints:
                - when: { scenario: echo }
                  then: { suite: ECDHE_RSA_* }
                  because: the only one
            """))!;

        Assert.That(wrong.Message,
            Does.Contain("m.yaml:3:5: the block 'block' has no cell left: the rules of lines 11, 14"));
    }

    [TestCase("use: modern", "unknown profile 'modern'")]
    [TestCase("include: [{ client: gnutls@forky }]", "no client of this block is 'gnutls@forky'")]
    [TestCase("include: [{ version: tls1.3, suite: RSA_* }]",
        "no cell of the block 'block' that may run is what is to")]
    [TestCase("constraints: [{ when: { version: tls1.3 }, because: x }]", "with the key 'then', it is missing")]
    [TestCase("constraints: [{ when: { version: tls1.3 }, then: {}, because: x }]", "at least one axis behind 'then'")]
    [TestCase("constraints: [{ when: { verson: tls1.3 }, then: { client: gnutls }, because: x }]",
        "unknown axis 'verson', did you mean 'version'?")]
    [TestCase("constraints: [{ when: { client: gnutls }, then: { version: tls1.* }, because: x }]",
        "this constraint takes no cell out of the block 'block'")]
    public void A_mistake_is_told(string rule, string told) =>
        Assert.That(() => Plan(rule), Throws.TypeOf<MatrixException>().With.Message.Contains(told));

    [TestCase("{ a: { version: tls1.2 } }", "", "no block uses the profile 'a'")]
    [TestCase("{ a: { group: x25519 }, b: { group: x448 } }", "use: [a, b]",
        "another profile of this block has the axis 'group'")]
    [TestCase("{ a: { cipher: x } }", "use: a", "unknown axis 'cipher', did you mean 'suite'?")]
    [TestCase("[a]", "", "expected a mapping from a profile's name to values of axes")]
    public void A_profile_that_makes_no_sense_is_told(string profiles, string use, string told) =>
        Assert.That(() => Plan(use, $"profiles: {profiles}\n"),
            Throws.TypeOf<MatrixException>().With.Message.Contains(told));

    private static MatrixPlan Plan(string rules, string head = "", CatalogueDouble? catalogue = null) =>
        Parse($"name: m\n{head}blocks:\n  - name: block\n{Axes}\n    {rules.Replace("\n", "\n    ")}\n", catalogue);

    private static MatrixPlan Parse(string text, CatalogueDouble? catalogue = null) =>
        MatrixPlan.Parse(text, "m.yaml", catalogue ?? new CatalogueDouble(), _ => []);
}
