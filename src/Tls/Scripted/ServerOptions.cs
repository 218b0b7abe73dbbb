using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What a scripted server is told.</summary>
public sealed record ServerOptions
{
    /// <summary>Whom it plays.</summary>
    public ServerProfile Profile { get; init; } = ServerProfile.Plain;

    /// <summary>How it departs from the plain handshake.</summary>
    public Behaviour Behaviour { get; init; } = new();

    /// <summary>The only version that it speaks; null for all of its profile.</summary>
    public ProtocolVersion? Version { get; init; }

    /// <summary>The only suite that it speaks; null for all of its profile.</summary>
    public CipherSuite? Suite { get; init; }

    /// <summary>The only group that it speaks, by its registered name; null for all of its profile.</summary>
    public string? Group { get; init; }

    /// <summary>Its chain, leaf first, in DER.</summary>
    public required IReadOnlyList<byte[]> Chain { get; init; }

    /// <summary>The private key of the chain's leaf, PKCS #8.</summary>
    public required byte[] PrivateKey { get; init; }

    /// <summary>True if it wants a certificate of the client.</summary>
    public bool AsksForCertificate { get; init; }

    /// <summary>True if it takes no client without one.</summary>
    public bool RequiresCertificate { get; init; }

    /// <summary>True if it asks, whether it demands one or not.</summary>
    internal bool Asks => AsksForCertificate || RequiresCertificate;

    /// <summary>The sessions that it goes on with; null for none.</summary>
    public SessionStore? Sessions { get; init; }

    /// <summary>True if it gives tickets to who takes them, up to TLS 1.2; ids it gives always.</summary>
    public bool GivesTickets { get; init; } = true;

    /// <summary>Makes all its random octets the same again; null for real ones.</summary>
    public long? Seed { get; init; }

    /// <summary>Receives each line of the key log (RFC 9850); null for nobody.</summary>
    public Action<string>? KeyLog { get; init; }
}
