using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

public sealed class ScriptedServerTests
{
    [TestCase("tls1.0", "RSA_WITH_AES_128_CBC_SHA")]
    [TestCase("tls1.0", "RSA_WITH_RC4_128_SHA")]
    [TestCase("tls1.1", "DHE_RSA_WITH_3DES_EDE_CBC_SHA")]
    [TestCase("tls1.0", "ECDHE_ECDSA_WITH_AES_256_CBC_SHA")]
    [TestCase("tls1.2", "RSA_WITH_AES_128_CCM")]
    [TestCase("tls1.2", "DHE_RSA_WITH_AES_128_GCM_SHA256")]
    [TestCase("tls1.2", "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")]
    [TestCase("tls1.2", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")]
    [TestCase("tls1.2", "ECDHE_RSA_WITH_AES_128_CBC_SHA256")]
    [TestCase("tls1.3", "AES_128_GCM_SHA256")]
    [TestCase("tls1.3", "AES_256_GCM_SHA384")]
    public async Task Client_and_server_complete_a_handshake(string version, string suite)
    {
        var talk = await Talk(version, suite);
        Assert.That((talk.AtClient, talk.AtServer), Is.EqualTo(((ScriptedFault?)null, (ScriptedFault?)null)));
        Assert.That(talk.Client.Description, Does.EndWith(suite));
    }

    [Test]
    public async Task Client_without_a_share_of_the_group_is_asked_for_one()
    {
        var suite = Suite("AES_128_GCM_SHA256");
        var talk = await ScriptedPair.TalkAsync(
            ScriptedPair.Client(ProtocolVersion.Tls13, suite),
            ScriptedPair.Server(suite) with { Group = "secp384r1" });
        Assert.That((talk.AtClient, talk.AtServer), Is.EqualTo(((ScriptedFault?)null, (ScriptedFault?)null)));
    }

    [TestCase("tls1.2", "ECDHE_RSA_WITH_AES_128_GCM_SHA256", false)]
    [TestCase("tls1.0", "RSA_WITH_AES_128_CBC_SHA", false)]
    [TestCase("tls1.2", "ECDHE_RSA_WITH_AES_128_GCM_SHA256", true)]
    [TestCase("tls1.3", "AES_256_GCM_SHA384", true)]
    public async Task Second_connection_goes_on_with_the_session_of_the_first(
        string version, string suiteName, bool takesTickets)
    {
        var suite = Suite(suiteName);
        var client = ScriptedPair.Client(Version(version), suite, takesTickets: takesTickets);
        var server = ScriptedPair.Server(suite) with { Sessions = new SessionStore() };
        var first = await ScriptedPair.TalkAsync(client, server);
        Assert.That(first.Client.Session, Is.Not.Null);
        Assert.That(first.Client.IsResumed, Is.False);

        var second = await ScriptedPair.TalkAsync(client with { Session = first.Client.Session }, server);
        Assert.That((second.AtClient, second.AtServer), Is.EqualTo(((ScriptedFault?)null, (ScriptedFault?)null)));
        Assert.That(second.Client.IsResumed);
    }

    [Test]
    public async Task Session_that_the_server_has_forgotten_becomes_a_new_one()
    {
        var suite = Suite("AES_128_GCM_SHA256");
        var client = ScriptedPair.Client(ProtocolVersion.Tls13, suite);
        var first = await ScriptedPair.TalkAsync(
            client, ScriptedPair.Server(suite) with { Sessions = new SessionStore() });
        var second = await ScriptedPair.TalkAsync(
            client with { Session = first.Client.Session },
            ScriptedPair.Server(suite) with { Sessions = new SessionStore() });
        Assert.That((second.AtClient, second.AtServer), Is.EqualTo(((ScriptedFault?)null, (ScriptedFault?)null)));
        Assert.That(second.Client.IsResumed, Is.False);
    }

    [TestCase("tls1.2", "ECDHE_RSA_WITH_AES_128_GCM_SHA256")]
    [TestCase("tls1.3", "AES_128_GCM_SHA256")]
    public async Task Client_without_the_certificate_that_is_required_is_refused(string version, string suiteName)
    {
        var suite = Suite(suiteName);
        var talk = await ScriptedPair.TalkAsync(
            ScriptedPair.Client(Version(version), suite),
            ScriptedPair.Server(suite) with { RequiresCertificate = true });
        Assert.That(talk.AtServer?.Alert?.ToString(),
            Is.EqualTo(version == "tls1.3" ? "certificate_required" : "handshake_failure"));
    }

    [TestCase("tls1.2", "protocol_version")]
    public async Task Version_that_the_server_does_not_speak_is_refused(string version, string alert)
    {
        var suite = Suite("ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        var talk = await ScriptedPair.TalkAsync(
            ScriptedPair.Client(Version(version), suite),
            ScriptedPair.Server(suite) with { Version = ProtocolVersion.Tls13 });
        Assert.That(talk.AtServer?.Alert?.ToString(), Is.EqualTo(alert));
        Assert.That(talk.AtClient?.Message, Does.Contain(alert));
    }

    private static Task<(ScriptedClient Client, ScriptedFault? AtClient, ScriptedFault? AtServer)> Talk(
        string version, string suiteName) =>
        ScriptedPair.TalkAsync(
            ScriptedPair.Client(Version(version), Suite(suiteName)), ScriptedPair.Server(Suite(suiteName)));

    private static CipherSuite Suite(string name) => new(CipherSuites.Find(name)!.Code);

    private static ProtocolVersion Version(string id) =>
        ProtocolVersion.TryParse(id, out var version) ? version : throw new ArgumentException(id);
}
