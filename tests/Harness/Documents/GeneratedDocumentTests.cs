using TlsInterop.Harness.Documents;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Tests.Documents;

public sealed class GeneratedDocumentTests
{
    private static readonly Repository Repository = Repository.Find();

    private static IEnumerable<string> Documents => Directory.GetFiles(Repository.Documents, "*.md").Order();

    [TestCaseSource(nameof(Documents))]
    public void Its_tables_are_those_of_the_code(string file)
    {
        var text = File.ReadAllText(file);

        Assert.That(GeneratedDocument.Renew(text, Repository.Catalogue()), Is.EqualTo(text),
            "stale: './interop docs' renews it");
    }

    [Test]
    public void Every_table_stands_in_a_document()
    {
        var all = string.Concat(Documents.Select(File.ReadAllText));

        foreach (var name in DocumentTables.Names) Assert.That(all, Does.Contain($"<!-- table: {name} -->"));
    }

    [Test]
    public void A_table_that_was_changed_by_hand_is_renewed_and_what_stands_around_it_stays()
    {
        const string text = "before\n<!-- table: certificates -->\n| changed by hand |\n<!-- end -->\nafter\n";
        var renewed = GeneratedDocument.Renew(text, Repository.Catalogue());

        Assert.That(renewed, Does.StartWith("before\n<!-- table: certificates -->\n| certificate |"));
        Assert.That(renewed, Does.EndWith("<!-- end -->\nafter\n").And.Not.Contain("changed by hand"));
        Assert.That(renewed, Does.Contain("| `expired` |"));
    }

    [Test]
    public void A_table_that_there_is_not_is_named_with_the_nearest() => Assert.That(
        () => GeneratedDocument.Renew("<!-- table: suite -->\n<!-- end -->", Repository.Catalogue()),
        Throws.TypeOf<InvalidDataException>().With.Message.Contains("suites"));

    [Test]
    public void What_would_end_a_cell_of_a_table_does_not() => Assert.That(
        new DocumentTable(["a"], [["x | y\n<script>"]]).Lines().Last(), Is.EqualTo("| x \\| y &lt;script> |"));

    // Links within the repository lead somewhere.
    [TestCaseSource(nameof(Documents))]
    public void Its_links_lead_to_files_that_there_are(string file)
    {
        foreach (var link in DocumentLinks.In(File.ReadAllText(file)))
            Assert.That(Path.Combine(Path.GetDirectoryName(file)!, link), Does.Exist, link);
    }
}
