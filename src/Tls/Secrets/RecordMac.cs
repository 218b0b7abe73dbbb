using System.Buffers.Binary;
using Org.BouncyCastle.Crypto.Macs;

namespace TlsInterop.Tls.Secrets;

/// <summary>The record MAC of the suites that are no AEAD.</summary>
/// <remarks>RFC 5246, Section 6.2.3.1; RFC 7366, Section 3.</remarks>
internal sealed class RecordMac
{
    private readonly HMac _mac;

    public RecordMac(string hash, ReadOnlySpan<byte> key) => _mac = Digests.Hmac(hash, key);

    /// <summary>Octets of the MAC.</summary>
    public int Length => _mac.GetMacSize();

    public byte[] Compute(ulong sequenceNumber, byte contentType, ushort recordVersion, ReadOnlySpan<byte> data)
    {
        var header = PseudoHeader(sequenceNumber, contentType, recordVersion, data.Length);
        var bytes = data.ToArray();
        _mac.BlockUpdate(header, 0, header.Length);
        _mac.BlockUpdate(bytes, 0, bytes.Length);
        var output = new byte[Length];
        _mac.DoFinal(output, 0);
        return output;
    }

    public bool Fits(
        ulong sequenceNumber, byte contentType, ushort recordVersion, ReadOnlySpan<byte> data, ReadOnlySpan<byte> mac) =>
        Compute(sequenceNumber, contentType, recordVersion, data).AsSpan().SequenceEqual(mac);

    /// <summary>seq_num, type, version and length: what stands before the data in a MAC and is an AEAD's additional data.</summary>
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
