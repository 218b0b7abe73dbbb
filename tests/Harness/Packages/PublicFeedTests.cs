using System.Text.Json;
using TlsInterop.Harness.Endpoints.Engine;
using TlsInterop.Harness.Tests.Matrix;

namespace TlsInterop.Harness.Tests.Packages;

/// <summary>What each project is made of, with the packages of the public feed and without.</summary>
public sealed class PublicFeedTests
{
    private const string Suffix = ".PublicFeed.cs";

    // The packages that not every feed has, and what stands in for them.
    private static readonly string[] Public = ["BouncyCastle.Cryptography", "SharpPcap", "Testcontainers", "Verify"];
    private static readonly string[] Defaults = ["Portable.BouncyCastle"];

    private static readonly Dictionary<string, string[]> References = new()
    {
        ["src/Tls/Tls.csproj"] = ["BouncyCastle.Cryptography", "SharpPcap", "Verify"],
        ["src/Harness/Harness.csproj"] = ["BouncyCastle.Cryptography", "Testcontainers"],
    };

    private static IEnumerable<string> Projects => new[] { "src", "tests", "bench" }
        .SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/'));

    private static string Root => Path.GetDirectoryName(RepositoryFiles.Find("TlsInterop.sln"))!;

    [TestCaseSource(nameof(Projects))]
    public async Task A_default_build_names_no_package_of_the_public_feed(string project)
    {
        var (packages, versions, sources) = await EvaluateAsync(project, publicFeed: false);

        Assert.That(packages.Intersect(Public), Is.Empty);
        Assert.That(versions.Intersect(Public), Is.Empty);
        Assert.That(
            packages.Where(Defaults.Contains), Is.EquivalentTo(References.ContainsKey(project) ? Defaults : []));
        Assert.That(sources.Where(IsAdapter), Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public async Task With_the_public_feed_its_packages_stand_in_for_the_defaults(string project)
    {
        var (packages, versions, sources) = await EvaluateAsync(project, publicFeed: true);

        Assert.That(packages.Intersect(Public), Is.EquivalentTo(References.GetValueOrDefault(project, [])));
        Assert.That(packages.Intersect(Defaults), Is.Empty);
        Assert.That(versions, Is.SupersetOf(Public).And.Not.Contain(Defaults[0]));
        Assert.That(sources.Where(IsAdapter).Select(Path.GetFileName),
            Is.EquivalentTo(AdaptersOf(project).Select(Path.GetFileName)));
    }

    [Test]
    public void An_adapter_is_short_and_nothing_else_depends_on_the_feed()
    {
        var sources = Projects.SelectMany(SourcesOf).ToList();

        foreach (var adapter in sources.Where(IsAdapter))
            Assert.That(File.ReadLines(adapter).Count(), Is.LessThan(200), adapter);
        Assert.That(References.Keys.Where(project => !AdaptersOf(project).Any()), Is.Empty, "without an adapter");
        Assert.That(sources.Where(path => File.ReadLines(path)
            .Any(line => line.StartsWith("#if", StringComparison.Ordinal))), Is.Empty);
    }

    private static bool IsAdapter(string path) => path.EndsWith(Suffix, StringComparison.Ordinal);

    private static IEnumerable<string> AdaptersOf(string project) => SourcesOf(project).Where(IsAdapter);

    private static IEnumerable<string> SourcesOf(string project)
    {
        var folder = Path.Combine(Root, Path.GetDirectoryName(project)!);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar)[0]
                is not ("bin" or "obj"));
    }

    // MSBuild evaluates the project; nothing is restored or built.
    private static async Task<(string[] Packages, string[] Versions, string[] Sources)> EvaluateAsync(
        string project, bool publicFeed)
    {
        var evaluated = await Command.RunAsync(
            "dotnet",
            [
                "msbuild", Path.Combine(Root, project), $"-p:PublicFeed={(publicFeed ? "true" : "false")}",
                "-getItem:PackageReference,PackageVersion,Compile",
            ],
            TimeSpan.FromMinutes(2));
        Assert.That(evaluated.ExitCode, Is.Zero, evaluated.Output + evaluated.Errors);
        using var document = JsonDocument.Parse(evaluated.Output);
        var items = document.RootElement.GetProperty("Items");
        return (Names("PackageReference"), Names("PackageVersion"), Names("Compile"));

        string[] Names(string type) =>
            [.. items.GetProperty(type).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }
}
