namespace TlsInterop.Tls.Tests.Fuzzing;

/// <summary>A file to be decoded, and the key log to decode it with.</summary>
/// <param name="Origin">What it was made from.</param>
/// <param name="File">A capture, or what is left of one.</param>
/// <param name="KeyLog">The text of the key log.</param>
internal sealed record FuzzInput(string Origin, byte[] File, string KeyLog);
