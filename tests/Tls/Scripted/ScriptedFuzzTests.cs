using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Scripted;
using TlsInterop.Tls.Tests.Fuzzing;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Scripted;

/// <summary>Whatever a peer sends, an end tells it as a <see cref="ScriptedFault"/>, and comes to an end.</summary>
public sealed class ScriptedFuzzTests
{
    private const int Inputs = 1600, LiveInputs = 400;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Replayed_octets_take_both_ends_through_the_handshake()
    {
        foreach (var talk in await RecordedTalk.AllAsync())
        {
            Assert.That(await ClientMeets(talk, talk.FromServer), Is.Null, talk.Name);
            Assert.That(await ServerMeets(talk, talk.FromClient), Is.Null, talk.Name);
        }
    }

    [Test]
    public async Task Client_tells_whatever_a_server_sends() =>
        Assert.That(await FaultsOf(seed: 1, talk => talk.FromServer, ClientMeets), Is.GreaterThan(Inputs / 2));

    [Test]
    public async Task Server_tells_whatever_a_client_sends() =>
        Assert.That(await FaultsOf(seed: 2, talk => talk.FromClient, ServerMeets), Is.GreaterThan(Inputs / 2));

    // What is changed before it is protected reaches what octets on the wire can't: records that open.
    [Test]
    public async Task Client_tells_whatever_a_server_protects()
    {
        var random = new Random(3);
        var faults = await LiveFaultsOf(async talk =>
        {
            var server = talk.Server with { Behaviour = Odd(random) };
            return (await MeetAsync(talk.Client, server)).AtClient;
        });
        Assert.That(faults, Is.GreaterThan(LiveInputs / 4));
    }

    [Test]
    public async Task Server_tells_whatever_a_client_protects()
    {
        var random = new Random(4);
        var faults = await LiveFaultsOf(async talk =>
        {
            var client = talk.Client with { Behaviour = Odd(random) };
            return (await MeetAsync(client, talk.Server)).AtServer;
        });
        Assert.That(faults, Is.GreaterThan(LiveInputs / 4));
    }

    private static async Task<int> FaultsOf(
        int seed, Func<RecordedTalk, byte[]> said, Func<RecordedTalk, byte[], Task<ScriptedFault?>> meet)
    {
        var random = new Random(seed);
        var mutator = new ByteMutator(random);
        var talks = await RecordedTalk.AllAsync();
        var faults = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var talk = talks[i % talks.Count];
            var other = talks[random.Next(talks.Count)];
            var input = Changed(random, mutator, said(talk), said(other));
            try
            {
                if (await meet(talk, input) is not null) faults++;
            }
            catch (Exception wrong) when (wrong is not OutOfMemoryException)
            {
                Assert.Fail($"input {i} of {talk.Name}: {Convert.ToHexStringLower(input)}\n{wrong}");
            }
        }
        return faults;
    }

    private static async Task<int> LiveFaultsOf(Func<RecordedTalk, Task<Exception?>> meet)
    {
        var talks = await RecordedTalk.AllAsync();
        var faults = 0;
        for (var i = 0; i < LiveInputs; i++)
        {
            var fault = await meet(talks[i % talks.Count]);
            Assert.That(fault, Is.Null.Or.TypeOf<ScriptedFault>(), $"input {i} of {talks[i % talks.Count].Name}");
            if (fault is not null) faults++;
        }
        return faults;
    }

    private static Task<ScriptedFault?> ClientMeets(RecordedTalk talk, byte[] octets) =>
        MeetAsync(new ScriptedClient(new ReplayedStream(octets), talk.Client));

    private static Task<ScriptedFault?> ServerMeets(RecordedTalk talk, byte[] octets) =>
        MeetAsync(new ScriptedServer(new ReplayedStream(octets), talk.Server));

    private static async Task<ScriptedFault?> MeetAsync(ScriptedEnd end)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await end.HandshakeAsync(deadline.Token);
            while (await end.ReceiveAsync(deadline.Token) is { IsEmpty: false })
            {
                // Until the peer has said all.
            }
            return null;
        }
        catch (ScriptedFault fault)
        {
            return fault;
        }
    }

    private static async Task<(Exception? AtClient, Exception? AtServer)> MeetAsync(
        ClientOptions client, ServerOptions server)
    {
        using var pair = new DuplexPair();
        var atServer = MeetAsync(new ScriptedServer(pair.Server, server), pair.Server);
        var atClient = MeetAsync(new ScriptedClient(pair.Client, client), pair.Client);
        return (await atClient, await atServer);
    }

    // One of the two is odd on purpose, and may fall over its own oddity.
    private static async Task<Exception?> MeetAsync(ScriptedEnd end, Stream transport)
    {
        try
        {
            return await MeetAsync(end);
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            return wrong;
        }
        finally
        {
            await transport.DisposeAsync();
        }
    }

    private static byte[] Changed(Random random, ByteMutator mutator, byte[] octets, byte[] other)
    {
        var records = RecordedTalk.Records(octets);
        var others = RecordedTalk.Records(other);
        for (var times = random.Next(1, 4); times > 0 && records.Count > 0; times--)
        {
            var at = random.Next(records.Count);
            switch (random.Next(8))
            {
                case 0: records[at] = mutator.Mutate(records[at], other); break;
                case 1 when records[at].Length > TlsRecord.HeaderLength:
                    records[at] = Record(records[at][0], mutator.Mutate(records[at][TlsRecord.HeaderLength..], other));
                    break;
                case 2: records.RemoveAt(at); break;
                case 3: records.Insert(at, records[at]); break;
                case 4:
                    var to = random.Next(records.Count);
                    (records[at], records[to]) = (records[to], records[at]);
                    break;
                case 5: records.Insert(at, others[random.Next(others.Count)]); break;
                case 6: records.Insert(at, Record((byte)random.Next(19, 26), Octets(random, 80))); break;
                default: records.Insert(at, Record(ContentType.Handshake.Code, Message(random))); break;
            }
        }
        byte[] changed = [.. records.SelectMany(record => record)];
        return random.Next(6) == 0 ? changed[..random.Next(changed.Length + 1)] : changed;
    }

    // A behaviour that changes messages, leaves them out, says them twice, or says them in another order.
    private static Behaviour Odd(Random random)
    {
        var mutator = new ByteMutator(random);
        var odd = random.Next(1, 4);
        return new()
        {
            CoalescesMessages = random.Next(2) == 0,
            Message = (type, message) => random.Next(3) != 0 ? message
                : random.Next(2) == 0 ? mutator.Mutate(message, message)
                : Whole(type.Code, mutator.Mutate(message[HandshakeMessage.HeaderLength..], message)),
            Script = steps => steps.SelectMany(step => step.Kind != StepKind.Send || random.Next(4 * odd) != 0
                ? [step]
                : random.Next(4) switch
                {
                    0 => (ScriptStep[])[],
                    1 => [step, step],
                    2 => [ScriptStep.Send(ContentType.ChangeCipherSpec), step],
                    _ => [step, ScriptStep.Send(HandshakeType.KeyUpdate)],
                }),
        };
    }

    private static byte[] Message(Random random) => Whole((byte)random.Next(26), Octets(random, 60));

    private static byte[] Whole(byte type, byte[] body) =>
        [type, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];

    private static byte[] Record(byte type, byte[] content) =>
        [type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Octets(Random random, int most)
    {
        var octets = new byte[random.Next(most)];
        random.NextBytes(octets);
        return octets;
    }
}
