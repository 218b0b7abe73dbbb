namespace TlsInterop.Harness.Import;

/// <summary>A form in which people report a connection.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Collect">How somebody gets one.</param>
/// <param name="Recognises">True for a text of this form; by its content, never by its name.</param>
/// <param name="Read">Reads its connections.</param>
internal sealed record ReportForm(
    string Name, string Collect, Predicate<ReportText> Recognises, Action<ReportText, ReportedConnections> Read);
