using TlsInterop.Harness.Diagnosis;
using TlsInterop.Harness.Diagnosis.Packets;
using TlsInterop.Harness.Tests.Matrix;
using TlsInterop.Tls.Capture.Files;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>Whatever a capture holds is explained, or not known; nothing of it makes a rule throw.</summary>
public sealed class DiagnosisFuzzTests
{
    private const int Inputs = 600;

    [Test]
    public void Changed_captures_are_explained_with_the_keys_of_the_original_and_without()
    {
        var random = new Random(20261123);
        var captures = Captures();
        var causes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Inputs; i++)
        {
            var (name, octets, keys) = captures[random.Next(captures.Count)];
            var changed = Changed(random, octets);
            Assert.That(() => causes.UnionWith(Explain(changed, i % 2 == 0 ? keys : new KeyLog())), Throws.Nothing,
                $"input {i}, of {name}: {Convert.ToBase64String(changed)}");
        }
        Assert.That(causes, Has.Count.GreaterThan(20));
    }

    private static IEnumerable<string> Explain(byte[] file, KeyLog keys)
    {
        var packets = new PacketTraitsSink();
        CaptureFile.Read(new MemoryStream(file), packets);
        var connections = new List<CapturedConnection>();
        new CaptureDecoder(new() { KeyLog = keys }).Read(
            new MemoryStream(file), connection => connection, connections.Add);
        foreach (var connection in connections)
        {
            var result = Diagnoser.Explain(connection.Decoded, new()
            {
                Info = connection.Info, KeyLog = connection.KeyLog, Packets = packets.Of(connection.Info),
                Others = [.. connections.Where(other => other != connection).Select(other => other.Decoded)],
            });
            Assert.That(DiagnosisText.Of(result, "1", 100), Is.Not.Empty);
            foreach (var cause in result.Causes) yield return cause.Id;
        }
    }

    private static List<(string Name, byte[] Octets, KeyLog Keys)> Captures() =>
    [
        .. Directory.GetFiles(RepositoryFiles.Find("tests/Tls/Captures"), "*.pcap").Order(StringComparer.Ordinal)
            .Select(path =>
            {
                var keys = new KeyLog();
                var log = Path.ChangeExtension(path, ".keys");
                if (File.Exists(log)) keys.AddLines(File.ReadAllText(log));
                return (Path.GetFileName(path), File.ReadAllBytes(path), keys);
            }),
        .. Directory.GetFiles(RepositoryFiles.Find("tests/Harness/Diagnosis/Captures"), "*.pcapng")
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path), new KeyLog())),
    ];

    // The file's own header stays: what is behind it is changed here and there, mostly in few octets.
    private static byte[] Changed(Random random, byte[] octets)
    {
        const int header = 24;
        var changed = octets.ToArray();
        for (var times = random.Next(1, 12); times > 0; times--)
        {
            var at = random.Next(header, changed.Length);
            changed[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(changed[at] ^ (1 << random.Next(8))),
                _ => octets[random.Next(header, octets.Length)],
            };
        }
        return random.Next(5) == 0 ? changed[..random.Next(header, changed.Length)] : changed;
    }
}
