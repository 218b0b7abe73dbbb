using System.Buffers.Binary;

namespace TlsInterop.Tls.Secrets;

/// <summary>Record protection of TLS 1.3: the content type and zero padding travel inside the AEAD.</summary>
/// <remarks>RFC 8446, Section 5.2.</remarks>
/// <param name="aead">The AEAD with its key.</param>
/// <param name="iv">The write IV.</param>
/// <param name="hasAdditionalData">False in drafts of TLS 1.3 that leave the header out.</param>
internal sealed class AeadProtection13(AeadPrimitive aead, byte[] iv, bool hasAdditionalData = true) : RecordProtection
{
    private const byte OpaqueType = 23;

    private protected override OpenedRecord OpenNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment)
    {
        if (fragment.Length < aead.TagLength) return Failed(RecordStatus.TooShort, contentType);
        var additionalData = AdditionalData(contentType, recordVersion, fragment.Length);
        var inner = aead.Open(XorNonce.Of(iv, SequenceNumber), additionalData, fragment);
        if (inner is null) return Failed(RecordStatus.TagWrong, contentType);

        // RFC 8446, Section 5.4: the last octet that is not zero is the content type.
        var typeAt = inner.AsSpan().LastIndexOfAnyExcept((byte)0);
        if (typeAt < 0)
            return new OpenedRecord(
                RecordStatus.PaddingMalformed, contentType, default, inner.Length, 0, SequenceNumber);
        var padding = inner.Length - typeAt - 1;
        return new OpenedRecord(RecordStatus.Ok, inner[typeAt], inner.AsMemory(0, typeAt), padding, 0, SequenceNumber);
    }

    private protected override byte[] SealNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> content, int extraPadding)
    {
        byte[] inner = [.. content, contentType, .. new byte[extraPadding]];
        var additionalData = AdditionalData(OpaqueType, recordVersion, inner.Length + aead.TagLength);
        return aead.Seal(XorNonce.Of(iv, SequenceNumber), additionalData, inner);
    }

    // RFC 8446, Section 5.2
    // additional_data = TLSCiphertext.opaque_type || TLSCiphertext.legacy_record_version || TLSCiphertext.length
    private byte[] AdditionalData(byte contentType, ushort recordVersion, int length)
    {
        if (!hasAdditionalData) return [];
        var data = new byte[5];
        data[0] = contentType;
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(1), recordVersion);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(3), (ushort)length);
        return data;
    }
}
