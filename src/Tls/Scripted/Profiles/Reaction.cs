using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>What a profile does when it meets something.</summary>
/// <param name="To">What it meets.</param>
/// <param name="Alert">The alert that it ends the connection with; null if it just closes.</param>
public sealed record Reaction(Trigger To, AlertDescription? Alert);

/// <summary>What a profile may react to.</summary>
public enum Trigger
{
    /// <summary>The server's certificate is not valid any more.</summary>
    ExpiredCertificate,

    /// <summary>The server's certificate is not valid yet.</summary>
    NotYetValidCertificate,

    /// <summary>A CBC record with a block of padding more than it needs.</summary>
    ExtraPadding,

    /// <summary>The server says that it could have spoken a newer version (RFC 8446, Section 4.1.3).</summary>
    DowngradeSentinel,
}
