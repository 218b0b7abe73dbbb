namespace TlsInterop.Harness.Commands;

/// <summary>What was asked for makes no sense; the message says what would.</summary>
public sealed class UsageException(string message) : Exception(message);
