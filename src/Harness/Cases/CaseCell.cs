using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Cases;

/// <summary>One cell of a case, and what is to come of it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Shows">What it shows, in a sentence.</param>
/// <param name="Verdict">How it ends.</param>
/// <param name="Signature">What the failure looks like; null for a cell that passes.</param>
/// <param name="Diagnosis">The cause that is to be named: the id of a rule; null if none is.</param>
/// <param name="Line">Line of the file where it stands.</param>
public sealed record CaseCell(
    Cell Cell, string Shows, Verdict Verdict, FailureSignature? Signature, string? Diagnosis, int Line)
{
    /// <summary>Says so if another cause is named than this cell is to show; else null.</summary>
    public string? OtherThan(CellDiagnosis? named) => Diagnosis is null || named?.Cause == Diagnosis
        ? null
        : $"Expected the diagnosis '{Diagnosis}', as its case has it. Got: "
            + (named is null ? "none" : $"'{named.Cause}'");
}
