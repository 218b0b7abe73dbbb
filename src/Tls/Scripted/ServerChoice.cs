using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted;

/// <summary>What a server chooses of what a client offers.</summary>
/// <param name="Version">The version.</param>
/// <param name="Suite">The suite.</param>
/// <param name="Group">The group of (EC)DHE; null where none is chosen.</param>
/// <param name="NeedsRetry">True if the client has to send a key share of the group first.</param>
internal sealed record ServerChoice(
    ProtocolVersion Version, CipherSuiteInfo Suite, NamedGroup? Group, bool NeedsRetry = false);
