using TlsInterop.Tls.Decoding;

namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>What came of recomputing something.</summary>
public enum CheckStatus : byte
{
    /// <summary>The recomputed value is another.</summary>
    Wrong,

    /// <summary>It could not be recomputed: secrets, a message before it or managed code for it are missing.</summary>
    NotChecked,

    /// <summary>The recomputed value is the same.</summary>
    Ok,
}

/// <summary>The check of one message of a handshake by recomputing what it proves.</summary>
/// <param name="Event">The message: Finished, ServerKeyExchange or CertificateVerify.</param>
/// <param name="Status">The outcome.</param>
/// <param name="Reason">Why it is not Ok, for a person; empty if it is.</param>
public sealed record HandshakeCheck(HandshakeEvent Event, CheckStatus Status, string Reason);
