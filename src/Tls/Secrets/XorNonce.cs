using System.Buffers.Binary;

namespace TlsInterop.Tls.Secrets;

/// <summary>The per-record nonce of TLS 1.3 and of ChaCha20-Poly1305 in TLS 1.2.</summary>
/// <remarks>RFC 8446, Section 5.3; RFC 7905, Section 2.</remarks>
internal static class XorNonce
{
    /// <summary>The sequence number in network order, padded on the left with zeros, XORed with the write IV.</summary>
    public static byte[] Of(ReadOnlySpan<byte> iv, ulong sequenceNumber)
    {
        var nonce = iv.ToArray();
        Span<byte> sequence = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(sequence, sequenceNumber);
        for (var i = 1; i <= sequence.Length; i++) nonce[^i] ^= sequence[^i];
        return nonce;
    }
}
