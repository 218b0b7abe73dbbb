using TlsInterop.Tls.Capture.Reassembly;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Tests.Captures;

namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>
/// Changed messages at places that changed octets of a capture can't reach: behind encryption. Rules and texts must
/// stand whatever a peer says there.
/// </summary>
public sealed class MessageFuzzTests
{
    private static readonly TcpConnectionInfo Info =
        new(1, new(0x0100000a, 40000), new(0x0200000a, 443), default, OpeningSeen: true);

    [Test]
    public void Changed_messages_behind_encryption_break_no_claim()
    {
        var connections = SampleConnection.All.Select(sample => (Sample: sample, Decoded: sample.Decode())).ToList();
        var others = connections.SelectMany(item => item.Decoded.Messages)
            .Select(item => item.Message.Bytes.ToArray()).ToList();
        var random = new Random(13);
        var bytes = new ByteMutator(random);
        var read = 0;
        for (var i = 0; i < 1000; i++)
        {
            var (sample, decoded) = connections[random.Next(connections.Count)];
            var events = decoded.Events.ToArray();
            var context = default(MessageContext);
            for (var at = 0; at < events.Length; at++)
            {
                if (events[at] is not HandshakeEvent handshake) continue;
                if (random.Next(4) == 0)
                {
                    var changed = bytes.Mutate(handshake.Message.Bytes.ToArray(), others[random.Next(others.Count)]);
                    var message = HandshakeMessage.Read(WithLength(changed, random), context);
                    if (message.Fault is null) read++;
                    events[at] = handshake with { Message = message };
                }
                if (handshake.Message.Body is ServerHello hello) context = new(hello.Version, hello.CipherSuite.Info);
            }
            var connection = new DecodedConnection(events, decoded.Records, decoded.FromClient, decoded.FromServer);

            Assert.That(() => DecodingChain.Judge(new(Info, connection, sample.KeyLog)), Throws.Nothing,
                $"{sample.Name}, {i}");
        }
        Assert.That(read, Is.GreaterThan(300), "Changes that only cut messages prove little.");
    }

    // Most changes of a message's length are found by its header: then nothing else is tried.
    private static byte[] WithLength(byte[] bytes, Random random)
    {
        if (bytes.Length < HandshakeMessage.HeaderLength || random.Next(4) == 0) return bytes;
        var length = bytes.Length - HandshakeMessage.HeaderLength;
        (bytes[1], bytes[2], bytes[3]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length);
        return bytes;
    }
}
