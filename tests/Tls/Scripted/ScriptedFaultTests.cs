using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>What an end does not go along with, and the alert that it says so by.</summary>
public sealed class ScriptedFaultTests
{
    private static readonly NamedGroup Secp256r1 = new(NamedGroups.Find("secp256r1")!.Code);

    // RFC 8422, Section 5.4
    [Test]
    public async Task Group_of_a_ServerKeyExchange_that_was_not_offered_is_refused()
    {
        var suite = Suite("ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        // A key that is as good as any: that it was not asked for is all that is wrong with it.
        var key = KeyAgreement.Of(Secp256r1, SeededRandom.Of(1))!.PublicKey;
        var behaviour = new Behaviour();
        behaviour.Change<ServerKeyExchange>(own => own with { NamedCurve = Secp256r1, PublicKey = key });
        var talk = await ScriptedPair.TalkAsync(
            ScriptedPair.Client(ProtocolVersion.Tls12, suite, group: "x25519"),
            ScriptedPair.Server(suite) with { Behaviour = behaviour });
        Assert.That(Alert(talk.AtClient), Is.EqualTo("illegal_parameter"));
    }

    // RFC 8446, Section 4: TLS 1.3 has no such message, and behind a HelloRetryRequest there is no key yet.
    [Test]
    public async Task ClientKeyExchange_behind_a_HelloRetryRequest_is_unexpected()
    {
        var talk = (await RecordedTalk.AllAsync()).Single(item => item.Server.Group is not null);
        byte[] said =
            [.. RecordedTalk.Records(talk.FromClient)[0], .. Record(ContentType.Handshake, [16, 0, 0, 2, 1, 2])];
        Assert.That(Alert(await ServerMeets(talk, said)), Is.EqualTo("unexpected_message"));
    }

    // RFC 5246, Section 7.3: Finished comes behind the key exchange, and protected.
    [Test]
    public async Task Finished_before_the_key_exchange_is_unexpected_though_it_fits_an_empty_secret()
    {
        var behaviour = new Behaviour();
        behaviour.Replace(ScriptStep.Send(HandshakeType.ClientKeyExchange));
        behaviour.Replace(ScriptStep.Send(ContentType.ChangeCipherSpec));
        var suite = Suite("ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        var talk = await ScriptedPair.TalkAsync(
            ScriptedPair.Client(ProtocolVersion.Tls12, suite) with { Behaviour = behaviour },
            ScriptedPair.Server(suite));
        Assert.That(Alert(talk.AtServer), Is.EqualTo("unexpected_message"));
    }

    // RFC 8446, Section 4.2.2: a cookie is echoed, whatever room the rest of the hello leaves it.
    [Test]
    public async Task Cookie_that_no_hello_has_room_for_is_a_fault()
    {
        var talk = await TalkOf("tls1.3");
        var retry = new ServerHello(
            ProtocolVersion.Tls12, ServerHello.RetryRandom, FirstHello(talk.FromClient).SessionId,
            Suite("AES_128_GCM_SHA256"), CompressionMethod.Null,
            ExtensionList.Of([
                Retry(ExtensionType.SupportedVersions, new SupportedVersionsExtension([ProtocolVersion.Tls13])),
                Retry(ExtensionType.Cookie, new CookieExtension(new byte[65_500])),
            ]));
        var message = HandshakeMessage.Of(HandshakeType.ServerHello, retry, default).Bytes.ToArray();
        var fault = await ClientMeets(talk,
            [.. message.Chunk(1 << 14).SelectMany(part => Record(ContentType.Handshake, part))]);
        Assert.That(Alert(fault), Is.EqualTo("internal_error"));
        Assert.That(fault!.Message, Does.Contain("ClientHello"));
    }

    // RFC 8446, Section 5.2: 2^14 + 256 octets; RFC 5246, Section 6.2.3: 2^14 + 2048.
    [TestCase("tls1.3", 16_640, null)]
    [TestCase("tls1.3", 16_641, "record_overflow")]
    [TestCase("tls1.2", 18_432, null)]
    [TestCase("tls1.2", 18_433, "record_overflow")]
    public async Task Record_may_be_as_long_as_its_version_says(string version, int length, string? alert)
    {
        var talk = await TalkOf(version);
        // In the place of close_notify, behind which nobody reads.
        var records = RecordedTalk.Records(talk.FromServer);
        byte[] said = [.. records[..^1].SelectMany(record => record), 23, 3, 3, (byte)(length >> 8), (byte)length];
        Assert.That(Alert(await ClientMeets(talk, said)), Is.EqualTo(alert));
    }

    // RFC 8446, Sections 4.2.3, 4.2.9 and 9.2
    [TestCase("signature_algorithms", false)]
    [TestCase("psk_key_exchange_modes", true)]
    public async Task Hello_of_TLS_1_3_without_what_the_version_demands_is_refused(string extension, bool resumes)
    {
        var suite = Suite("AES_128_GCM_SHA256");
        var client = ScriptedPair.Client(ProtocolVersion.Tls13, suite);
        var server = ScriptedPair.Server(suite) with { Sessions = new SessionStore() };
        if (resumes)
            client = client with { Session = (await ScriptedPair.TalkAsync(client, server)).Client.Session };
        var behaviour = new Behaviour();
        behaviour.Change<ClientHello>(hello => hello with
        {
            ExtensionList = ExtensionList.Of(hello.Extensions.Where(item => item.Type.ToString() != extension)),
        });
        var talk = await ScriptedPair.TalkAsync(client with { Behaviour = behaviour }, server);
        Assert.That(Alert(talk.AtServer), Is.EqualTo("missing_extension"));
    }

    // RFC 8446, Section 4.2.9: psk_ke is a key without (EC)DHE, which is not spoken here.
    [Test]
    public async Task Session_is_not_gone_on_with_in_a_mode_that_is_not_spoken()
    {
        var suite = Suite("AES_128_GCM_SHA256");
        var client = ScriptedPair.Client(ProtocolVersion.Tls13, suite);
        var server = ScriptedPair.Server(suite) with { Sessions = new SessionStore() };
        var first = await ScriptedPair.TalkAsync(client, server);
        var hello = client.Profile.Hello!;
        var second = await ScriptedPair.TalkAsync(client with
        {
            Session = first.Client.Session,
            Profile = client.Profile with
            {
                Hello = hello with
                {
                    Extensions =
                    [
                        .. hello.Extensions!.Select(shape => shape.Type == ExtensionType.PskKeyExchangeModes
                            ? shape with { Words = ["psk_ke"] }
                            : shape),
                    ],
                },
            },
        }, server);
        Assert.That((second.AtClient, second.AtServer), Is.EqualTo(((ScriptedFault?)null, (ScriptedFault?)null)));
        Assert.That(second.Client.IsResumed, Is.False);
    }

    // RFC 8446, Section 4.2.11; RFC 5246, Section 7.4.1.3
    [TestCase("tls1.3", "AES_128_GCM_SHA256")]
    [TestCase("tls1.2", "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")]
    public async Task Server_that_goes_on_with_another_session_than_was_offered_is_refused(
        string versionId, string suiteName)
    {
        Assert.That(ProtocolVersion.TryParse(versionId, out var version));
        var (suite, other) = (Suite(suiteName), Suite("ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"));
        var client = ScriptedPair.Client(version, suite);
        if (!version.IsTls13)
            client = client with { Profile = PlainProfile.Of(version, [suite, other], takesTickets: true) };
        var server = ScriptedPair.Server(suite) with { Sessions = new SessionStore() };
        var session = (await ScriptedPair.TalkAsync(client, server)).Client.Session;
        var behaviour = new Behaviour();
        behaviour.Change<ServerHello>(hello => version.IsTls13
            ? hello with
            {
                ExtensionList = ExtensionList.Of(hello.Extensions.Select(item => item.Body is PreSharedKeyExtension own
                    ? Extension.Of(item.Type, own with { SelectedIdentity = 1 }, ExtensionPlace.ServerHello)
                    : item)),
            }
            : hello with { CipherSuite = other });
        var talk = await ScriptedPair.TalkAsync(
            client with { Session = session }, server with { Behaviour = behaviour });
        Assert.That(Alert(talk.AtClient), Is.EqualTo("illegal_parameter"));
    }

    // RFC 8446, Section 4.1.4
    [Test]
    public async Task Suite_stays_the_same_behind_a_HelloRetryRequest()
    {
        var (first, second) = (Suite("AES_128_GCM_SHA256"), Suite("AES_256_GCM_SHA384"));
        var hellos = 0;
        var behaviour = new Behaviour();
        behaviour.Change<ClientHello>(hello => hello with { CipherSuites = hellos++ == 0 ? [first] : [second] });
        var talk = await ScriptedPair.TalkAsync(
            ScriptedPair.Client(ProtocolVersion.Tls13, first) with { Behaviour = behaviour },
            ScriptedPair.Server(first) with { Group = "secp384r1" });
        Assert.That(Alert(talk.AtServer), Is.EqualTo("illegal_parameter"));
    }

    // RFC 8446, Section 4.1.3: the word is that of servers which have TLS 1.2 or newer.
    [TestCase("tls1.1", false)]
    [TestCase("tls1.2", true)]
    [TestCase("tls1.3", true)]
    public async Task Server_says_that_it_could_have_spoken_a_newer_version(string newest, bool says)
    {
        Assert.That(ProtocolVersion.TryParse(newest, out var version));
        var suite = Suite("RSA_WITH_AES_128_CBC_SHA");
        using var pair = new DuplexPair();
        var server = ScriptedPair.Server(suite) with
        {
            Profile = ServerProfile.Plain with { Versions = [ProtocolVersion.Tls10, version] },
        };
        await ScriptedPair.TalkAsync(ScriptedPair.Client(ProtocolVersion.Tls10, suite), server, pair);
        var hello = (ServerHello)HandshakeMessage.Read(
            RecordedTalk.Records(pair.FromServer)[0].AsMemory(TlsRecord.HeaderLength), default).Body;
        Assert.That(hello.DowngradeSentinel is not null, Is.EqualTo(says));
    }

    [Test]
    public async Task Certificate_above_one_that_cannot_be_read_is_not_taken_for_the_servers_own()
    {
        var suite = Suite("ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        var own = SeededCredentials.Ecdsa;
        var client = ScriptedPair.Client(ProtocolVersion.Tls12, suite);
        var expired = client with
        {
            Profile = client.Profile with
            {
                Reactions = [new(Triggers.Find("expired-certificate")!, ReactionEnding.Close)],
            },
            Now = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
        };
        var server = new ServerOptions { Chain = [own.Certificate], PrivateKey = own.PrivateKey };
        Assert.That((await ScriptedPair.TalkAsync(expired, server)).AtClient?.Message, Does.Contain("expired"));
        var broken = await ScriptedPair.TalkAsync(expired, server with { Chain = [[1, 2, 3], own.Certificate] });
        Assert.That(broken.AtClient, Is.Null);
    }

    private static async Task<RecordedTalk> TalkOf(string version) => (await RecordedTalk.AllAsync())
        .First(item => item.Name.StartsWith(version, StringComparison.Ordinal));

    private static CipherSuite Suite(string name) => new(CipherSuites.Find(name)!.Code);

    private static string? Alert(ScriptedFault? fault) => fault?.Alert?.ToString();

    private static Extension Retry(ExtensionType type, ExtensionBody body) =>
        Extension.Of(type, body, ExtensionPlace.HelloRetryRequest);

    private static ClientHello FirstHello(byte[] octets) => (ClientHello)HandshakeMessage.Read(
        RecordedTalk.Records(octets)[0].AsMemory(TlsRecord.HeaderLength), default).Body;

    private static byte[] Record(ContentType type, byte[] content) =>
        [type.Code, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static Task<ScriptedFault?> ClientMeets(RecordedTalk talk, byte[] said) =>
        FaultOf(new ScriptedClient(new ReplayedStream(said), talk.Client));

    private static Task<ScriptedFault?> ServerMeets(RecordedTalk talk, byte[] said) =>
        FaultOf(new ScriptedServer(new ReplayedStream(said), talk.Server));

    private static async Task<ScriptedFault?> FaultOf(ScriptedEnd end)
    {
        try
        {
            await end.HandshakeAsync(CancellationToken.None);
            while (await end.ReceiveAsync(CancellationToken.None) is { IsEmpty: false })
            {
                // Until it has heard all.
            }
            return null;
        }
        catch (ScriptedFault fault)
        {
            return fault;
        }
    }
}
