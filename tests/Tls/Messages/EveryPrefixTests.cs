using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Tests.Messages;

/// <summary>What foreign bytes may look like: cut at any place, or with any octet changed.</summary>
public sealed class EveryPrefixTests
{
    private static readonly IReadOnlyList<SampleMessage> Messages = SampleMessages.All;

    [Test]
    public void Every_prefix_is_reported_as_cut_by_whoever_cut_it([Values] FaultOwner owner)
    {
        foreach (var (message, context) in Messages)
        {
            for (var length = 0; length < message.Bytes.Length; length++)
            {
                var cut = HandshakeMessage.Read(message.Bytes[..length], context, owner);
                if (cut.Fault is not { Kind: WireFaultKind.Truncated } fault || fault.Owner != owner
                    || fault.Offset > length)
                    Assert.Fail($"{message.Type} cut at {length} of {message.Bytes.Length}: {cut.Fault}");
            }
        }
    }

    [Test]
    public void A_longer_message_is_reported_as_trailing_bytes()
    {
        foreach (var (message, context) in Messages.Where(item => HasEnd(item.Message.Body, item.Context)))
        {
            byte[] longer = [.. message.Bytes.Span, 0];
            var length = longer.Length - HandshakeMessage.HeaderLength;
            (longer[1], longer[2], longer[3]) = ((byte)(length >> 16), (byte)(length >> 8), (byte)length);
            var read = HandshakeMessage.Read(longer, context);
            Assert.That(
                read.Fault?.Kind, Is.EqualTo(WireFaultKind.TrailingBytes), () => $"{context}, {message}: {read.Fault}");
        }
    }

    [Test]
    public void A_changed_octet_never_throws()
    {
        var tokens = new CountingTokens();
        foreach (var (message, context) in Messages)
        {
            var bytes = message.Bytes.ToArray();
            for (var i = 0; i < bytes.Length; i++)
            {
                var original = bytes[i];
                foreach (var value in (byte[])[0xff, (byte)(original ^ 0x01)])
                {
                    bytes[i] = value;
                    var read = HandshakeMessage.Read(bytes, context);
                    _ = read.Body.Describe(tokens);
                    foreach (var extension in read.Body.Extensions) _ = extension.Body.Describe(tokens);
                }
                bytes[i] = original;
            }
        }
        Assert.That(tokens.Count, Is.Positive);
    }

    // Finished, opaque messages, hellos without extensions and implicit keys have no end of their own.
    private static bool HasEnd(HandshakeBody body, in MessageContext context) => body switch
    {
        Finished or UnknownBody => false,
        ClientHello or ServerHello => body.Extensions.IsPresent,
        ClientKeyExchange { KeyExchange: KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh } exchange =>
            !exchange.Exchange.IsEmpty,
        ClientKeyExchange { KeyExchange: KeyExchangeAlgorithm.Gost } => false,
        ClientKeyExchange => context.Version != ProtocolVersion.Ssl3,
        _ => true,
    };

    private sealed class CountingTokens : ITokens
    {
        public int Count { get; private set; }

        public string Token(string kind, ReadOnlySpan<byte> value) => $"{kind}_{++Count}";
    }
}
