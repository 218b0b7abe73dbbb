using TlsInterop.Harness.Diagnosis.Certificates;

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
        .. ClientCertificateRules.Rows,
    ];
}
