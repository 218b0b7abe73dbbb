namespace TlsInterop.Harness.Reports.Html;

/// <summary>Cells that were left out for one reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record SkipView(string Reason, int Count);
