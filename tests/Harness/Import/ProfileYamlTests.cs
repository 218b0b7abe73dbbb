using TlsInterop.Harness.Profiles;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Import;

public sealed class ProfileYamlTests
{
    private static readonly HelloShape Odd = new(
        ProtocolVersion.Tls12, new(0x0399), 7,
        [new(0x1a1a), new(0x1301), new(0xfefe), new(0x00ff)],
        [CompressionMethod.Deflate, CompressionMethod.Null, new(0xe0)],
        [
            new(new(0x3a3a), []), new(ExtensionType.ServerName, []),
            new(ExtensionType.SupportedGroups, ["0x2a2a", "X25519MLKEM768", "secp256r1"]),
            new(ExtensionType.KeyShare, ["0x2a2a", "0x6399:0102", "x25519"]),
            new(ExtensionType.ApplicationLayerProtocolNegotiation, ["h2", "http/1.1", "null", "a: b", "#", "\"", "'"]),
            new(ExtensionType.SupportedVersions, ["0x7f1c", "tls1.3", "ssl3"]),
            new(ExtensionType.PskKeyExchangeModes, ["psk_ke", "psk_dhe_ke"]),
            new(ExtensionType.StatusRequest, ["hex:0100000000ff"]),
            new(ExtensionType.Padding, ["300"]), new(new(0x1234), ["00ff"]),
        ]);

    private string _folder = "";

    private static IEnumerable<TestCaseData> Profiles =>
    [
        Of("odd", Odd), Of("no-extensions", Odd with { Extensions = null }), Of("no-hello", null),
        Of("empty-extensions", Odd with { Extensions = [], RecordVersion = ProtocolVersion.Tls12 }),
        .. Directory.GetFiles(Matrix.RepositoryFiles.Find("containers/scripted/profiles"), "*.yaml")
            .Where(file => !File.ReadAllText(file).Contains("\ngroups:", StringComparison.Ordinal))
            .Select(Read).OfType<ClientProfile>().Select(Case),
    ];

    [SetUp]
    public void SetUp() => _folder = Directory.CreateTempSubdirectory("tlsinterop-profile-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestCaseSource(nameof(Profiles))]
    public void Profile_is_read_as_it_was_written(ClientProfile profile)
    {
        var file = Path.Combine(_folder, $"{profile.Name}.yaml");
        File.WriteAllText(file, ProfileYaml.Write(profile, "a test: of 'it'", ["above: # [", ""], ["reactions:"]));
        var read = ProfileFile.ReadClient(file);

        Assert.That(read with { Hello = null, Versions = [], Reactions = [], Quirks = [] },
            Is.EqualTo(profile with { Hello = null, Versions = [], Reactions = [], Quirks = [] })
                .Using<ClientProfile>((left, right) =>
                    left.Name == right.Name && left.Description == right.Description));
        Assert.That(read.Versions, Is.EqualTo(profile.Versions));
        Assert.That(read.Reactions, Is.EqualTo(profile.Reactions));
        Assert.That(read.Quirks, Is.EqualTo(profile.Quirks));
        Assert.That(read.Hello is null, Is.EqualTo(profile.Hello is null));
        if (profile.Hello is not { } hello) return;
        Assert.That(read.Hello!.Version, Is.EqualTo(hello.Version));
        Assert.That(read.Hello.RecordVersion, Is.EqualTo(hello.RecordVersion));
        Assert.That(read.Hello.SessionIdLength, Is.EqualTo(hello.SessionIdLength));
        Assert.That(read.Hello.Suites, Is.EqualTo(hello.Suites));
        Assert.That(read.Hello.CompressionMethods, Is.EqualTo(hello.CompressionMethods));
        Assert.That(read.Hello.Extensions?.Select(shape => (shape.Type, string.Join('|', shape.Words))),
            Is.EqualTo(hello.Extensions?.Select(shape => (shape.Type, string.Join('|', shape.Words)))));
    }

    [Test]
    public void Lines_are_no_longer_than_an_editor_is_wide() =>
        Assert.That(
            ProfileYaml.Write(new("wide", "wide", Odd with
            {
                Suites = [.. CipherSuites.All.Select(row => new CipherSuite(row.Code))],
            }, [], [], [])).Split('\n'),
            Has.All.Length.LessThanOrEqualTo(120));

    private static TestCaseData Of(string name, HelloShape? hello) => Case(new(
        name, "odd: a \"client\" # of tests", hello, [ProtocolVersion.Tls12, ProtocolVersion.Tls13],
        [
            new(Triggers.All[0], ReactionEnding.Close),
            new(Triggers.All[1], ReactionEnding.Alert, AlertDescription.HandshakeFailure),
            new(Triggers.All[2], ReactionEnding.Silence),
        ],
        ["grease"]));

    private static TestCaseData Case(ClientProfile profile) =>
        new TestCaseData(profile).SetArgDisplayNames(profile.Name);

    // Profiles of servers lie in the same folder.
    private static ClientProfile? Read(string file)
    {
        try
        {
            return ProfileFile.ReadClient(file);
        }
        catch (Harness.Matrix.MatrixException)
        {
            return null;
        }
    }
}
