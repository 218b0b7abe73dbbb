using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>What a person reads who made a mistake in a matrix.</summary>
internal sealed class MatrixProblemTests
{
    private const string Good = """
        name: one
        blocks:
          - name: first
            server: openssl@bookworm
            client: gnutls@*
            scenario: echo
            version: tls1.2
            suite: ECDHE_RSA_WITH_AES_128_GCM_SHA256
        """;

    [Test]
    public void The_sample_that_the_others_break_is_good() =>
        Assert.That(MatrixPlan.Parse(Good, "m.yaml", new CatalogueDouble()).Cells, Has.Count.EqualTo(3));

    [TestCase("    suite:", "    ciper:",
        "m.yaml:8:5: unknown key 'ciper', did you mean 'suite'? Known are: name, use, combine, server, client")]
    [TestCase("    suite:", "    siute:", "m.yaml:8:5: unknown key 'siute', did you mean 'suite'?")]
    [TestCase("    suite:", "    grupp: x25519\n    suite:", "m.yaml:8:5: unknown key 'grupp', did you mean 'group'?")]
    [TestCase("    scenario: echo\n", "", "m.yaml:3:5: expected a block with the key 'scenario', it is missing")]
    [TestCase("    scenario: echo\n", "    scenario: echo\n    scenario: echo\n",
        "m.yaml:7:5: the key 'scenario' is there twice")]
    [TestCase("openssl@bookworm", "opensssl@bookworm",
        "m.yaml:4:13: unknown endpoint (server) 'opensssl', did you mean 'openssl'?")]
    [TestCase("openssl@bookworm", "openssl@bokworm",
        "m.yaml:4:13: unknown version of 'openssl' 'bokworm', did you mean 'bookworm'?")]
    [TestCase("openssl@bookworm", "openssl",
        "m.yaml:4:13: 'openssl' has versions: write 'openssl@*' for all or one of openssl@bullseye")]
    [TestCase("openssl@bookworm", "curl@bookworm", "m.yaml:4:13: 'curl' cannot be a server; known: openssl, gnutls")]
    [TestCase("gnutls@*", "sslstream@9", "m.yaml:5:13: 'sslstream' has no versions to choose from: write 'sslstream'")]
    [TestCase("scenario: echo", "scenario: ecko", "m.yaml:6:15: unknown scenario 'ecko', did you mean 'echo'?")]
    [TestCase("tls1.2", "1.2", "m.yaml:7:14: unknown version '1.2', did you mean 'tls1.2'?")]
    [TestCase("ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE_RSA_WITH_AES_128_GMC_SHA256",
        "m.yaml:8:12: unknown suite 'ECDHE_RSA_WITH_AES_128_GMC_SHA256', "
            + "did you mean 'ECDHE_RSA_WITH_AES_128_GCM_SHA256'?")]
    [TestCase("version: tls1.2", "version: tls1.2\n    group: x25591",
        "m.yaml:8:12: unknown group 'x25591', did you mean 'x25519'?")]
    [TestCase("version: tls1.2", "version: tls1.2\n    certificate: ecdsa-p265",
        "m.yaml:8:18: unknown certificate 'ecdsa-p265', did you mean 'ecdsa-p256'?")]
    [TestCase("version: tls1.2", "version: tls1.2\n    combine: pairwize",
        "m.yaml:8:14: unknown way to combine 'pairwize', did you mean 'pairwise'?")]
    [TestCase("version: tls1.2", "version: [tls1.2, tls1.2]", "m.yaml:7:23: the version 'tls1.2' is there twice")]
    [TestCase("version: tls1.2", "version: []",
        "m.yaml:7:14: expected a version or a list of them, found an empty list")]
    [TestCase("version: tls1.2", "version: { from: tls1.0 }",
        "m.yaml:7:14: expected a version or a list of them, found a mapping")]
    [TestCase("version: tls1.2", "version: [[tls1.2]]",
        "m.yaml:7:15: expected a version or a list of them, found a list")]
    [TestCase("version: tls1.2", "version:", "m.yaml:7:13: expected a version or a list of them, found nothing")]
    [TestCase("version: tls1.2", "version: [tls1.2, tls1.3]",
        "m.yaml:7:23: the version 'tls1.3' takes part in no cell of the block 'first': "
            + "ECDHE_RSA_WITH_AES_128_GCM_SHA256 is no suite of TLS 1.3")]
    [TestCase("version: tls1.2", "version: tls1.3",
        "m.yaml:3:5: the block 'first' has no cell: no combination of its values makes sense: "
            + "ECDHE_RSA_WITH_AES_128_GCM_SHA256 is no suite of TLS 1.3")]
    [TestCase("version: tls1.2", "version: tls1.2\n    exclude: [{ client: gnutls@forky, because: x }]",
        "m.yaml:8:25: no client of this block is 'gnutls@forky'")]
    [TestCase("version: tls1.2", "version: tls1.2\n    exclude: [{ client: gnutls }]",
        "m.yaml:8:15: expected an exclusion with the key 'because', it is missing")]
    [TestCase("version: tls1.2", "version: tls1.2\n    exclude: [{ because: x }]",
        "m.yaml:8:15: expected an exclusion with at least one axis")]
    [TestCase("version: tls1.2", "version: tls1.2\n    exclude: [{ client: '{gnutls', because: x }]",
        "m.yaml:8:25: '{' of pattern '{gnutls' is not closed")]
    [TestCase("name: one", "name: One Matrix", "m.yaml:1:7: expected a name of lower-case letters")]
    [TestCase("blocks:", "blocks: all of them\nothers:",
        "m.yaml:2:9: expected a list of blocks, found the text 'all of them'")]
    [TestCase("    server:", "\tserver:", "m.yaml:4:1: a tab stands in the indentation; YAML indents with spaces")]
    [TestCase("tls1.2", "[tls1.2", "this is not YAML")]
    [TestCase("tls1.2", "*versions",
        "m.yaml:7:14: this is not YAML: the alias '*versions' names no value that stands before it")]
    [TestCase("tls1.2", "&v [tls1.2, *v]", "names no value that stands before it")]
    public void A_mistake_is_named_with_its_place_and_what_was_meant(string found, string broken, string expected)
    {
        var text = Good.Replace(found, broken);

        Assert.That(text, Is.Not.EqualTo(Good), "the sample does not hold what is to be broken");
        Assert.That(Problems(text), Has.Some.Contains(expected));
    }

