using System.Text;
using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Secrets;

/// <summary>The derivations of SSL 3.0, from before HMAC.</summary>
/// <remarks>RFC 6101, Sections 5.6.9, 6.1 and 6.2.2.</remarks>
internal static class Ssl3
{
    /// <summary>The master secret or the key block: a chain of MD5 over SHA-1 with growing salts.</summary>
    /// <param name="secret">The premaster or the master secret.</param>
    /// <param name="firstRandom">The client's random for the master secret, the server's for the key block.</param>
    /// <param name="secondRandom">The other one.</param>
    /// <param name="length">Octets wanted, at most 26 blocks of 16.</param>
    public static byte[] Derive(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> firstRandom, ReadOnlySpan<byte> secondRandom, int length)
    {
        // RFC 6101, Section 6.2.2: MD5(secret + SHA('A' + secret + randoms)) + MD5(secret + SHA('BB' + ...)) + ...
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 26 * 16);
        var output = new List<byte>();
        for (var block = 1; output.Count < length; block++)
        {
            var salt = Encoding.ASCII.GetBytes(new string((char)('A' + block - 1), block));
            var inner = Digests.Hash("SHA1", [.. salt, .. secret, .. firstRandom, .. secondRandom]);
            output.AddRange(Digests.Hash("MD5", [.. secret, .. inner]));
        }
        return [.. output[..length]];
    }

    /// <summary>Both hashes of a Finished, 36 octets.</summary>
    public static byte[] VerifyData(ReadOnlySpan<byte> masterSecret, Direction sender, Transcript transcript)
    {
        // RFC 6101, Section 5.6.9
        var end = sender == Direction.ClientToServer ? "CLNT"u8 : "SRVR"u8;
        byte[] content = [.. transcript.Bytes, .. end];
        return [.. Nested("MD5", masterSecret, content), .. Nested("SHA1", masterSecret, content)];
    }

    /// <summary>What a CertificateVerify signs: both hashes with an RSA key, SHA-1 alone with a DSA key.</summary>
    public static byte[] CertificateVerifyHashes(ReadOnlySpan<byte> masterSecret, Transcript transcript, bool isRsa)
    {
        // RFC 6101, Section 5.6.8
        var sha1 = Nested("SHA1", masterSecret, transcript.Bytes);
        return isRsa ? [.. Nested("MD5", masterSecret, transcript.Bytes), .. sha1] : sha1;
    }

    private static byte[] Nested(string hash, ReadOnlySpan<byte> masterSecret, ReadOnlySpan<byte> content)
    {
        var (pad1, pad2) = Pads(hash);
        return Digests.Hash(
            hash, [.. masterSecret, .. pad2, .. Digests.Hash(hash, [.. content, .. masterSecret, .. pad1])]);
    }

    /// <summary>The record MAC: the forerunner of HMAC, without the version.</summary>
    public static byte[] Mac(
        string hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> headerWithoutVersion, ReadOnlySpan<byte> content)
    {
        // RFC 6101, Section 5.2.3.1
        var (pad1, pad2) = Pads(hash);
        return Digests.Hash(
            hash, [.. key, .. pad2, .. Digests.Hash(hash, [.. key, .. pad1, .. headerWithoutVersion, .. content])]);
    }

    private static (byte[] Pad1, byte[] Pad2) Pads(string hash)
    {
        var length = hash == "MD5" ? 48 : 40;
        return ([.. Enumerable.Repeat((byte)0x36, length)], [.. Enumerable.Repeat((byte)0x5c, length)]);
    }
}
