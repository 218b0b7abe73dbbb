using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Agreement;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>A curve whose points are written with both coordinates, uncompressed.</summary>
/// <remarks>RFC 8422, Sections 5.4.1 and 5.10; RFC 8446, Sections 4.2.8.2 and 7.4.2.</remarks>
internal sealed class CurveAgreement : KeyAgreement
{
    private readonly ECDomainParameters _domain;
    private readonly AsymmetricCipherKeyPair _key;

    [SetsRequiredMembers]
    public CurveAgreement(NamedGroup group, X9ECParameters curve, SecureRandom random)
    {
        Group = group;
        _domain = new ECDomainParameters(curve);
        var generator = new ECKeyPairGenerator();
        generator.Init(new ECKeyGenerationParameters(_domain, random));
        _key = generator.GenerateKeyPair();
    }

    public override byte[] PublicKey => ((ECPublicKeyParameters)_key.Public).Q.GetEncoded(compressed: false);

    private protected override byte[] Compute(byte[] peer, bool isTls13)
    {
        var agreement = new ECDHBasicAgreement();
        agreement.Init(_key.Private);
        var point = new ECPublicKeyParameters(_domain.Curve.DecodePoint(peer), _domain);
        // The x coordinate keeps its leading zeros in every version.
        return BigIntegers.AsUnsignedByteArray(agreement.GetFieldSize(), agreement.CalculateAgreement(point));
    }
}
