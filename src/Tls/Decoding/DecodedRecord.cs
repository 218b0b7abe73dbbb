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
    Direction Direction, TlsRecord Record, long Number, bool IsProtected, OpenedRecord? Opened);
