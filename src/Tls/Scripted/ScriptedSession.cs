using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What an end keeps of a connection, so that another can go on from there.</summary>
/// <param name="Version">The version of the first.</param>
/// <param name="Suite">The suite of the first.</param>
/// <param name="Secret">The master secret; in TLS 1.3 the pre-shared key.</param>
/// <remarks>RFC 5246, Section 7.3; RFC 5077; RFC 8446, Section 4.6.1.</remarks>
public sealed record ScriptedSession(ProtocolVersion Version, CipherSuiteInfo Suite, ReadOnlyMemory<byte> Secret)
{
    /// <summary>The session id; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Id { get; init; }

    /// <summary>The ticket; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Ticket { get; init; }

    /// <summary>True if the master secret is an extended one (RFC 7627, Section 5.3).</summary>
    public bool HasExtendedMasterSecret { get; init; }

    /// <summary>What hides the age of a ticket of TLS 1.3.</summary>
    public uint AgeAdd { get; init; }

    /// <summary>When the ticket came.</summary>
    public DateTimeOffset Received { get; init; }
}
