using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Import;
using TlsInterop.Harness.Profiles;

namespace TlsInterop.Harness.Tests.Import;

/// <summary>Whatever a file holds is told, or refused in words.</summary>
public sealed class ImportFuzzTests
{
    private const int Mutations = 2000;
    private const int MostPrefixes = 4000;

    private string _folder = "";

    private static IReadOnlyList<string> Samples => Sample.Texts;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-fuzz-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    // Every prefix of a sample of up to 4,000 octets; of longer ones so many, evenly spread.
    [TestCaseSource(nameof(Samples))]
    public void Every_prefix_of_a_sample_is_told_or_refused(string name)
    {
        var octets = File.ReadAllBytes(Sample.At(name));
        var step = 1 + octets.Length / MostPrefixes;
        for (var length = 0; length <= octets.Length; length += step) Read(octets[..length]);
    }

    [Test]
    public void Mutations_of_every_sample_are_told_or_refused_and_their_profiles_can_be_read()
    {
        var random = new Random(20261123);
        byte[][] samples =
        [
            .. Samples.Select(name => File.ReadAllBytes(Sample.At(name))),
            .. Sample.Captures.Take(5).Select(File.ReadAllBytes),
        ];
        var file = Path.Combine(_folder, "client.yaml");
        var profiles = 0;
        for (var i = 0; i < Mutations; i++)
        {
            if (Read(Mutated(samples[i % samples.Length], random)) is not { Profile: { } profile } imported) continue;
            ImportedProfile.Write(file, imported, profile);
            Assert.That(() => ProfileFile.ReadClient(file), Throws.Nothing, File.ReadAllText(file));
            profiles++;
        }
        Assert.That(profiles, Is.GreaterThan(Mutations / 4));
    }

    private static ImportedConnection? Read(byte[] octets)
    {
        try
        {
            var imported = Sample.Import(octets);
            _ = ImportText.Lines(imported).Count();
            _ = ImportJson.Of(imported, written: null).ToJsonString();
            return imported;
        }
        catch (UsageException)
        {
            return null;
        }
    }

    private static byte[] Mutated(byte[] octets, Random random)
    {
        var mutated = octets.ToList();
        for (var times = random.Next(1, 9); times > 0 && mutated.Count > 1; times--)
        {
            var at = random.Next(mutated.Count);
            var length = Math.Min(random.Next(1, 40), mutated.Count - at);
            switch (random.Next(4))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated.RemoveRange(at, length); break;
                case 2: mutated.InsertRange(random.Next(mutated.Count), mutated.GetRange(at, length)); break;
                default: mutated[at] = (byte)"0123456789abcdef()[]{}\"':,./-> \n"[random.Next(32)]; break;
            }
        }
        return [.. mutated];
    }
}
