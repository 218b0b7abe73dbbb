namespace TlsInterop.Harness.Serve.Page;

/// <summary>A way in which configurations fail.</summary>
/// <param name="Anchor">Its place on the page.</param>
/// <param name="Got">How it ends.</param>
/// <param name="Cause">The likeliest cause, and how sure it is; null where nobody knows.</param>
/// <param name="Remedies">What to do about it, and at which end.</param>
/// <param name="Configurations">With which configurations.</param>
/// <param name="Evidence">Where the capture of the first one lies; null if there is none.</param>
public sealed record FailureView(
    string Anchor, string Got, string? Cause, IReadOnlyList<(string End, string Remedy)> Remedies,
    IReadOnlyList<string> Configurations, string? Evidence);
