using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Scripted.Quirks;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

public sealed class QuirksTests
{
    [Test]
    public void Each_says_what_it_does_and_how_it_may_end()
    {
        Assert.That(AllQuirks.All.Select(quirk => quirk.Name), Is.Unique.And.Not.Empty);
        foreach (var quirk in AllQuirks.All)
        {
            Assert.That(quirk.Name, Does.Match("^[a-z0-9]+(-[a-z0-9]+)*$"));
            Assert.That(quirk.Does, Is.Not.Empty, quirk.Name);
            Assert.That(quirk.Provokes, Is.Not.Empty, quirk.Name);
            Assert.That(quirk.Source, Is.Not.Empty, quirk.Name);
            Assert.That(quirk.Ends, Is.Not.EqualTo(QuirkEnding.None), quirk.Name);
        }
    }

    [Test]
    public async Task Same_seed_gives_the_same_octets_and_another_seed_others()
    {
        var (first, again) = (await FirstFlight(seed: 1), await FirstFlight(seed: 1));
        var other = await FirstFlight(seed: 2);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    // What is fragmented, slow or said later shows in the octets or in the way they come, but not in the hello.
    [TestCase("grease", "supported_groups")]
    [TestCase("extension-unknown", "0xfafb")]
    [TestCase("hello-of-600", "padding")]
    public async Task Quirk_of_the_hello_shows_in_its_extensions(string quirk, string extension)
    {
        var hello = await Hello(quirk);
        Assert.That(hello.Extensions.Select(item => item.Type.ToString()), Does.Contain(extension));
    }

    [TestCase("hello-of-300", 300)]
    [TestCase("hello-of-600", 600)]
    [TestCase("hello-of-1800", 1800)]
    public async Task Padded_hello_is_as_long_as_its_name_says(string quirk, int octets) =>
        Assert.That((await Message(quirk)).Length, Is.EqualTo(octets));

    [Test]
    public async Task Grease_stands_before_everything_that_is_meant()
    {
        var hello = await Hello("grease");
        Assert.That(Grease.Is(hello.CipherSuites[0].Code));
        Assert.That(Grease.Is(hello.Extensions[0].Type.Code));
        Assert.That(Grease.Is(hello.OfferedVersions[0].Code));
    }

    [Test]
    public async Task Quirks_go_together()
    {
        var flight = await FirstFlight(1, "grease", "hello-split-over-records", "record-version-ssl3");
        Assert.That(flight[..3], Is.EqualTo(new byte[] { 22, 3, 0 }));
        Assert.That(flight[3] << 8 | flight[4], Is.EqualTo(64));
        Assert.That(Grease.Is(Read(flight).CipherSuites[0].Code));
    }

    private static async Task<ClientHello> Hello(params string[] quirks) => Read(await FirstFlight(1, quirks));

    private static ClientHello Read(byte[] flight) =>
        (ClientHello)HandshakeMessage.Read(Joined(flight), default).Body;

    private static async Task<ReadOnlyMemory<byte>> Message(params string[] quirks) =>
        Joined(await FirstFlight(1, quirks));

    private static ReadOnlyMemory<byte> Joined(byte[] flight)
    {
        var joiner = new HandshakeJoiner();
        for (var at = 0; at < flight.Length;)
        {
            var length = flight[at + 3] << 8 | flight[at + 4];
            joiner.Add(flight.AsMemory(at + TlsRecord.HeaderLength, length));
            at += TlsRecord.HeaderLength + length;
        }
        return joiner.Next()!.Value;
    }

    // A server that says nothing and closes: what the client sends first is all there is.
    private static async Task<byte[]> FirstFlight(long seed, params string[] quirks)
    {
        using var transport = new OneWayStream();
        var client = new ScriptedClient(transport, new()
        {
            Profile = PlainProfile.Of(ProtocolVersion.Tls13, [new CipherSuite(0x1301)]),
            Behaviour = AllQuirks.Behaviour(quirks.Select(name => AllQuirks.Find(name)!)),
            ServerName = "tlsinterop.test",
            Seed = seed,
        });
        await Assert.ThrowsAsync<ScriptedFault>(() => client.HandshakeAsync(CancellationToken.None));
        return transport.Written;
    }

    private sealed class OneWayStream : MemoryStream
    {
        public byte[] Written => ToArray();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(0);
    }
}
