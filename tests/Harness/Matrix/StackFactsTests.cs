using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>What stacks do not do in any matrix.</summary>
internal sealed class StackFactsTests
{
    private const string Fact = """
        exclude:
          - { server: exim@bullseye, scenario: smtps, version: tls1.3, because: it does not }
        """;

    [Test]
    public void A_fact_of_a_stack_holds_in_every_block_that_has_what_it_is_about()
    {
        var plan = Plan(Fact, "exim@bullseye", "exim@trixie");

        Assert.That(plan.Cells.Select(cell => $"{cell.Server} {cell.Version}"),
            Is.EqualTo((string[])["exim@bullseye TLS 1.2", "exim@trixie TLS 1.2", "exim@trixie TLS 1.3"]));
        Assert.That(plan.Skipped.Select(left => $"{left.Cell.Server} {left.Cell.Version}: {left.Reason}"),
            Is.EqualTo((string[])["exim@bullseye TLS 1.3: it does not"]));
    }

    [Test]
    public void A_block_of_other_stacks_has_nothing_to_do_with_it() =>
        Assert.That(Plan(Fact, "exim@trixie").Skipped, Is.Empty);

    [Test]
    public void A_block_of_which_nothing_is_left_is_no_mistake_of_the_matrix()
    {
        var plan = Plan("exclude: [{ server: exim, because: it is ill }]", "exim@trixie");

        Assert.That(plan.Cells, Is.Empty);
        Assert.That(plan.Skipped, Has.Exactly(2).Items);
    }

    [TestCase("server: exym", "no server is 'exym'")]
    [TestCase("server: exim@warty", "no server is 'exim@warty'")]
    [TestCase("scenario: ehco", "no scenario is 'ehco', did you mean 'echo'?")]
    [TestCase("version: tls1.4", "no version is 'tls1.4'")]
    [TestCase("serwer: exim", "unknown key 'serwer', did you mean 'server'?")]
    [TestCase("server: exim, scenario: imaps", "no endpoint of these has a scenario of these")]
    [TestCase("client: curl, scenario: echo", "no endpoint of these has a scenario of these")]
    public void A_fact_that_is_about_nothing_is_told(string conditions, string problem) =>
        Assert.That(() => Facts($"exclude: [{{ {conditions}, because: so }}]"),
            Throws.TypeOf<MatrixException>().With.Message.Contains(problem));

    [Test]
    public void A_fact_has_a_reason() =>
        Assert.That(() => Facts("exclude: [{ server: exim }]"),
            Throws.TypeOf<MatrixException>().With.Message.Contains("with the key 'because', it is missing"));

    [Test]
    public void A_file_that_is_not_there_is_told() =>
        Assert.That(() => StackFacts.Read(YamlFile.Load("/nowhere/stacks.yaml"), new CatalogueDouble()),
            Throws.TypeOf<MatrixException>().With.Message.Contains("there is no such file"));

    private static IReadOnlyList<Exclusion> Facts(string text) =>
        StackFacts.Read(YamlFile.Parse(text, "stacks.yaml"), new CatalogueDouble());

    private static MatrixPlan Plan(string facts, params string[] servers) => MatrixPlan.Parse(
        $"""
        name: m
        blocks:
          - name: b
            server: [{string.Join(", ", servers)}]
            client: curl@trixie
            scenario: smtps
            version: [tls1.2, tls1.3]
            suite: [ECDHE_RSA_WITH_AES_128_GCM_SHA256, AES_128_GCM_SHA256]
        """,
        "m.yaml",
        new CatalogueDouble() { Facts = Facts(facts) });
}
