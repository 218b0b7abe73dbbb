using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;

namespace TlsInterop.Tls.Scripted;

/// <summary>Random octets that are the same again for the same seed: who knows the seed knows all.</summary>
public static class SeededRandom
{
    /// <summary>A generator.</summary>
    /// <param name="seed">What it begins from; null for one that nobody can foretell.</param>
    public static SecureRandom Of(long? seed)
    {
        if (seed is not { } known) return new SecureRandom();
        var generator = new DigestRandomGenerator(new Sha256Digest());
        generator.AddSeedMaterial(known);
        return new SecureRandom(generator);
    }
}
