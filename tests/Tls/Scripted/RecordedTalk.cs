using TlsInterop.Tls.Records;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>
/// What two seeded ends said to each other. Who is made anew with the same options says the same again, so that what
/// its peer said fits it, records that are protected too.
/// </summary>
/// <param name="Name">Version, suite and what is odd.</param>
/// <param name="Client">What the client was told.</param>
/// <param name="Server">What the server was told.</param>
/// <param name="FromClient">The client's octets.</param>
/// <param name="FromServer">The server's.</param>
internal sealed record RecordedTalk(
    string Name, ClientOptions Client, ServerOptions Server, byte[] FromClient, byte[] FromServer)
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One of each way through a handshake.</summary>
    public static async Task<IReadOnlyList<RecordedTalk>> AllAsync() =>
    [
        await OfAsync("tls1.0", "RSA_WITH_AES_128_CBC_SHA"),
        await OfAsync("tls1.1", "ECDHE_ECDSA_WITH_AES_128_CBC_SHA"),
        await OfAsync("tls1.2", "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
        await OfAsync("tls1.2", "ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", takesTickets: true),
        await OfAsync("tls1.2", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", resumes: true),
        await OfAsync("tls1.3", "AES_128_GCM_SHA256"),
        await OfAsync("tls1.3", "AES_256_GCM_SHA384", group: "secp256r1"),
        await OfAsync("tls1.3", "CHACHA20_POLY1305_SHA256", resumes: true),
    ];

    /// <summary>The records of a stream, each with its header; octets behind the last whole one are left out.</summary>
    public static List<byte[]> Records(byte[] octets)
    {
        var records = new List<byte[]>();
        for (var at = 0; at + TlsRecord.HeaderLength <= octets.Length; at += records[^1].Length)
        {
            var length = TlsRecord.HeaderLength + (octets[at + 3] << 8 | octets[at + 4]);
            records.Add(octets.AsSpan(at, Math.Min(length, octets.Length - at)).ToArray());
        }
        return records;
    }

    private static async Task<RecordedTalk> OfAsync(
        string versionId, string suiteName, string? group = null, bool takesTickets = false, bool resumes = false)
    {
        Assert.That(ProtocolVersion.TryParse(versionId, out var version));
        var suite = new CipherSuite(CipherSuites.Find(suiteName)!.Code);
        var own = suite.Info!.Authentication == AuthenticationAlgorithm.Rsa
            ? SeededCredentials.Rsa
            : SeededCredentials.Ecdsa;
        var client = new ClientOptions
        {
            Profile = PlainProfile.Of(version, [suite], groups: null, takesTickets),
            ServerName = "tlsinterop.test", Seed = 4, Now = Now,
        };
        var server = new ServerOptions
        {
            Chain = [own.Certificate], PrivateKey = own.PrivateKey, Seed = 5, Group = group,
            Sessions = new SessionStore(),
        };
        if (resumes)
        {
            var first = await ScriptedPair.TalkAsync(client, server);
            client = client with { Session = first.Client.Session! with { Received = Now.AddMinutes(-1) }, Seed = 6 };
            server = server with { Seed = 7 };
        }
        using var pair = new DuplexPair();
        var talk = await ScriptedPair.TalkAsync(client, server, pair);
        Assert.That((talk.AtClient, talk.AtServer), Is.EqualTo(((ScriptedFault?)null, (ScriptedFault?)null)));
        Assert.That(talk.Client.IsResumed, Is.EqualTo(resumes));
        return new($"{versionId} {suiteName}", client, server, pair.FromClient, pair.FromServer);
    }
}
