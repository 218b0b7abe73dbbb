namespace TlsInterop.Harness.Import;

/// <summary>Something that the client did for certain, though not why.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="With">How a reaction of a profile would say it: an alert's name, or <c>close</c>.</param>
/// <param name="Triggers">
/// Names of the <see cref="Tls.Scripted.Profiles.Triggers"/> that could be the reason.
/// </param>
public sealed record ImportedFinding(string Text, string With, IReadOnlyList<string> Triggers);
