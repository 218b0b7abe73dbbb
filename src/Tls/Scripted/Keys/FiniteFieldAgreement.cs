using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>Diffie-Hellman modulo a prime.</summary>
/// <remarks>RFC 5246, Section 8.1.2; RFC 7919; RFC 8446, Sections 4.2.8.1 and 7.4.1.</remarks>
internal sealed class FiniteFieldAgreement : KeyAgreement
{
    private readonly DHParameters _parameters;
    private readonly AsymmetricCipherKeyPair _key;

    public FiniteFieldAgreement(DHParameters parameters, SecureRandom random)
    {
        _parameters = parameters;
        var generator = new DHKeyPairGenerator();
        generator.Init(new DHKeyGenerationParameters(random, parameters));
        _key = generator.GenerateKeyPair();
    }

    // RFC 8446, Section 4.2.8.1: as long as the prime. TLS up to 1.2 allows that as well.
    public override byte[] PublicKey => Padded(((DHPublicKeyParameters)_key.Public).Y);

    public override (byte[] Prime, byte[] Generator)? Numbers =>
        (_parameters.P.ToByteArrayUnsigned(), _parameters.G.ToByteArrayUnsigned());

    private protected override byte[] Compute(byte[] peer, bool isTls13)
    {
        var agreement = new DHBasicAgreement();
        agreement.Init(_key.Private);
        var secret = agreement.CalculateAgreement(new DHPublicKeyParameters(new BigInteger(1, peer), _parameters));
        return isTls13 ? Padded(secret) : secret.ToByteArrayUnsigned();
    }

    private byte[] Padded(BigInteger number) =>
        BigIntegers.AsUnsignedByteArray((_parameters.P.BitLength + 7) / 8, number);
}
