namespace TlsInterop.Tls.Capture;

/// <summary>
/// Who sent it. The client is the end that sent the first SYN, or, in a capture that starts later, the first
/// ClientHello.
/// </summary>
public enum Direction : byte { ClientToServer, ServerToClient }
