using System.Buffers.Binary;
using System.Text;
using Org.BouncyCastle.Crypto.Macs;

namespace TlsInterop.Tls.Secrets;

/// <summary>The key derivation of TLS 1.3.</summary>
internal static class Hkdf
{
    /// <summary>What every label begins with.</summary>
    public const string Prefix = "tls13 ";

    /// <summary>The same up to draft-ietf-tls-tls13-19.</summary>
    public const string OldPrefix = "TLS 1.3, ";

    // RFC 5869, Section 2.2
    public static byte[] Extract(string hash, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> inputKeyingMaterial)
    {
        // An absent salt is a string of zeros; HMAC pads a short key with zeros, so the empty one is the same.
        var mac = Digests.Hmac(hash, salt);
        return Finish(mac, inputKeyingMaterial);
    }

    // RFC 5869, Section 2.3
    // T(n) = HMAC-Hash(PRK, T(n-1) | info | n)
    public static byte[] Expand(string hash, ReadOnlySpan<byte> pseudorandomKey, ReadOnlySpan<byte> info, int length) =>
        Expand(Digests.Hmac(hash, pseudorandomKey), info, length);

    private static byte[] Expand(HMac mac, ReadOnlySpan<byte> info, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 255 * mac.GetMacSize());
        var output = new byte[length];
        byte[] block = [];
        for (var (n, done) = (1, 0); done < length; n++)
        {
            mac.BlockUpdate(block, 0, block.Length);
            block = Finish(mac, [.. info, (byte)n]);
            var taken = Math.Min(block.Length, length - done);
            block.AsSpan(0, taken).CopyTo(output.AsSpan(done));
            done += taken;
        }
        return output;
    }

    // RFC 8446, Section 7.1
    // struct { uint16 length; opaque label<7..255> = "tls13 " + Label; opaque context<0..255>; } HkdfLabel;
    public static byte[] ExpandLabel(
        string hash, ReadOnlySpan<byte> secret, string label, ReadOnlySpan<byte> context, int length,
        string prefix = Prefix) =>
        ExpandLabel(Digests.Hmac(hash, secret), label, context, length, prefix);

    /// <summary>The same for one of several labels under one secret.</summary>
    /// <param name="secret">HMAC with the secret as its key: it is ready again when this returns.</param>
    /// <param name="label">The label without <c>tls13 </c>.</param>
    /// <param name="context">The context.</param>
    /// <param name="length">Octets wanted.</param>
    /// <param name="prefix">What stands before the label.</param>
    public static byte[] ExpandLabel(
        HMac secret, string label, ReadOnlySpan<byte> context, int length, string prefix = Prefix)
    {
        var fullLabel = Encoding.ASCII.GetBytes(prefix + label);
        Span<byte> lengthField = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(lengthField, (ushort)length);
        byte[] info = [.. lengthField, (byte)fullLabel.Length, .. fullLabel, (byte)context.Length, .. context];
        return Expand(secret, info, length);
    }

    private static byte[] Finish(HMac mac, ReadOnlySpan<byte> data)
    {
        var bytes = data.ToArray();
        mac.BlockUpdate(bytes, 0, bytes.Length);
        var output = new byte[mac.GetMacSize()];
        mac.DoFinal(output, 0);
        return output;
    }
}
