using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Keys;

/// <summary>x25519.</summary>
/// <remarks>RFC 7748, Section 6.1; RFC 8446, Section 7.4.2.</remarks>
internal sealed class X25519Agreement : KeyAgreement
{
    private readonly X25519PrivateKeyParameters _key;

    [SetsRequiredMembers]
    public X25519Agreement(SecureRandom random)
    {
        Group = new NamedGroup(NamedGroups.Find("x25519")!.Code);
        _key = new X25519PrivateKeyParameters(random);
    }

    public override byte[] PublicKey => _key.GeneratePublicKey().GetEncoded();

    private protected override byte[] Compute(byte[] peer, bool isTls13)
    {
        var secret = new byte[X25519PrivateKeyParameters.SecretSize];
        _key.GenerateSecret(new X25519PublicKeyParameters(peer, 0), secret, 0);
        return secret;
    }
}
