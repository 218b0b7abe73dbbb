using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Verification;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Verification.Order;

/// <summary>Messages that the version has, but for the other end.</summary>
public sealed class MisplacedMessageTests
{
    private const Direction Client = Direction.ClientToServer;
    private const Direction Server = Direction.ServerToClient;

    private static IEnumerable<TestCaseData> OfTheOtherEnd() =>
    [
        new(Server, HandshakeType.ClientKeyExchange, Server, HandshakeType.Certificate,
            "ClientKeyExchange: Expected none from the server in TLS 1.2. Got: one."),
        new(Client, HandshakeType.ServerHelloDone, Client, HandshakeType.ClientKeyExchange,
            "ServerHelloDone: Expected none from the client in TLS 1.2. Got: one."),
        new(Client, HandshakeType.ServerHello, Client, HandshakeType.ClientKeyExchange,
            "ServerHello: Expected none from the client in TLS 1.2. Got: one."),
    ];

    [TestCaseSource(nameof(OfTheOtherEnd))]
    public void A_message_of_the_other_end_is_said_to_have_no_place_at_this_one(
        Direction from, HandshakeType type, Direction behind, HandshakeType before, string expected) =>
        Assert.That(
            Rules.Findings(Altered.Inserted(Altered.Tls12, (behind, before), (from, type)))
                .Single(finding => finding.RuleId == "message-without-place").Message,
            Is.EqualTo(expected));
}
