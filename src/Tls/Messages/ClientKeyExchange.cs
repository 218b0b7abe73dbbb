using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>The client's half of the key exchange, up to TLS 1.2.</summary>
/// <param name="KeyExchange">What decides the form.</param>
/// <param name="PskIdentity">The identity of a pre-shared key, or null.</param>
/// <param name="Exchange">The encrypted premaster secret, or the public key; empty for a plain pre-shared key.</param>
/// <remarks>
/// RFC 5246, Section 7.4.7; RFC 8422, Section 5.7; RFC 4279; RFC 5489, Section 2; RFC 5054, Section 2.8.
/// </remarks>
public sealed record ClientKeyExchange(
    KeyExchangeAlgorithm KeyExchange, ReadOnlyMemory<byte>? PskIdentity, ReadOnlyMemory<byte> Exchange) : HandshakeBody
{
    public static ClientKeyExchange Read(ref WireReader reader, in MessageContext context)
    {
        // struct { opaque psk_identity<0..2^16-1>; } for each of the PSK kinds, then
        // rsa: public-key-encrypted PreMasterSecret pre_master_secret<0..2^16-1>  (SSL 3.0: without its length)
        // dhe: opaque dh_Yc<1..2^16-1>;   ecdhe: opaque point<1..2^8-1>;   srp: opaque srp_A<1..2^16-1>;
        // dh, ecdh: the same, or nothing if the client's certificate has the key (PublicValueEncoding implicit)
        var algorithm = context.Suite?.KeyExchange ?? KeyExchangeAlgorithm.Other;
        ReadOnlyMemory<byte>? identity = algorithm is KeyExchangeAlgorithm.Psk or KeyExchangeAlgorithm.RsaPsk
            or KeyExchangeAlgorithm.DhePsk or KeyExchangeAlgorithm.EcdhePsk
            ? reader.Vector16("psk_identity")
            : (ReadOnlyMemory<byte>?)null;
        var exchange = algorithm switch
        {
            KeyExchangeAlgorithm.Rsa when context.Version == ProtocolVersion.Ssl3 => reader.Rest(),
            KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.RsaPsk => reader.Vector16("pre_master_secret"),
            KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.DhePsk => reader.Vector16("dh_Yc", min: 1),
            KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk => reader.Vector8("point", min: 1),
            KeyExchangeAlgorithm.Srp => reader.Vector16("srp_A", min: 1),
            KeyExchangeAlgorithm.Dh when reader.More => reader.Vector16("dh_Yc", min: 1),
            KeyExchangeAlgorithm.Ecdh when reader.More => reader.Vector8("point", min: 1),
            KeyExchangeAlgorithm.Psk or KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh => default,
            _ => reader.Rest(), // kept whole
        };
        reader.End("ClientKeyExchange");
        return new(algorithm, identity, exchange);
    }

    public override void Write(WireWriter writer, in MessageContext context)
    {
        if (PskIdentity is { } identity) writer.Vector16(identity.Span, "psk_identity");
        switch (KeyExchange)
        {
            case KeyExchangeAlgorithm.Rsa when context.Version == ProtocolVersion.Ssl3:
                writer.Opaque(Exchange.Span);
                break;
            case KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.RsaPsk:
                writer.Vector16(Exchange.Span, "pre_master_secret");
                break;
            case KeyExchangeAlgorithm.Dh or KeyExchangeAlgorithm.Ecdh when Exchange.IsEmpty:
                break;
            case KeyExchangeAlgorithm.Dhe or KeyExchangeAlgorithm.DhePsk or KeyExchangeAlgorithm.Dh:
                writer.Vector16(Exchange.Span, "dh_Yc");
                break;
            case KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk or KeyExchangeAlgorithm.Ecdh:
                writer.Vector8(Exchange.Span, "point");
                break;
            case KeyExchangeAlgorithm.Srp:
                writer.Vector16(Exchange.Span, "srp_A");
                break;
            default:
                writer.Opaque(Exchange.Span);
                break;
        }
    }

    // Lengths of numbers vary with their leading zeros, so only points, which have a fixed length, show it.
    public override string Describe(ITokens tokens)
    {
        var identity = PskIdentity is { } psk ? $"psk_identity {Printable.Ascii(psk.Span)}" : "";
        var exchange = KeyExchange switch
        {
            KeyExchangeAlgorithm.Rsa or KeyExchangeAlgorithm.RsaPsk => "encrypted premaster secret",
            KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk =>
                $"public {tokens.Token("KeyShare", Exchange.Span)} ({Exchange.Length})",
            _ when Exchange.IsEmpty => "",
            KeyExchangeAlgorithm.Other => "key exchange unknown",
            _ => $"public {tokens.Token("KeyShare", Exchange.Span)}",
        };
        return identity.Length > 0 && exchange.Length > 0 ? $"{identity}, {exchange}" : identity + exchange;
    }
}
