using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification.Keys;

/// <summary>A public key of a named group, from wherever it was sent.</summary>
/// <param name="Group">Its group.</param>
/// <param name="Key">The key.</param>
/// <param name="Event">The message that holds it.</param>
internal readonly record struct SeenShare(NamedGroup Group, ReadOnlyMemory<byte> Key, HandshakeEvent Event)
{
    /// <summary>Those of key_share, of ServerKeyExchange with a curve, and of the ClientKeyExchange after it.</summary>
    internal static SeenShare[] Of(HandshakeEvent[] messages)
    {
        var shares = new List<SeenShare>();
        NamedGroup? agreed = null;
        foreach (var item in messages)
        {
            switch (item.Message.Body)
            {
                case ServerKeyExchange { NamedCurve: { } curve, PublicKey.IsEmpty: false } exchange:
                    agreed = curve;
                    shares.Add(new(curve, exchange.PublicKey, item));
                    break;
                case ClientKeyExchange
                {
                    KeyExchange: KeyExchangeAlgorithm.Ecdhe or KeyExchangeAlgorithm.EcdhePsk, Exchange.IsEmpty: false,
                } exchange when agreed is { } curve:
                    shares.Add(new(curve, exchange.Exchange, item));
                    break;
                case ClientHello or ServerHello:
                    foreach (var entry in item.Message.Body.Extensions.Find<KeyShareExtension>()?.Entries ?? [])
                        shares.Add(new(entry.Group, entry.KeyExchange, item));
                    break;
            }
        }
        return [.. shares];
    }
}
