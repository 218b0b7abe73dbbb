using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>Why a handshake can't succeed, and who ends it.</summary>
/// <param name="By">Who refuses: one of <see cref="Outcome"/>.</param>
/// <param name="Lack">What the two have not in common.</param>
/// <param name="Alerts">The alerts that say so, the usual one first.</param>
/// <param name="Source">Where that is written.</param>
public sealed record ForetoldRefusal(string By, string Lack, IReadOnlyList<AlertDescription> Alerts, string Source)
{
    // RFC 8446, Section 4.1.1, allows the one or the other; so does RFC 5246, Section 7.2.2.
    private static readonly AlertDescription[] Failures =
        [AlertDescription.HandshakeFailure, new AlertDescription(71)];

    public static readonly ForetoldRefusal Version =
        new(
            Outcome.ServerRefuses, "version", [AlertDescription.ProtocolVersion],
            "RFC 8446, Section 4.2.1; RFC 5246, Appendix E.1");

    public static readonly ForetoldRefusal Suite =
        new(
            Outcome.ServerRefuses, "cipher suite", Failures,
            "RFC 8446, Section 4.1.1; RFC 5246, Section 7.4.1.3");

    public static readonly ForetoldRefusal Group =
        new(Outcome.ServerRefuses, "group", Failures, "RFC 8446, Section 4.1.1");

    public static readonly ForetoldRefusal Scheme =
        new(Outcome.ServerRefuses, "signature scheme", Failures, "RFC 8446, Section 4.1.1");

    /// <summary>A server that can't do anything with what it has: none of a hundred suites suits its key.</summary>
    public static readonly ForetoldRefusal Anything =
        new(Outcome.ServerRefuses, "thing", Failures, "RFC 5246, Section 7.4.1.3");

    /// <summary>An older server knows nothing of supported_versions, and answers with what it has.</summary>
    public static readonly ForetoldRefusal OldVersion =
        new(Outcome.ClientRefuses, "version", [AlertDescription.ProtocolVersion], "RFC 8446, Appendix D.1");

    public override string ToString() => 
        $"no {Lack} in common: the {(By == Outcome.ServerRefuses ? "server" : "client")} refuses with {Alerts[0]}";
}
