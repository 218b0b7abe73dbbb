namespace TlsInterop.Tls.Secrets;

/// <summary>A record without its protection.</summary>
/// <param name="Status">Whether it is authentic.</param>
/// <param name="ContentType">The content type; in TLS 1.3 the inner one, if the record could be opened.</param>
/// <param name="Content">
/// The plain content; empty if there is none. With <see cref="RecordStatus.MacWrong"/> it is what the cipher gave, not
/// to be trusted.
/// </param>
/// <param name="PaddingLength">
/// CBC: the <c>padding_length</c> field, 0 to 255. TLS 1.3: octets of zero padding. Otherwise 0.
/// </param>
/// <param name="ExtraPaddingBlocks">CBC: whole blocks of padding beyond the least that was needed. Otherwise 0.</param>
/// <param name="SequenceNumber">The sequence number that was used.</param>
public readonly record struct OpenedRecord(
    RecordStatus Status,
    byte ContentType,
    ReadOnlyMemory<byte> Content,
    int PaddingLength,
    int ExtraPaddingBlocks,
    ulong SequenceNumber)
{
    /// <summary>
    /// Octets at the front of the fragment that the sender chose for this record alone: the explicit nonce of GCM and
    /// CCM in TLS 1.2 (8), the IV of CBC from TLS 1.1 on (a block). Else 0: the nonce is counted, the IV chained.
    /// </summary>
    public int ExplicitNonceLength { get; init; }

    /// <summary>CBC: octets of a cipher block. Otherwise 0.</summary>
    public int BlockLength { get; init; }

    /// <summary>
    /// True if the IV is the last block of the record before it, which everybody has seen: CBC up to TLS 1.0.
    /// </summary>
    public bool HasChainedIv => BlockLength > 0 && ExplicitNonceLength == 0;

    /// <summary>True if the record is authentic and well formed.</summary>
    public bool IsOk => Status == RecordStatus.Ok;

    /// <summary>
    /// True if the content is what was sent: of an authentic record, or of one that was never encrypted.
    /// </summary>
    public bool IsReadable => Status is RecordStatus.Ok or RecordStatus.Unverified;

    /// <summary>True if nothing speaks against the keys and the sequence number, whatever the padding says.</summary>
    internal bool FitsKeys => Status is RecordStatus.Ok or RecordStatus.Unverified or RecordStatus.PaddingMalformed;
}
