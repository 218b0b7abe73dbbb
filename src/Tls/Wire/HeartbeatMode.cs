namespace TlsInterop.Tls.Wire;

/// <summary>Whether the sender takes heartbeats.</summary>
/// <remarks>RFC 6520, Section 2.</remarks>
public readonly record struct HeartbeatMode(byte Code)
{
    public override string ToString() => Code switch
    {
        1 => "peer_allowed_to_send",
        2 => "peer_not_allowed_to_send",
        _ => $"0x{Code:x2}",
    };
}
