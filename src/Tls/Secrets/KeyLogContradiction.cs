namespace TlsInterop.Tls.Secrets;

/// <summary>Two lines of key logs that give different secrets for the same thing.</summary>
/// <param name="Label">What kind of secret it is.</param>
/// <param name="Id">What it is found by: for most labels a client random.</param>
/// <param name="First">The number of the earlier line, as it was given to <see cref="KeyLog"/>.</param>
/// <param name="Second">That of the later one, which counts.</param>
public readonly record struct KeyLogContradiction(string Label, ReadOnlyMemory<byte> Id, uint First, uint Second);
