using TlsInterop.Harness.Cases;
using System.Text.Json;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Pki;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>The schemas that editors use say what the parsers do.</summary>
internal sealed class SchemaTests
{
    private static readonly JsonElement Matrix = Read("matrices/schema.json");
    private static readonly JsonElement Facts = Read("matrices/stacks.schema.json");
    private static readonly JsonElement Failures = Read("matrices/known-failures.schema.json");

    private static readonly JsonElement Case = Read("matrices/case.schema.json");

    private static IEnumerable<TestCaseData> Mappings()
    {
        yield return new TestCaseData(Matrix, MatrixKeys.Root).SetArgDisplayNames("matrix");
        yield return new TestCaseData(Definition(Matrix, "block"), MatrixKeys.Block).SetArgDisplayNames("block");
        yield return new TestCaseData(Definition(Matrix, "exclusion"), MatrixKeys.Exclusion)
            .SetArgDisplayNames("exclusion");
        yield return new TestCaseData(Definition(Matrix, "axes"), MatrixKeys.Axes).SetArgDisplayNames("axes");
        yield return new TestCaseData(Definition(Matrix, "conditions"), MatrixKeys.Axes)
            .SetArgDisplayNames("conditions");
        yield return new TestCaseData(Definition(Matrix, "constraint"), MatrixKeys.Constraint)
            .SetArgDisplayNames("constraint");
        yield return new TestCaseData(Facts, StackFacts.Keys).SetArgDisplayNames("facts");
        yield return new TestCaseData(Failures, KnownFailuresReader.RootKeys).SetArgDisplayNames("failures");
        yield return new TestCaseData(Definition(Failures, "failure"), KnownFailuresReader.EntryKeys)
            .SetArgDisplayNames("failure");
        yield return new TestCaseData(Definition(Failures, "signature"), KnownFailuresReader.SignatureKeys)
            .SetArgDisplayNames("signature");
        yield return new TestCaseData(Case, CaseFile.Keys).SetArgDisplayNames("case");
        yield return new TestCaseData(Definition(Case, "cell"), CaseFile.CellKeys).SetArgDisplayNames("cell of a case");
        yield return new TestCaseData(Definition(Case, "text"), CaseFile.TextKeys).SetArgDisplayNames("text of a case");
    }

    [TestCaseSource(nameof(Mappings))]
    public void A_mapping_has_the_parsers_keys_and_no_others(JsonElement schema, IReadOnlyList<FileKey> keys)
    {
        var properties = schema.GetProperty("properties").EnumerateObject().ToList();
        Assert.That(properties.Select(property => property.Name), Is.EquivalentTo(keys.Select(key => key.Name)));
        Assert.That(Texts(schema.GetProperty("required")),
            Is.EquivalentTo(keys.Where(key => key.IsRequired).Select(key => key.Name)));
        Assert.That(schema.GetProperty("additionalProperties").GetBoolean(), Is.False);
        foreach (var property in properties.Where(property => !property.Value.TryGetProperty("$ref", out _)))
            Assert.That(property.Value.TryGetProperty("description", out _) || property.Name == "failures",
                $"{property.Name} has no description");
    }

    private static IEnumerable<TestCaseData> Vocabularies()
    {
        yield return new TestCaseData(Definition(Matrix, "version"),
            AxisVocabulary.Versions).SetArgDisplayNames("version");
        yield return new TestCaseData(Definition(Matrix, "group"), KeyExchangeGroups.All.Select(group => group.Name))
            .SetArgDisplayNames("group");
        yield return new TestCaseData(Definition(Matrix, "certificate"),
            CertificateProfile.All.Select(profile => profile.Name)).SetArgDisplayNames("certificate");
        yield return new TestCaseData(Property(Definition(Matrix, "block"), "combine"), MatrixKeys.Combine.Keys)
            .SetArgDisplayNames("combine");
        yield return new TestCaseData(Property(Matrix, "snapshots"), MatrixKeys.Snapshots.Keys)
            .SetArgDisplayNames("snapshots");
        yield return new TestCaseData(Property(Matrix, "cases"), MatrixKeys.Cases.Keys).SetArgDisplayNames("cases");
        yield return new TestCaseData(Property(Definition(Failures, "signature"), "alert"), KnownFailuresReader.Alerts)
            .SetArgDisplayNames("alert");
        yield return new TestCaseData(Property(Definition(Failures, "signature"), "after"),
            KnownFailuresReader.Messages).SetArgDisplayNames("after");
        yield return new TestCaseData(Property(Definition(Failures, "signature"), "direction"),
            FailureSignature.Words.All.Keys).SetArgDisplayNames("direction");
    }

    [TestCaseSource(nameof(Vocabularies))]
    public void A_vocabulary_has_the_parsers_words(JsonElement schema, IEnumerable<string> words) =>
        Assert.That(Texts(schema.GetProperty("enum")), Is.EquivalentTo(words));

    [TestCase("matrices/smoke.yaml", "schema.json")]
    [TestCase("matrices/stacks.yaml", "stacks.schema.json")]
    [TestCase("matrices/known-failures.yaml", "known-failures.schema.json")]
    public void A_committed_file_names_its_schema_for_editors(string file, string schema) =>
        Assert.That(File.ReadLines(RepositoryFiles.Find(file)).First(),
            Is.EqualTo($"# yaml-language-server: $schema={schema}"));

    private static JsonElement Read(string path) =>
        JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Find(path))).RootElement;

    private static JsonElement Definition(JsonElement schema, string name) =>
        schema.GetProperty("$defs").GetProperty(name);

    private static JsonElement Property(JsonElement schema, string name) =>
        schema.GetProperty("properties").GetProperty(name);

    private static IEnumerable<string?> Texts(JsonElement array) =>
        array.EnumerateArray().Select(item => item.GetString());
}
