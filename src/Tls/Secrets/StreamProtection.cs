using Org.BouncyCastle.Crypto;

namespace TlsInterop.Tls.Secrets;

/// <summary>A stream cipher whose state goes on from record to record, or no cipher at all, with a MAC.</summary>
/// <remarks>RFC 5246, Section 6.2.3.1.</remarks>
internal sealed class StreamProtection(IStreamCipher? cipher, RecordMac mac) : RecordProtection
{
    private protected override OpenedRecord OpenNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment)
    {
        var plain = Apply(fragment);
        var length = plain.Length - mac.Length;
        if (length < 0) return Failed(RecordStatus.TooShort, contentType);

        var fits = mac.Fits(SequenceNumber, contentType, recordVersion, plain.AsSpan(0, length), plain.AsSpan(length));
        var status = fits ? RecordStatus.Ok : RecordStatus.MacWrong;
        return new OpenedRecord(status, contentType, plain.AsMemory(0, length), 0, 0, SequenceNumber);
    }

    private protected override byte[] SealNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> content, int extraPadding) =>
        Apply([.. content, .. mac.Compute(SequenceNumber, contentType, recordVersion, content)]);

    private byte[] Apply(ReadOnlySpan<byte> data)
    {
        var bytes = data.ToArray();
        cipher?.ProcessBytes(bytes, 0, bytes.Length, bytes, 0);
        return bytes;
    }
}
