using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>Why a handshake can't succeed, and who ends it.</summary>
/// <param name="By">Who refuses: one of <see cref="Outcome"/>.</param>
/// <param name="Lack">What the two have not in common.</param>
/// <param name="Alert">The alert that says so.</param>
/// <param name="Source">Where that is written.</param>
public sealed record Refusal(string By, string Lack, AlertDescription Alert, string Source)
{
    public static readonly Refusal Version =
        new(
            Outcome.ServerRefuses, "version", AlertDescription.ProtocolVersion,
            "RFC 8446, Section 4.2.1; RFC 5246, Appendix E.1");

    public static readonly Refusal Suite =
        new(
            Outcome.ServerRefuses, "cipher suite", AlertDescription.HandshakeFailure,
            "RFC 8446, Section 4.1.1; RFC 5246, Section 7.4.1.3");

    public static readonly Refusal Group =
        new(Outcome.ServerRefuses, "group", AlertDescription.HandshakeFailure, "RFC 8446, Section 4.1.1");

    public static readonly Refusal Scheme =
        new(Outcome.ServerRefuses, "signature scheme", AlertDescription.HandshakeFailure, "RFC 8446, Section 4.1.1");

    /// <summary>A server that can't do anything with what it has: none of a hundred suites suits its key.</summary>
    public static readonly Refusal Anything =
        new(Outcome.ServerRefuses, "thing", AlertDescription.HandshakeFailure, "RFC 5246, Section 7.4.1.3");

    /// <summary>An older server knows nothing of supported_versions, and answers with what it has.</summary>
    public static readonly Refusal OldVersion =
        new(Outcome.ClientRefuses, "version", AlertDescription.ProtocolVersion, "RFC 8446, Appendix D.1");

    public override string ToString() => 
        $"no {Lack} in common: the {(By == Outcome.ServerRefuses ? "server" : "client")} refuses with {Alert}";
}
