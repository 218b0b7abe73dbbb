using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Records;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Decoding;

/// <summary>A record with what came of opening it.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="Record">The record as sent.</param>
/// <param name="Number">Its number in its direction, from 1.</param>
/// <param name="IsProtected">True if it is encrypted.</param>
/// <param name="Opened">What came out; null if it is plain or no secret was at hand.</param>
public sealed record DecodedRecord(
    Direction Direction, TlsRecord Record, long Number, bool IsProtected, OpenedRecord? Opened)
{
    /// <summary>
    /// The explicit nonce (GCM and CCM in TLS 1.2) or the IV (CBC from TLS 1.1 on) as sent; empty if the record has
    /// none of its own or no secret told how it is protected. A nonce must differ within an epoch of one direction,
    /// which begins where <see cref="OpenedRecord.SequenceNumber"/> is 0.
    /// </summary>
    public ReadOnlyMemory<byte> ExplicitNonce =>
        Record.Fragment[..Math.Min(Opened?.ExplicitNonceLength ?? 0, Record.Fragment.Length)];
}
