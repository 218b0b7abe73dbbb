using Org.BouncyCastle.Security;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>The server's half of the key exchange: RSA, (EC)DHE, and the key shares of TLS 1.3.</summary>
/// <param name="key">The key of its certificate.</param>
/// <param name="random">Where its random numbers come from.</param>
internal sealed class ServerKeys(SigningKey key, SecureRandom random)
{
    private const int PremasterLength = 48;

    private KeyAgreement? _own;

    /// <summary>The public key of a group that was chosen.</summary>
    /// <exception cref="ScriptedFault">There is no managed code for the group.</exception>
    public byte[] ShareOf(NamedGroup group) => Own(group).PublicKey;

    /// <summary>What ServerKeyExchange says, but for its signature.</summary>
    public ServerKeyExchange Exchange(ServerChoice choice)
    {
        var own = Own(choice.Group!.Value);
        return own.Numbers is { } numbers
            ? new() { Prime = numbers.Prime, Generator = numbers.Generator, PublicKey = own.PublicKey }
            : new() { CurveType = EcCurveType.NamedCurve, NamedCurve = choice.Group, PublicKey = own.PublicKey };
    }

    /// <summary>The secret of a key share of TLS 1.3.</summary>
    /// <exception cref="ScriptedFault">The share is none of its group.</exception>
    public byte[] SecretOf(ReadOnlyMemory<byte> share) => _own!.Secret(share.Span, isTls13: true);

    /// <summary>The premaster secret.</summary>
    /// <exception cref="ScriptedFault">The client's key is none of the group.</exception>
    public byte[] Premaster(ClientHello hello, ClientKeyExchange exchange) =>
        exchange.KeyExchange == KeyExchangeAlgorithm.Rsa
            ? Decrypted(hello, exchange.Exchange.Span)
            : _own!.Secret(exchange.Exchange.Span, isTls13: false);

    // RFC 5246, Section 7.4.7.1: who sends what does not decrypt must not learn that from the answer.
    private byte[] Decrypted(ClientHello hello, ReadOnlySpan<byte> encrypted)
    {
        var any = SecureRandom.GetNextBytes(random, PremasterLength);
        var premaster = key.Decrypt(encrypted);
        return premaster is { Length: PremasterLength }
            && (premaster[0] << 8 | premaster[1]) == hello.LegacyVersion.Code
            ? premaster
            : any;
    }

    private KeyAgreement Own(NamedGroup group) => _own is { } made && made.Group == group
        ? made
        : _own = KeyAgreement.Of(group, random)
            ?? throw new ScriptedFault($"there is no managed code for {group}", "internal_error");
}
