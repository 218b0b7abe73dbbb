using System.Net.Security;
using System.Net.Sockets;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Tests.Workers;

/// <summary>What profiles can't bear, met at a real server.</summary>
public sealed class ScriptedClientTests
{
    private string _folder = "";
    private TestChain _expired = null!;
    private TestChain _valid = null!;

    [OneTimeSetUp]
    public void MakeCertificates()
    {
        _folder = Directory.CreateTempSubdirectory("tlsinterop-scripted-").FullName;
        _expired = new(_folder, "expired", expired: true);
        _valid = new(_folder, "valid");
    }

    [OneTimeTearDown]
    public void RemoveCertificates()
    {
        _expired.Dispose();
        _valid.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Trigger Expired => Triggers.Find("expired-certificate")!;

    [Test]
    public async Task Expired_certificate_is_refused_without_a_word_by_whoever_does_so(
        [Values("tls1.2", "tls1.3")] string version)
    {
        var fault = await Refusal(_expired, version, new Reaction(Expired, ReactionEnding.Close));
        Assert.That(fault?.Message, Is.EqualTo("the profile closes at a certificate that has expired"));
        Assert.That(fault?.Alert, Is.Null);
    }

    [Test]
    public async Task Expired_certificate_is_refused_with_the_alert_of_the_profile(
        [Values("tls1.2", "tls1.3")] string version)
    {
        var alert = AlertDescription.Find("unsupported_certificate");
        var fault = await Refusal(_expired, version, new Reaction(Expired, ReactionEnding.Alert, alert));
        Assert.That(fault?.Alert, Is.EqualTo(alert));
    }

    [Test]
    public async Task Valid_certificate_and_a_profile_that_does_not_mind_go_through()
    {
        Assert.That(await Refusal(_valid, "tls1.2", new Reaction(Expired, ReactionEnding.Close)), Is.Null);
        Assert.That(await Refusal(_expired, "tls1.2"), Is.Null);
    }

    private static async Task<ScriptedFault?> Refusal(TestChain chain, string version, params Reaction[] reactions)
    {
        await using var server = new TestServer(new SslServerAuthenticationOptions
        {
            ServerCertificate = chain.Leaf,
        }).Start();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Port);
        Assert.That(ProtocolVersion.TryParse(version, out var asked));
        var profile = PlainProfile.Of(
            asked, [.. ScriptedOffers.SuitesAt(asked).Select(code => new CipherSuite(code))]);
        var client = new ScriptedClient(
            socket.GetStream(), new() { Profile = profile with { Reactions = reactions }, ServerName = "localhost" });
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await client.HandshakeAsync(deadline.Token);
            return null;
        }
        catch (ScriptedFault fault)
        {
            return fault;
        }
    }
}
