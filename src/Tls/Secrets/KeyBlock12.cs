using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>The write keys of SSL 3.0 to TLS 1.2.</summary>
internal sealed record KeyBlock12(
    byte[] ClientMacKey, byte[] ServerMacKey, byte[] ClientKey, byte[] ServerKey, byte[] ClientIv, byte[] ServerIv)
{
    public static KeyBlock12 Derive(
        ProtocolVersion version,
        CipherSuiteInfo suite,
        ReadOnlySpan<byte> masterSecret,
        ReadOnlySpan<byte> clientRandom,
        ReadOnlySpan<byte> serverRandom)
    {
        var macLength = suite.MacHash is null ? 0 : Digests.Size(suite.MacHash);
        // RFC 5246, Section 6.3: since TLS 1.1 only AEAD suites take an IV from the key block. RFC 2246, Section 6.3:
        // CBC suites do.
        var ivLength = suite.IsAead ? suite.FixedIvLength : version <= ProtocolVersion.Tls10 ? suite.BlockLength : 0;
        var material = ExportKeys.MaterialLength(suite);
        var keyLength = material ?? suite.KeyLength;
        var length = 2 * (macLength + keyLength + ivLength);

        // RFC 5246, Section 6.3: the server's random comes first.
        var block = version == ProtocolVersion.Ssl3
            ? Ssl3.Derive(masterSecret, serverRandom, clientRandom, length).AsSpan()
            : Prf.Compute(
                version, suite.PrfHash, masterSecret, "key expansion", [.. serverRandom, .. clientRandom], length);
        var keys = new KeyBlock12(
            Take(ref block, macLength), Take(ref block, macLength),
            Take(ref block, keyLength), Take(ref block, keyLength),
            Take(ref block, ivLength), Take(ref block, ivLength));
        return material is null
            ? keys
            : ExportKeys.Stretch(keys, version, suite, clientRandom.ToArray(), serverRandom.ToArray());
    }

    private static byte[] Take(ref Span<byte> block, int length)
    {
        var taken = block[..length].ToArray();
        block = block[length..];
        return taken;
    }
}
