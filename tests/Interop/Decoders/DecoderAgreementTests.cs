using System.Collections.Concurrent;
using System.Security.Authentication;
using TlsInterop.Tls.Capture.Live;

namespace TlsInterop.Interop.Tests.Decoders;

/// <summary>
/// Two decoders agree: tshark and this project's read the same captures. The captures are those of
/// <c>tests/Tls/Captures</c> and, for a comparison by hand, those below the folder that <c>TLSINTEROP_CAPTURES</c>
/// names, each with its key log <c>NAME.keys</c> beside it.
/// </summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class DecoderAgreementTests
{
    private static readonly string Tests = Path.Combine(InteropSession.Repository.Root, "tests");

    private static readonly IReadOnlyList<KnownDisagreement> Known =
        KnownDisagreement.Load(Path.Combine(Tests, "Interop", "Decoders", "disagreements.yaml"));

    private static readonly ConcurrentDictionary<string, Lazy<DecoderComparison>> Comparisons = new();

    private static string Own => Path.Combine(Tests, "Tls", "Captures");

    public static IEnumerable<TestCaseData> Captures =>
        Files(Own)
            .Concat(Environment.GetEnvironmentVariable("TLSINTEROP_CAPTURES") is { Length: > 0 } more
            ? Files(more)
            : [])
            .Select(path => new TestCaseData(path).SetArgDisplayNames(Path.GetFileName(path)));

    [TestCaseSource(nameof(Captures))]
    public void Both_decoders_read_a_capture_the_same(string path)
    {
        RequireTshark();

        var comparison = Compare(path);

        Assert.That(comparison.Streams, Is.Positive, "neither decoder finds TLS");
        Assert.That(Unknown(comparison), Is.Empty);
    }

    [TestCase(SslProtocols.Tls12)]
    [TestCase(SslProtocols.Tls13)]
    public async Task Both_decoders_read_a_live_handshake_the_same(SslProtocols version)
    {
        RequireTshark();
        var folder = Directory.CreateTempSubdirectory("tlsinterop-decoders-");
        try
        {
            var (capture, keys) = await LiveHandshake.CaptureAsync(folder.FullName, version);

            var comparison = DecoderComparison.Of(capture, keys);

            Assert.That(Unknown(comparison), Is.Empty);
            Assert.That(comparison, Has.Property(nameof(DecoderComparison.Streams)).EqualTo(1)
                .And.Property(nameof(DecoderComparison.Decrypted)).EqualTo(1));
        }
        catch (CaptureException missing) when (
            missing.Failure is CaptureFailure.NoPermission or CaptureFailure.LibraryMissing)
        {
            InteropSession.Missing(missing.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Every_listed_disagreement_is_one()
    {
        RequireTshark();

        var found = Files(Own).SelectMany(path => Compare(path).Disagreements).ToList();

        Assert.That(Known.Where(entry => !entry.IsComplete || !found.Exists(entry.Matches)), Is.Empty);
    }

    [OneTimeTearDown]
    public void Tell()
    {
        var all = Comparisons.Values.Select(comparison => comparison.Value).ToList();
        TestContext.Progress.WriteLine(
            $"tshark and tlsinterop agree on {all.Sum(item => item.Agreeing)} "
                + $"of {all.Sum(item => item.Streams)} streams");
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".keys", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static DecoderComparison Compare(string path) =>
        Comparisons.GetOrAdd(path, key => new(() => DecoderComparison.Of(key, Keys(key)))).Value;

    private static string? Keys(string path) =>
        new[] { Path.ChangeExtension(path, ".keys"), path + ".keys" }.FirstOrDefault(File.Exists);

    private static IEnumerable<string> Unknown(DecoderComparison comparison) =>
        comparison.Disagreements.Where(found => !Known.Any(entry => entry.Matches(found)))
            .Select(found => found.ToString());

    private static void RequireTshark()
    {
        if (!Tshark.IsInstalled)
            InteropSession.Missing("This test needs tshark. './interop test' installs it where it can.");
    }
}
