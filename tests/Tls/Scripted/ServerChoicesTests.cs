using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

public sealed class ServerChoicesTests
{
    private static readonly CipherSuite Offered = new(0x1301), Other = new(0x1302);
    private static readonly NamedGroup X25519 = new(29), P256 = new(23);
    private static readonly byte[] Random = new byte[32], SessionId = [1, 2, 3];

    private static readonly ClientHello Hello = new(
        ProtocolVersion.Tls12, Random, SessionId, [Offered], [CompressionMethod.Null],
        ExtensionList.Of(
        [
            Made(ExtensionType.SupportedVersions, new SupportedVersionsExtension([ProtocolVersion.Tls13])),
            Made(ExtensionType.SupportedGroups, new SupportedGroupsExtension([X25519, P256])),
            Made(ExtensionType.KeyShare, new KeyShareExtension([new(X25519, new byte[32])], SelectedGroup: null)),
        ]));

    [Test]
    public void What_was_offered_is_taken() =>
        Assert.That(() => ServerChoices.Check(Hello, null, Answer()), Throws.Nothing);

    [TestCase("version", "protocol_version")]
    [TestCase("suite", "illegal_parameter")]
    [TestCase("compression", "illegal_parameter")]
    [TestCase("session id", "illegal_parameter")]
    public void What_was_not_offered_is_refused(string what, string alert)
    {
        var answer = what switch
        {
            "version" => Answer() with { ExtensionList = ExtensionList.Of([]) },
            "suite" => Answer() with { CipherSuite = Other },
            "compression" => Answer() with { CompressionMethod = new CompressionMethod(1) },
            _ => Answer() with { SessionId = new byte[] { 9 } },
        };
        Assert.That(Alert(() => ServerChoices.Check(Hello, null, answer)), Is.EqualTo(alert));
    }

    [Test]
    public void Suite_stays_that_of_the_retry()
    {
        var hello = Hello with { CipherSuites = [Offered, Other] };
        Assert.That(
            Alert(() => ServerChoices.Check(hello, Answer() with { CipherSuite = Other }, Answer())),
            Is.EqualTo("illegal_parameter"));
    }

    [Test]
    public void Retry_may_ask_for_a_group_that_was_offered_without_a_share() =>
        Assert.That(() => ServerChoices.CheckRetry(Hello, Retry(P256)), Throws.Nothing);

    [TestCase(29)]
    [TestCase(24)]
    [TestCase(null)]
    public void Retry_that_asks_for_a_share_that_is_there_for_no_group_of_ours_or_for_nothing_is_refused(int? group) =>
        Assert.That(
            Alert(() => ServerChoices.CheckRetry(Hello, Retry(group is { } code ? new((ushort)code) : null))),
            Is.EqualTo("illegal_parameter"));

    private static string? Alert(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (ScriptedFault fault)
        {
            return fault.Alert?.ToString();
        }
    }

    private static ServerHello Answer(params Extension[] more) => new(
        ProtocolVersion.Tls12, Random, SessionId, Offered, CompressionMethod.Null,
        ExtensionList.Of(
        [
            Made(ExtensionType.SupportedVersions, new SupportedVersionsExtension([ProtocolVersion.Tls13])), .. more,
        ]));

    private static ServerHello Retry(NamedGroup? group) => group is { } wanted
        ? Answer(Made(ExtensionType.KeyShare, new KeyShareExtension([], wanted)))
        : Answer();

    // Nobody reads these octets: the place decides their form alone.
    private static Extension Made(ExtensionType type, ExtensionBody body) =>
        Extension.Of(type, body, ExtensionPlace.ClientHello);
}
