using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>A scripted client and a scripted server that talk to each other.</summary>
internal static class ScriptedPair
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly Lazy<(byte[], byte[])> Rsa = new(() =>
    {
        using var key = RSA.Create(2048);
        return (
            SelfSigned(new CertificateRequest(
                "CN=tlsinterop.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            key.ExportPkcs8PrivateKey());
    });

    private static readonly Lazy<(byte[], byte[])> Ecdsa = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (
            SelfSigned(new CertificateRequest("CN=tlsinterop.test", key, HashAlgorithmName.SHA256)),
            key.ExportPkcs8PrivateKey());
    });

    /// <summary>A server with the certificate that a suite wants.</summary>
    public static ServerOptions Server(CipherSuite suite)
    {
        var (certificate, key) =
            suite.Info!.Authentication == AuthenticationAlgorithm.Ecdsa ? Ecdsa.Value : Rsa.Value;
        return new() { Chain = [certificate], PrivateKey = key };
    }

    /// <summary>A plain client with one version and suite.</summary>
    public static ClientOptions Client(
        ProtocolVersion version, CipherSuite suite, string? group = null, bool takesTickets = false) => new()
        {
            Profile = PlainProfile.Of(version, [suite], group is null ? null : [group], takesTickets),
            ServerName = "tlsinterop.test",
        };

    public static Behaviour With(params string[] quirks) =>
        AllQuirks.Behaviour(quirks.Select(name => AllQuirks.Find(name)!));

    /// <summary>Shakes hands, sends a word there and back, and closes.</summary>
    /// <returns>The client, and what went wrong at either end, or null.</returns>
    public static async Task<(ScriptedClient Client, ScriptedFault? AtClient, ScriptedFault? AtServer)> TalkAsync(
        ClientOptions client, ServerOptions server)
    {
        using var pair = new DuplexPair();
        return await TalkAsync(client, server, pair);
    }

    /// <summary>The same over streams of one's own.</summary>
    public static async Task<(ScriptedClient Client, ScriptedFault? AtClient, ScriptedFault? AtServer)> TalkAsync(
        ClientOptions client, ServerOptions server, DuplexPair pair)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var talking = new ScriptedClient(pair.Client, client);
        var atServer = FaultOf(async () =>
        {
            var answering = new ScriptedServer(pair.Server, server);
            await answering.HandshakeAsync(deadline.Token);
            while (await answering.ReceiveAsync(deadline.Token) is { IsEmpty: false } heard)
                await answering.SendAsync(heard, deadline.Token);
            await answering.CloseNotifyAsync(deadline.Token);
        }, pair.Server);
        var atClient = FaultOf(async () =>
        {
            await talking.HandshakeAsync(deadline.Token);
            await talking.SendAsync("word"u8.ToArray(), deadline.Token);
            var heard = new List<byte>();
            while (heard.Count < 4 && await talking.ReceiveAsync(deadline.Token) is { IsEmpty: false } part)
                heard.AddRange(part.ToArray());
            Assert.That(heard, Is.EqualTo("word"u8.ToArray()));
            await talking.CloseNotifyAsync(deadline.Token);
        }, pair.Client);
        return (talking, await atClient, await atServer);
    }

    private static async Task<ScriptedFault?> FaultOf(Func<Task> talk, Stream end)
    {
        try
        {
            await talk();
            return null;
        }
        catch (ScriptedFault fault)
        {
            return fault;
        }
        finally
        {
            await end.DisposeAsync();
        }
    }

    private static byte[] SelfSigned(CertificateRequest request)
    {
        using var certificate =
            request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return certificate.RawData;
    }
}
