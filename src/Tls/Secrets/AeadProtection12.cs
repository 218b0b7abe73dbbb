using System.Buffers.Binary;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// AEAD record protection of TLS 1.2: GCM and CCM with an explicit nonce part, ChaCha20-Poly1305 without.
/// </summary>
/// <remarks>RFC 5246, Section 6.2.3.3; RFC 5288, Section 3; RFC 6655, Section 3; RFC 7905, Section 2.</remarks>
internal sealed class AeadProtection12(AeadPrimitive aead, byte[] fixedIv) : RecordProtection
{
    private const int NonceLength = 12;

    private readonly int _explicitLength = NonceLength - fixedIv.Length;
    private ulong _lastExplicit;

    private protected override int ExplicitNonceLength => _explicitLength;

    private protected override OpenedRecord OpenNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment)
    {
        var contentLength = fragment.Length - _explicitLength - aead.TagLength;
        if (contentLength < 0) return Failed(RecordStatus.TooShort, contentType);

        var nonce = Nonce(fragment[.._explicitLength]);
        var additionalData = AdditionalData(contentType, recordVersion, contentLength);
        if (aead.Open(nonce, additionalData, fragment[_explicitLength..]) is not { } content)
            return Failed(RecordStatus.TagWrong, contentType);

        _lastExplicit = Explicit(fragment);
        return new OpenedRecord(RecordStatus.Ok, contentType, content, 0, 0, SequenceNumber);
    }

    // RFC 5288, Section 3: it may be the sequence number; most that take something else count on as well.
    private protected override long CountedNonce(ReadOnlySpan<byte> fragment) =>
        unchecked((long)(Explicit(fragment) - _lastExplicit - 1));

    private ulong Explicit(ReadOnlySpan<byte> fragment) =>
        _explicitLength == 8 && fragment.Length >= 8 ? BinaryPrimitives.ReadUInt64BigEndian(fragment) : 0;

    private protected override byte[] SealNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> content, int extraPadding)
    {
        Span<byte> sequence = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(sequence, SequenceNumber);
        var explicitNonce = sequence[.._explicitLength];
        var additionalData = AdditionalData(contentType, recordVersion, content.Length);
        return [.. explicitNonce, .. aead.Seal(Nonce(explicitNonce), additionalData, content)];
    }

    private byte[] Nonce(ReadOnlySpan<byte> explicitNonce) =>
        _explicitLength == 0 ? XorNonce.Of(fixedIv, SequenceNumber) : [.. fixedIv, .. explicitNonce];

    // RFC 5246, Section 6.2.3.3
    // additional_data = seq_num + TLSCompressed.type + TLSCompressed.version + TLSCompressed.length;
    private byte[] AdditionalData(byte contentType, ushort recordVersion, int length) =>
        RecordMac.PseudoHeader(SequenceNumber, contentType, recordVersion, length);
}
