using Org.BouncyCastle.Crypto;

namespace TlsInterop.Tls.Secrets;

/// <summary>A stream cipher whose state goes on from record to record, or no cipher at all, with a MAC.</summary>
/// <remarks>RFC 5246, Section 6.2.3.1.</remarks>
internal sealed class StreamProtection(IStreamCipher? cipher, RecordMac mac) : RecordProtection
{
    private const int HeaderLength = 5;

    /// <summary>A longer gap is not worth its key stream.</summary>
    private const int MostLost = 1 << 18;

    // Key stream that was made, but not used: a gap may have held less than it might have.
    private byte[] _ahead = [];

    private protected override OpenedRecord OpenNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment) =>
        Check(contentType, recordVersion, Apply(fragment));

    // Of the octets that are lost, all but the headers have used key stream.
    private protected override Func<long, OpenedRecord> Attempt(
        byte contentType, ushort recordVersion, byte[] fragment, long lost)
    {
        if (cipher is null) return base.Attempt(contentType, recordVersion, fragment, lost);
        var known = lost <= MostLost ? KeyStream((int)lost + fragment.Length) : [];
        if (known.Length > 0) _ahead = known;
        return missing =>
        {
            var start = missing == 0 ? 0 : lost - missing * HeaderLength;
            if (known.Length == 0 || start < 0) return Failed(RecordStatus.MacWrong, contentType);
            var opened = Check(contentType, recordVersion, Xor(fragment, known.AsSpan((int)start)));
            if (opened.FitsKeys) _ahead = known[((int)start + fragment.Length)..];
            return opened;
        };
    }

    private OpenedRecord Check(byte contentType, ushort recordVersion, byte[] plain)
    {
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
        if (_ahead.Length > 0)
        {
            var stream = KeyStream(bytes.Length);
            _ahead = stream[bytes.Length..];
            return Xor(bytes, stream);
        }
        cipher?.ProcessBytes(bytes, 0, bytes.Length, bytes, 0);
        return bytes;
    }

    // The next octets of key stream, so many at least; they are not used yet.
    private byte[] KeyStream(int length)
    {
        if (_ahead.Length >= length) return _ahead;
        var stream = new byte[length];
        _ahead.CopyTo(stream, 0);
        cipher?.ProcessBytes(stream, _ahead.Length, length - _ahead.Length, stream, _ahead.Length);
        return stream;
    }

    private static byte[] Xor(byte[] data, ReadOnlySpan<byte> stream)
    {
        var result = new byte[data.Length];
        for (var i = 0; i < data.Length; i++) result[i] = (byte)(data[i] ^ stream[i]);
        return result;
    }
}
