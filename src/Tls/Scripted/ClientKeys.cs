using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Scripted.Keys;
using TlsInterop.Tls.Secrets;
using TlsInterop.Tls.Verification.Proofs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>The client's half of the key exchange: RSA, (EC)DHE, and the key shares of TLS 1.3.</summary>
internal sealed class ClientKeys(SecureRandom random)
{
    private readonly Dictionary<NamedGroup, KeyAgreement> _shares = [];
    private byte[] _premaster = [];

    /// <summary>The secrets of TLS 1.3, as deep as they go; null before ServerHello.</summary>
    public SecretTree13? Tree { get; private set; }

    /// <summary>The public key for a group, the same again; null if there is no managed code for it.</summary>
    public byte[]? ShareOf(NamedGroup group)
    {
        if (!_shares.TryGetValue(group, out var share))
        {
            if (KeyAgreement.Of(group, random) is not { } made) return null;
            _shares[group] = share = made;
        }
        return share.PublicKey;
    }

    /// <summary>What ClientKeyExchange carries; the premaster secret is known then.</summary>
    /// <exception cref="ScriptedFault">The server's half is missing, or its key is broken.</exception>
    public byte[] Exchange(Handshake handshake) => handshake.Suite!.KeyExchange switch
    {
        KeyExchangeAlgorithm.Rsa => EncryptedPremaster(handshake),
        KeyExchangeAlgorithm.Ecdhe => Agree(handshake, exchange => exchange.NamedCurve is { } group
            ? KeyAgreement.Of(group, random)
            : null),
        KeyExchangeAlgorithm.Dhe => Agree(handshake, exchange => exchange.Prime.IsEmpty
            ? null
            : KeyAgreement.OfNumbers(exchange.Prime.Span, exchange.Generator.Span, random)),
        var other => throw new ScriptedFault($"there is no managed code for {other}", "internal_error"),
    };

    /// <summary>RFC 5246, Section 8.1.</summary>
    public byte[] MasterSecret(Handshake handshake) => KeySchedule12.MasterSecret(
        handshake.Version, handshake.Suite!, _premaster,
        handshake.ClientHello!.Random.Span, handshake.ServerHello!.Random.Span);

    /// <summary>RFC 7627, Section 4: of the handshake up to and including ClientKeyExchange.</summary>
    public byte[] ExtendedMasterSecret(Handshake handshake) => KeySchedule12.ExtendedMasterSecret(
        handshake.Version, handshake.Suite!, _premaster, handshake.Transcript);

    /// <summary>The handshake traffic secrets of TLS 1.3, behind ServerHello.</summary>
    /// <exception cref="ScriptedFault">The server's share is of a group without ours.</exception>
    public void AgreeTls13(Handshake handshake, KeyShareEntry share, ReadOnlyMemory<byte> preSharedKey)
    {
        if (!_shares.TryGetValue(share.Group, out var own))
            throw new ScriptedFault(
                $"Expected a share of a group that was offered. Got: {share.Group}", "illegal_parameter");
        Tree = new SecretTree13(handshake.Suite!, preSharedKey.Span);
        Tree.Mix(own.Secret(share.KeyExchange.Span, isTls13: true));
        handshake.HandshakeSecrets = (
            Tree.Derive("c hs traffic", handshake.Transcript), Tree.Derive("s hs traffic", handshake.Transcript));
    }

    /// <summary>The application traffic secrets of TLS 1.3, behind the server's Finished.</summary>
    public void Master(Handshake handshake)
    {
        Tree!.Mix([]);
        handshake.TrafficSecrets = (
            Tree.Derive("c ap traffic", handshake.Transcript), Tree.Derive("s ap traffic", handshake.Transcript));
    }

    private byte[] Agree(Handshake handshake, Func<Messages.ServerKeyExchange, KeyAgreement?> keyFor)
    {
        if (handshake.ServerKeyExchange is not { } exchange || keyFor(exchange) is not { } key)
            throw new ScriptedFault("Expected the server's public key in a group that is known here",
                "handshake_failure");
        _premaster = key.Secret(exchange.PublicKey.Span, isTls13: false);
        return key.PublicKey;
    }

    // RFC 5246, Section 7.4.7.1: the version is the newest that the client offered.
    private byte[] EncryptedPremaster(Handshake handshake)
    {
        if (handshake.PeerChain is not [var leaf, ..] || ServerKey(leaf.Span) is not { } key)
            throw new ScriptedFault("Expected a certificate with an RSA key", "bad_certificate");
        var version = handshake.ClientHello!.LegacyVersion.Code;
        _premaster = [(byte)(version >> 8), (byte)version, .. SecureRandom.GetNextBytes(random, 46)];
        try
        {
            var engine = new Pkcs1Encoding(new RsaEngine());
            engine.Init(forEncryption: true, new ParametersWithRandom(key, random));
            return engine.ProcessBlock(_premaster, 0, _premaster.Length);
        }
        // A foreign key may be too short, or none: the primitives say so in many ways.
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new ScriptedFault($"the certificate's key encrypts nothing ({exception.Message})", "bad_certificate");
        }
    }

    private static RsaKeyParameters? ServerKey(ReadOnlySpan<byte> certificate)
    {
        // Reading a foreign key throws many kinds of exceptions: each means that it can't be used.
        try
        {
            return SignerKey.Of(certificate).Parameters as RsaKeyParameters;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }
}
