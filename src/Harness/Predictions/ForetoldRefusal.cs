using TlsInterop.Harness.Scenarios;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Predictions;

/// <summary>Why a handshake can't succeed, and who ends it.</summary>
/// <param name="By">Who refuses: one of <see cref="Outcome"/>.</param>
/// <param name="Lack">What is not there, behind the word "no".</param>
/// <param name="Alerts">The alerts that say so, the usual one first.</param>
/// <param name="Source">Where that is written.</param>
public sealed record ForetoldRefusal(string By, string Lack, IReadOnlyList<AlertDescription> Alerts, string Source)
{
    // RFC 8446, Section 4.1.1, allows the one or the other; so does RFC 5246, Section 7.2.2.
    private static readonly AlertDescription[] Failures =
        [AlertDescription.HandshakeFailure, new AlertDescription(71)];

    public static readonly ForetoldRefusal Version =
        new(
            Outcome.ServerRefuses, "version in common", [AlertDescription.ProtocolVersion],
            "RFC 8446, Section 4.2.1; RFC 5246, Appendix E.1");

    public static readonly ForetoldRefusal Suite =
        new(
            Outcome.ServerRefuses, "cipher suite in common", Failures,
            "RFC 8446, Section 4.1.1; RFC 5246, Section 7.4.1.3");

    public static readonly ForetoldRefusal Group =
        new(Outcome.ServerRefuses, "group in common", Failures, "RFC 8446, Section 4.1.1");

    public static readonly ForetoldRefusal Scheme =
        new(Outcome.ServerRefuses, "signature scheme in common", Failures, "RFC 8446, Section 4.1.1");

    /// <summary>A hello of TLS 1.3 that leaves out what one without a pre-shared key must have.</summary>
    public static readonly ForetoldRefusal Extension =
        new(
            Outcome.ServerRefuses, "supported_groups, key_share or signature_algorithms",
            [AlertDescription.MissingExtension], "RFC 8446, Section 9.2");

    /// <summary>A server that can't do anything with what it has: none of a hundred suites suits its key.</summary>
    public static readonly ForetoldRefusal Anything =
        new(Outcome.ServerRefuses, "suite for its key", Failures, "RFC 5246, Section 7.4.1.3");

    /// <summary>An older server knows nothing of supported_versions, and answers with what it has.</summary>
    public static readonly ForetoldRefusal OldVersion =
        new(Outcome.ClientRefuses, "version in common", [AlertDescription.ProtocolVersion], "RFC 8446, Appendix D.1");

    public override string ToString() =>
        $"no {Lack}: the {(By == Outcome.ServerRefuses ? "server" : "client")} refuses with {Alerts[0]}";
}
