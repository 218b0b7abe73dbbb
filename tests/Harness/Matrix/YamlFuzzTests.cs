using System.Text;
using TlsInterop.Harness.Cases;
using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Scenarios;
using TlsInterop.Harness.Verdicts;
using TlsInterop.Tls.Tests.Fuzzing;

namespace TlsInterop.Harness.Tests.Matrix;

/// <summary>Whatever a file of YAML holds is read, or refused with its problems.</summary>
public sealed class YamlFuzzTests
{
    private const int Mutations = 150;

    private static readonly EndpointCatalogue Catalogue = Repository.Find().Catalogue();

    private static readonly Dictionary<string, Action<string>> Readers = new()
    {
        ["matrices/smoke.yaml"] = path => MatrixPlan.Load(path, Catalogue),
        ["matrices/known-failures.yaml"] = path => KnownFailures.Load(path),
        ["matrices/scenarios.yaml"] = path => ScenarioFile.Read(path),
        ["containers/openssl/endpoint.yaml"] = path => EndpointFile.Read(Path.GetDirectoryName(path)!),
        ["tests/Interop/Cases/debian-390712-phone-padding/case.yaml"] =
            path => CaseFile.Read(Path.GetDirectoryName(path)!),
    };

    private static IEnumerable<string> Files => Readers.Keys;

    private string _folder = "";

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-yaml-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Files))]
    public void Mutations_of_a_file_are_read_or_refused(string name)
    {
        var (original, random) = (File.ReadAllBytes(RepositoryFiles.Find(name)), new Random(20261123));
        var mutator = new ByteMutator(random);
        // What a file is of is told by its folder's name, and it asks for what stands beside it.
        var folder = Directory.CreateDirectory(
            Path.Combine(_folder, Path.GetFileName(Path.GetDirectoryName(name))!)).FullName;
        foreach (var beside in Directory.EnumerateFiles(Path.GetDirectoryName(RepositoryFiles.Find(name))!))
            File.Copy(beside, Path.Combine(folder, Path.GetFileName(beside)));
        var path = Path.Combine(folder, Path.GetFileName(name));
        var refused = 0;
        for (var i = 0; i < Mutations; i++)
        {
            File.WriteAllBytes(path, mutator.Mutate(original, original));
            try
            {
                Readers[name](path);
            }
            catch (Exception told) when (told is MatrixException or EndpointException)
            {
                Assert.That(told.Message, Is.Not.Empty);
                refused++;
            }
            catch (Exception fault)
            {
                Assert.Fail($"mutation {i}: {fault}\n{Encoding.UTF8.GetString(File.ReadAllBytes(path))}");
            }
        }
        Assert.That(refused, Is.InRange(Mutations / 10, Mutations - 1));
    }
}
