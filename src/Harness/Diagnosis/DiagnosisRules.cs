using TlsInterop.Harness.Diagnosis.Certificates;
using TlsInterop.Harness.Diagnosis.Closing;
using TlsInterop.Harness.Diagnosis.Intolerance;
using TlsInterop.Harness.Diagnosis.Misreadings;
using TlsInterop.Harness.Diagnosis.Negotiation;
using TlsInterop.Harness.Diagnosis.Records;
using TlsInterop.Harness.Diagnosis.Resumption;
using TlsInterop.Harness.Diagnosis.StartTls;
using TlsInterop.Harness.Diagnosis.Strength;

namespace TlsInterop.Harness.Diagnosis;

/// <summary>Every rule of the diagnosis, by topics.</summary>
public static class DiagnosisRules
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<DiagnosisRule> All { get; } =
    [
        .. ValidityRules.Rows,
        .. ChainRules.Rows,
        .. UseRules.Rows,
        .. UnseenCertificateRules.Rows,
        .. ClientCertificateRules.Rows,
        .. CommonGroundRules.Rows,
        .. ChoiceRules.Rows,
        .. NameRules.Rows,
        .. RefusedHelloRules.Rows,
        .. StrengthRules.Rows,
        .. HelloRules.Rows,
        .. RecordRules.Rows,
        .. ProofRules.Rows,
        .. MessageRules.Rows,
        .. ResumptionRules.Rows,
        .. StartTlsRules.Rows,
        .. ClearTextRules.Rows,
        .. TransportRules.Rows,
        .. PathRules.Rows,
        .. CaptureRules.Rows,
        .. ProvenRules.Rows,
    ];
}
