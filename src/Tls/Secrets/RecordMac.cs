using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Macs;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>The record MAC of the suites that are no AEAD.</summary>
/// <remarks>RFC 5246, Section 6.2.3.1; RFC 7366, Section 3; RFC 6101, Section 5.2.3.1.</remarks>
internal sealed class RecordMac(ProtocolVersion version, string hash, byte[] key)
{
    private readonly HMac _hmac = Digests.Hmac(hash, key);

    /// <summary>Octets of the MAC.</summary>
    public int Length => _hmac.GetMacSize();

    public byte[] Compute(ulong sequenceNumber, byte contentType, ushort recordVersion, ReadOnlySpan<byte> data)
    {
        var header = PseudoHeader(sequenceNumber, contentType, recordVersion, data.Length);
        // SSL 3.0 leaves the version out and is no HMAC yet.
        if (version == ProtocolVersion.Ssl3) return Ssl3.Mac(hash, key, [.. header[..9], .. header[11..]], data);

        var bytes = data.ToArray();
        _hmac.BlockUpdate(header, 0, header.Length);
        _hmac.BlockUpdate(bytes, 0, bytes.Length);
        var output = new byte[Length];
        _hmac.DoFinal(output, 0);
        return output;
    }

    public bool Fits(
        ulong sequenceNumber, byte contentType, ushort recordVersion, ReadOnlySpan<byte> data,
        ReadOnlySpan<byte> mac) =>
        Compute(sequenceNumber, contentType, recordVersion, data).AsSpan().SequenceEqual(mac);

    /// <summary>
    /// seq_num, type, version and length: what stands before the data in a MAC and is an AEAD's additional data.
    /// </summary>
    public static byte[] PseudoHeader(ulong sequenceNumber, byte contentType, ushort recordVersion, int length)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt64BigEndian(header, sequenceNumber);
        header[8] = contentType;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(9), recordVersion);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(11), (ushort)length);
        return header;
    }
}
