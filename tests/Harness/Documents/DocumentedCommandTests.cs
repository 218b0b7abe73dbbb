using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Documents;

/// <summary>The commands that the documents tell people to type: those of blocks marked <c>sh</c>.</summary>
public sealed partial class DocumentedCommandTests
{
    private const string Script = "./interop";

    private static readonly string[] Documents =
    [
        "README.md", "CONTRIBUTING.md", .. Directory.GetFiles(RepositoryFiles.Find("docs"), "*.md").Order()
            .Select(file => $"docs/{Path.GetFileName(file)}"),
    ];

    private static IEnumerable<TestCaseData> Lines => Documents
        .SelectMany(document => Blocks().Matches(File.ReadAllText(RepositoryFiles.Find(document))))
        .SelectMany(block => block.Groups["lines"].Value.Split('\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Distinct()
        .Select(line => new TestCaseData(line).SetArgDisplayNames(line));

    private static IEnumerable<TestCaseData> Own =>
        Lines.Where(line => Text(line).StartsWith(Script + ' ', StringComparison.Ordinal));
    private static IEnumerable<TestCaseData> Harmless => Own.Where(line => IsHarmless(Words(Text(line))));
    private static IEnumerable<TestCaseData> Others =>
        Lines.Where(line => !Text(line).StartsWith(Script, StringComparison.Ordinal));

    [TestCaseSource(nameof(Harmless))]
    public async Task A_command_that_needs_no_engine_does_what_it_says(string line)
    {
        var words = Words(line).Select(word =>
            File.Exists(RepositoryFiles.Find(word)) ? RepositoryFiles.Find(word) : word);
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.That(await CommandTree.InvokeAsync([.. words], output, error), Is.EqualTo(ExitStatus.Green),
            error.ToString());
        Assert.That(output.ToString(), Is.Not.Empty);
    }

    [TestCaseSource(nameof(Own))]
    public void A_command_has_a_name_and_options_that_there_are(string line)
    {
        var words = Words(line);
        // The script's own: its further words go to 'dotnet test'.
        if (words[0] == "test")
            Assert.That(File.ReadAllText(RepositoryFiles.Find("interop")), Does.Contain("$1 == test"));
        else Assert.That(Mistakes.Of(CommandTree.Create().Parse(words)), Is.Empty);
    }

    [TestCaseSource(nameof(Others))]
    public void Another_programs_command_names_places_that_there_are(string line)
    {
        var words = line.Split(' ');

        Assert.That(words[0], Is.EqualTo("dotnet").Or.EqualTo("git"));
        foreach (var place in words.Where(word => word.Contains('/') || word.EndsWith(".sln", StringComparison.Ordinal))
            .Select(RepositoryFiles.Find))
            Assert.That(place, Does.Exist);
    }

    [Test]
    public void Both_documents_have_commands_of_every_kind()
    {
        Assert.That(Harmless.Count(), Is.GreaterThan(5));
        Assert.That(Own.Count(), Is.GreaterThan(Harmless.Count()));
        Assert.That(Others, Is.Not.Empty);
    }

    private static string Text(TestCaseData line) => (string)line.Arguments[0]!;

    private static string[] Words(string line) =>
        [.. CommandLineParser.SplitCommandLine(line.Replace('\'', '"')).Skip(1)];

    // accept would change the snapshots of this very checkout, and a profile would be left in it.
    private static bool IsHarmless(string[] words) =>
        words is ["list" or "decode" or "explain", ..] or ["endpoints"] or ["import", _] || words.Contains("--help");

    [GeneratedRegex(@"^```sh\n(?<lines>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();
}
