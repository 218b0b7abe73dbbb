namespace TlsInterop.Tls.Secrets;

/// <summary>
/// The record protection of one direction in one epoch (between two changes of keys). It counts its records itself.
/// </summary>
/// <remarks>RFC 8446, Section 5; RFC 5246, Section 6.2.3. Not thread-safe: a direction is a sequence.</remarks>
public abstract class RecordProtection
{
    /// <summary>The number of the next record, from 0. It may be set to go on behind a gap.</summary>
    public ulong SequenceNumber { get; set; }

    /// <summary>CBC: octets of a cipher block. Otherwise 0.</summary>
    internal int OctetsPerBlock => BlockLength;

    /// <summary>
    /// Removes the protection of the next record. Foreign bytes never throw; each call counts one record, good or bad.
    /// </summary>
    /// <param name="contentType">Content type of the record header.</param>
    /// <param name="recordVersion">Version of the record header.</param>
    /// <param name="fragment">The octets behind the record header.</param>
    public OpenedRecord Open(byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment)
    {
        var opened = OpenNext(contentType, recordVersion, fragment);
        SequenceNumber++;
        return opened with { ExplicitNonceLength = ExplicitNonceLength, BlockLength = BlockLength };
    }

    /// <summary>
    /// The same behind octets that the capture lacks, where nobody knows how many records are missing: the sequence
    /// number is looked for that opens the record. If none does, the record does not count, and may be added to
    /// <paramref name="lost"/> for the next one.
    /// </summary>
    /// <param name="contentType">Content type of the record header.</param>
    /// <param name="recordVersion">Version of the record header.</param>
    /// <param name="fragment">The octets behind the record header.</param>
    /// <param name="lost">Octets from the end of the last record that was opened to the header of this one.</param>
    /// <param name="octets">What all tries together may cost.</param>
    /// <remarks>Where the IV is chained (CBC up to TLS 1.0), the first record behind the gap stays closed.</remarks>
    internal OpenedRecord OpenBehindGap(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment, long lost,
        int octets = MissingRecords.MostOctets)
    {
        var expected = SequenceNumber;
        var attempt = Attempt(contentType, recordVersion, fragment.ToArray(), lost);
        OpenedRecord opened = default;
        foreach (var missing in MissingRecords.Of(lost, fragment.Length, CountedNonce(fragment), octets))
        {
            SequenceNumber = expected + (ulong)missing;
            opened = attempt(missing);
            if (!opened.FitsKeys) continue;
            SequenceNumber++;
            return opened with { ExplicitNonceLength = ExplicitNonceLength, BlockLength = BlockLength };
        }
        SequenceNumber = expected;
        return opened with { ExplicitNonceLength = ExplicitNonceLength, BlockLength = BlockLength };
    }

    /// <summary>Protects the next record.</summary>
    /// <param name="contentType">Content type; in TLS 1.3 the inner one.</param>
    /// <param name="recordVersion">Version of the record header.</param>
    /// <param name="content">The plain content.</param>
    /// <param name="extraPadding">
    /// CBC: whole blocks of padding beyond the least. TLS 1.3: octets of zeros. Otherwise without effect.
    /// </param>
    /// <returns>The octets behind the record header.</returns>
    public byte[] Seal(byte contentType, ushort recordVersion, ReadOnlySpan<byte> content, int extraPadding = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extraPadding);
        var fragment = SealNext(contentType, recordVersion, content, extraPadding);
        SequenceNumber++;
        return fragment;
    }

    /// <summary>See <see cref="OpenedRecord.ExplicitNonceLength"/>.</summary>
    private protected virtual int ExplicitNonceLength => 0;

    /// <summary>See <see cref="OpenedRecord.BlockLength"/>.</summary>
    private protected virtual int BlockLength => 0;

    /// <summary>How many records are missing, if a sender that counts its explicit nonces says so; else 0.</summary>
    private protected virtual long CountedNonce(ReadOnlySpan<byte> fragment) => 0;

    /// <summary>
    /// Tries to open a record as <see cref="SequenceNumber"/> says, so many records being missing before it. What does
    /// not depend on the number is done once.
    /// </summary>
    private protected virtual Func<long, OpenedRecord> Attempt(
        byte contentType, ushort recordVersion, byte[] fragment, long lost) =>
        _ => OpenNext(contentType, recordVersion, fragment);

    private protected abstract OpenedRecord OpenNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment);

    private protected abstract byte[] SealNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> content, int extraPadding);

    private protected OpenedRecord Failed(RecordStatus status, byte contentType) =>
        new(status, contentType, default, 0, 0, SequenceNumber);
}
