namespace TlsInterop.Harness.Cases;

/// <summary>A reproducer made from a bug report: a folder of <c>tests/Interop/Cases</c>.</summary>
/// <param name="Id">Name of the folder.</param>
/// <param name="Folder">The folder.</param>
/// <param name="Title">What was reported, in a sentence.</param>
/// <param name="Links">Where.</param>
/// <param name="Cells">What is run for it.</param>
/// <param name="Texts">What came with the report.</param>
public sealed record ReportedCase(
    string Id, string Folder, string Title, IReadOnlyList<Uri> Links, IReadOnlyList<CaseCell> Cells,
    IReadOnlyList<CaseText> Texts)
{
    /// <summary>Its profile of the scripted client, a version of that endpoint; it need not be there.</summary>
    public string ProfileFile => Path.Combine(Folder, CaseFile.ProfileName);
}
