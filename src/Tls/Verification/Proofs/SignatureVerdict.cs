namespace TlsInterop.Tls.Verification.Proofs;

/// <summary>What came of checking a signature.</summary>
public enum SignatureStatus : byte
{
    /// <summary>It does not fit the key and the content, or the key can't be used with the scheme.</summary>
    Wrong,

    /// <summary>There is no managed code for the scheme or the key: nothing is said about the signature.</summary>
    Unsupported,

    /// <summary>It fits.</summary>
    Ok,
}

/// <summary>The outcome of checking a signature.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Reason">Why it is not Ok, for a person; empty if it is.</param>
public readonly record struct SignatureVerdict(SignatureStatus Status, string Reason);
