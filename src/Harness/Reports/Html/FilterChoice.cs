namespace TlsInterop.Harness.Reports.Html;

/// <summary>Something by which cells can be chosen.</summary>
/// <param name="Name">Its name in addresses.</param>
/// <param name="Title">Its name for a person.</param>
/// <param name="Values">What there is to choose, each with its word.</param>
public sealed record FilterChoice(string Name, string Title, IReadOnlyList<(string Value, string Word)> Values);
