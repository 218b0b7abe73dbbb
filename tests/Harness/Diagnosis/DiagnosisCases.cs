namespace TlsInterop.Harness.Tests.Diagnosis;

/// <summary>Every case of every rule. A new rule brings its rows in the table of its topic.</summary>
internal static class DiagnosisCases
{
    public static IReadOnlyList<DiagnosisCase> All { get; } =
    [
        .. CertificateCases.Rows,
        .. NegotiationCases.Rows,
        .. IntoleranceCases.Rows,
        .. RecordCases.Rows,
        .. ResumptionCases.Rows,
        .. StartTlsCases.Rows,
        .. ClosingCases.Rows,
        .. ProvenCases.Rows,
        .. ReviewedCases.Rows,
    ];
}
