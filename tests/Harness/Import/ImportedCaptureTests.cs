using TlsInterop.Harness.Import;
using TlsInterop.Harness.Profiles;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Import;

/// <summary>From a capture to a profile, to its file, to a hello: the same again.</summary>
public sealed class ImportedCaptureTests
{
    private string _folder = "";

    private static IEnumerable<string> Captures => Sample.Captures.Select(Path.GetFileNameWithoutExtension)!;

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-import-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Captures))]
    public async Task Profile_of_a_capture_sends_the_hello_again(string name)
    {
        var imported = ImportFile.Read(Sample.Captures.Single(path => Path.GetFileName(path) == $"{name}.pcap"), new());
        var file = Path.Combine(_folder, "client.yaml");
        ImportedProfile.Write(file, imported, imported.Profile!);
        var (hello, recordVersion) = await SentAgain.By(ProfileFile.ReadClient(file), imported.Hello!.ServerName);

        var sent = imported.Hello.Sent!;
        Assert.That(recordVersion, Is.EqualTo(imported.Hello.RecordVersion));
        Assert.That(hello.LegacyVersion, Is.EqualTo(sent.LegacyVersion));
        Assert.That(hello.SessionId.Length, Is.EqualTo(sent.SessionId.Length));
        Assert.That(hello.CipherSuites, Is.EqualTo(sent.CipherSuites));
        Assert.That(hello.CompressionMethods, Is.EqualTo(sent.CompressionMethods));
        Assert.That(hello.Extensions.IsPresent, Is.EqualTo(sent.Extensions.IsPresent));
        Assert.That(hello.Extensions.Select(Shape), Is.EqualTo(sent.Extensions.Where(IsRepeated).Select(Shape)));
    }

    [Test]
    public void Captures_have_hellos_of_every_version() =>
        Assert.That(Sample.Captures.Select(path => ImportFile.Read(path, new()).Answer.Version).Distinct(),
            Is.SupersetOf(new[]
            {
                ProtocolVersion.Tls10, ProtocolVersion.Tls11, ProtocolVersion.Tls12, ProtocolVersion.Tls13,
            }));

    private static bool IsRepeated(Extension extension) =>
        extension.Type != ExtensionType.PreSharedKey && extension.Type != ExtensionType.EarlyData;

    // A ticket is nobody's, keys are new each time.
    private static string Shape(Extension extension) => $"{extension.Type} " + extension.Body switch
    {
        SessionTicketExtension => "",
        KeyShareExtension shares => string.Join(", ", shares.Entries.Select(
            share => $"{share.Group} {share.KeyExchange.Length}")),
        _ => Convert.ToHexStringLower(extension.Data.Span),
    };
}
