using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Secrets;

/// <summary>A master secret that no line of a key log gave.</summary>
/// <param name="MasterSecret">48 octets.</param>
/// <param name="PremasterVersion">
/// The version that RSA key exchange hides in the premaster secret; null where it was not seen.
/// </param>
internal sealed record WorkedOutSecret(byte[] MasterSecret, ProtocolVersion? PremasterVersion = null);
