namespace TlsInterop.Harness.Cases;

/// <summary>A text of the report, and what is to be said of it.</summary>
/// <param name="File">The file, relative to the case's folder.</param>
/// <param name="Beside">The id of the cell beside whose capture it is read.</param>
/// <param name="Diagnosis">What is to be said: the id of a rule.</param>
public sealed record CaseText(string File, string Beside, string Diagnosis);
