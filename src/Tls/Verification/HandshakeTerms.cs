using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Verification;

/// <summary>What the hellos of a handshake agreed on, as far as checks of its mathematics need it.</summary>
/// <param name="Version">The negotiated version.</param>
/// <param name="Suite">The negotiated suite.</param>
/// <param name="ClientRandom">Random of the ClientHello.</param>
/// <param name="ServerRandom">Random of the ServerHello.</param>
public sealed record HandshakeTerms(
    ProtocolVersion Version,
    CipherSuiteInfo Suite,
    ReadOnlyMemory<byte> ClientRandom,
    ReadOnlyMemory<byte> ServerRandom);
