using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>
/// The records of a suite that encrypts nothing, where there are no keys: the content can be read, its MAC can't be
/// checked.
/// </summary>
/// <remarks>RFC 5246, Section 6.2.3.1; RFC 9150, Section 5.</remarks>
internal sealed class NullProtection : RecordProtection
{
    private readonly int _macLength;
    private readonly bool _hidesType;

    private NullProtection(int macLength, bool hidesType) => (_macLength, _hidesType) = (macLength, hidesType);

    /// <summary>For a suite without a cipher; null for all others.</summary>
    public static NullProtection? For(CipherSuiteInfo? suite) => suite switch
    {
        { Mode: CipherMode.Null, KeyExchange: KeyExchangeAlgorithm.Tls13 } => new(Digests.Size(suite.PrfHash), true),
        { Mode: CipherMode.Null, MacHash: { } hash } => new(Digests.Size(hash), false),
        _ => null,
    };

    private protected override OpenedRecord OpenNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> fragment)
    {
        if (fragment.Length < _macLength) return Failed(RecordStatus.TooShort, contentType);
        var content = fragment[..^_macLength].ToArray();
        // RFC 8446, Section 5.4: in TLS 1.3 the last octet that is not zero is the content type.
        var typeAt = _hidesType ? content.AsSpan().LastIndexOfAnyExcept((byte)0) : content.Length;
        if (typeAt < 0) return Failed(RecordStatus.PaddingMalformed, contentType);
        return new OpenedRecord(
            RecordStatus.Unverified, _hidesType ? content[typeAt] : contentType, content.AsMemory(0, typeAt),
            _hidesType ? content.Length - typeAt - 1 : 0, 0, SequenceNumber);
    }

    private protected override byte[] SealNext(
        byte contentType, ushort recordVersion, ReadOnlySpan<byte> content, int extraPadding) =>
        throw new InvalidOperationException("There are no keys to protect a record with.");
}
