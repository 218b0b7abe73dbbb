using TlsInterop.Tls.Tests.Verification.Certificates;
using TlsInterop.Tls.Tests.Verification.Endings;
using TlsInterop.Tls.Tests.Verification.Hellos;
using TlsInterop.Tls.Tests.Verification.Keys;
using TlsInterop.Tls.Tests.Verification.Order;
using TlsInterop.Tls.Tests.Verification.Proofs;
using TlsInterop.Tls.Tests.Verification.Records;
using TlsInterop.Tls.Tests.Verification.Resumption;
using TlsInterop.Tls.Tests.Verification.Transport;

namespace TlsInterop.Tls.Tests.Verification;

/// <summary>Every case of every rule. A new rule brings its rows in the table of its subject.</summary>
internal static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        .. ProofCases.Rows,
        .. RecordCases.Rows,
        .. StructureCases.Rows,
        .. RecordLengthCases.Rows,
        .. ChangeCipherSpecCases.Rows,
        .. HeartbeatCases.Rows,
        .. ProtectionCases.Rows,
        .. CipherCases.Rows,
        .. KeyExchangeCases.Rows,
        .. CertificateCases.Rows,
        .. CertificateChainCases.Rows,
        .. CertificateStrengthCases.Rows,
        .. AlertCases.Rows,
        .. AlertCauseCases.Rows,
        .. ClosingCases.Rows,
        .. NegotiationCases.Rows,
        .. ExtensionCases.Rows,
        .. ServerChoiceCases.Rows,
        .. HelloFormCases.Rows,
        .. SslV2Cases.Rows,
        .. DowngradeCases.Rows,
        .. ClientHelloCases.Rows,
        .. KeyShareCases.Rows,
        .. ExtensionPlaceCases.Rows,
        .. ExtensionAnswerCases.Rows,
        .. ExtensionContentCases.Rows,
        .. HelloRetryCases.Rows,
        .. PreSharedKeyCases.Rows,
        .. EarlyDataCases.Rows,
        .. ResumptionCases.Rows,
        .. RenegotiationCases.Rows,
        .. MessagePresenceCases.Rows,
        .. ClientCertificateCases.Rows,
        .. OrderCases.Rows,
        .. ClearTextCases.Rows,
        .. TransportCases.Rows,
    ];
}
