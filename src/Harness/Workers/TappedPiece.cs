namespace TlsInterop.Harness.Workers;

/// <summary>What a tap saw at once.</summary>
/// <param name="UnixMilliseconds">When, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Event">What it was.</param>
/// <param name="Octets">What was written or read; none of an end.</param>
public sealed record TappedPiece(long UnixMilliseconds, TapEvent Event, byte[] Octets);
