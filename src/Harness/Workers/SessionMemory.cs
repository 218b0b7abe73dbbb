namespace TlsInterop.Harness.Workers;

/// <summary>What one connection of a client leaves to its next one, in the stack's own form.</summary>
internal sealed class SessionMemory
{
    /// <summary>The session, or null as long as there is none.</summary>
    public object? Session { get; set; }
}
