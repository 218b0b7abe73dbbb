using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>x448.</summary>
/// <remarks>RFC 7748, Section 6.2; RFC 8446, Section 7.4.2.</remarks>
internal sealed class X448Agreement : KeyAgreement
{
    private readonly X448PrivateKeyParameters _key;

    [SetsRequiredMembers]
    public X448Agreement(SecureRandom random)
    {
        Group = new NamedGroup(NamedGroups.Find("x448")!.Code);
        _key = new X448PrivateKeyParameters(random);
    }

    public override byte[] PublicKey => _key.GeneratePublicKey().GetEncoded();

    private protected override byte[] Compute(byte[] peer, bool isTls13)
    {
        var secret = new byte[X448PrivateKeyParameters.SecretSize];
        _key.GenerateSecret(new X448PublicKeyParameters(peer, 0), secret, 0);
        return secret;
    }
}
