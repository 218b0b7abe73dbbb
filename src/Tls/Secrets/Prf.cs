using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>The pseudorandom function of TLS 1.0 to 1.2.</summary>
internal static class Prf
{
    /// <summary>The first octets of PRF(secret, label, seed).</summary>
    /// <param name="version">TLS 1.0 to 1.2.</param>
    /// <param name="hash">The suite's PRF hash; used by TLS 1.2 only.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="label">ASCII label.</param>
    /// <param name="seed">Seed behind the label.</param>
    /// <param name="length">Octets wanted.</param>
    public static byte[] Compute(
        ProtocolVersion version, string hash, ReadOnlySpan<byte> secret, string label, ReadOnlySpan<byte> seed,
        int length)
    {
        byte[] labelAndSeed = [.. System.Text.Encoding.ASCII.GetBytes(label), .. seed];
        var output = new byte[length];
        if (version >= ProtocolVersion.Tls12)
        {
            // RFC 5246, Section 5
            XorWithPHash(hash, secret, labelAndSeed, output);
            return output;
        }

        // RFC 2246, Section 5: each half of the secret feeds its own hash; an odd secret shares its middle octet.
        var half = (secret.Length + 1) / 2;
        XorWithPHash("MD5", secret[..half], labelAndSeed, output);
        XorWithPHash("SHA1", secret[^half..], labelAndSeed, output);
        return output;
    }

    // RFC 5246, Section 5
    // P_hash(secret, seed) = HMAC_hash(secret, A(1) + seed) + HMAC_hash(secret, A(2) + seed) + ...
    // A(0) = seed, A(i) = HMAC_hash(secret, A(i-1))
    private static void XorWithPHash(string hash, ReadOnlySpan<byte> secret, byte[] seed, Span<byte> output)
    {
        var mac = Digests.Hmac(hash, secret);
        var a = seed;
        var block = new byte[mac.GetMacSize()];
        while (!output.IsEmpty)
        {
            mac.BlockUpdate(a, 0, a.Length);
            a = new byte[block.Length];
            mac.DoFinal(a, 0);

            mac.BlockUpdate(a, 0, a.Length);
            mac.BlockUpdate(seed, 0, seed.Length);
            mac.DoFinal(block, 0);

            var taken = Math.Min(block.Length, output.Length);
            for (var i = 0; i < taken; i++) output[i] ^= block[i];
            output = output[taken..];
        }
    }
}