    [Test]
    public void All_mistakes_come_at_once_in_the_order_of_the_lines()
    {
        var text = Good.Replace("echo", "ecko").Replace("tls1.2", "tls1.4").Replace("suite", "ciper")
            .Replace("name: one", "nam: one");

        Assert.That(Problems(text).Select(problem => problem.Split(": ")[0]),
            Is.EqualTo(new[] { "m.yaml:1:1", "m.yaml:1:1", "m.yaml:3:5", "m.yaml:6:15", "m.yaml:7:14", "m.yaml:8:5" }));
    }

    [TestCase("")]
    [TestCase("# only a comment\n")]
    [TestCase("---\n")]
    public void An_empty_file_is_called_empty(string text) =>
        Assert.That(Problems(text), Is.EqualTo(new[] { "m.yaml: the file is empty" }));

    [TestCase("- a\n")]
    [TestCase("a\n")]
    public void A_file_that_is_no_mapping_names_the_keys_it_should_have(string text) =>
        Assert.That(
            Problems(text), Has.One.Contains("expected a matrix with the keys name, description, snapshots, profiles"));

    [Test]
    public void A_missing_file_is_named_with_its_neighbour()
    {
        var path = RepositoryFiles.Find("matrices/smoek.yaml");
        var failure = Assert.Throws<MatrixException>(() => MatrixPlan.Load(path, new CatalogueDouble()));

        Assert.That(failure!.Message, Is.EqualTo($"{path}: there is no such file, did you mean 'smoke.yaml'?"));
    }

    [Test]
    public void A_huge_text_is_refused_unread() =>
        Assert.That(Problems(new string('a', YamlFile.MaxSize + 1)),
            Has.One.Contains("expected at most 1048576 characters"));

    [Test]
    [CancelAfter(10_000)]
    public void A_text_made_to_grow_or_to_nest_stays_small()
    {
        var laughs = string.Concat(Enumerable.Range(1, 60)
            .Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        Assert.That(Problems("a0: &a0 [x]\n" + laughs), Has.Length.LessThanOrEqualTo(100));
        Assert.That(Problems("blocks: " + new string('[', 10_000)), Has.Some.Contains("nested more than 32 deep"));
    }

    [Test]
    public void A_block_of_too_many_cells_is_refused()
    {
        var many = Enumerable.Range(0, 300).Select(number => $"v{number}").ToArray();
        var names = Tls.Wire.CipherSuites.All.Select(row => row.Name).Where(name => name.StartsWith("RSA_WITH_A"));
        var suites = string.Join(", ", names);
        var text = Good.Replace("openssl@bookworm", "openssl@*")
            .Replace("ECDHE_RSA_WITH_AES_128_GCM_SHA256", $"[{suites}]");

        var failure = Assert.Throws<MatrixException>(() => MatrixPlan.Parse(text, "m.yaml", new CatalogueDouble(many)));

        Assert.That(failure!.Message, Does.Contain("expected at most 1000000 cells in a block"));
    }

    [Test]
    public void A_block_of_too_many_combinations_is_refused()
    {
        var many = Enumerable.Range(0, 5000).Select(number => $"v{number}").ToArray();
        var text = Good.Replace("openssl@bookworm", "openssl@*")
            .Replace("name: first", "name: first\n    combine: pairwise");

        var failure = Assert.Throws<MatrixException>(() => MatrixPlan.Parse(text, "m.yaml", new CatalogueDouble(many)));

        Assert.That(failure!.Message, Does.Contain("expected at most 20000000 combinations in a block"));
    }

    private static string[] Problems(string text)
    {
        var failure = Assert.Throws<MatrixException>(() => MatrixPlan.Parse(text, "m.yaml", new CatalogueDouble()));
        return [.. failure!.Problems.Select(problem => problem.ToString())];
    }
}
