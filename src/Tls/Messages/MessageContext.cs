using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Messages;

/// <summary>What must be known of the handshake so far to read a message.</summary>
/// <param name="Version">The negotiated version; before ServerHello the default, 0.</param>
/// <param name="Suite">The negotiated suite's row, or null if there is none yet or it is unknown.</param>
public readonly record struct MessageContext(ProtocolVersion Version, CipherSuiteInfo? Suite)
{
    public bool IsTls13 => Version.IsTls13;

    /// <summary>True if signatures name their scheme (RFC 5246, Section 4.7).</summary>
    public bool NamesSignatureScheme => IsTls13 || Version >= ProtocolVersion.Tls12;
}
