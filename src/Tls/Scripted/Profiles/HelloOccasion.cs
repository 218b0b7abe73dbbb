using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>What one connection adds to the shape of its ClientHello.</summary>
/// <param name="ServerName">The name of server_name; null for none.</param>
/// <param name="ShareOf">The public key for a group; null if there is none.</param>
internal sealed record HelloOccasion(string? ServerName, Func<NamedGroup, byte[]?> ShareOf)
{
    /// <summary>The ticket of the session that is offered up to TLS 1.2; empty for none.</summary>
    public ReadOnlyMemory<byte> Ticket { get; init; }

    /// <summary>The own verify_data of the handshake that this one replaces; empty for none.</summary>
    public ReadOnlyMemory<byte> VerifyData { get; init; }
}
