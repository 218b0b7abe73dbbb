namespace TlsInterop.Harness.Workers;

/// <summary>The peer did not say what it should have said; the message tells what was expected and what came.</summary>
public sealed class ConversationException(string message) : Exception(message);
