namespace TlsInterop.Harness.Minimise;

/// <summary>One of the things that can be chosen otherwise.</summary>
/// <param name="Name">Its name: <c>key exchange</c>.</param>
/// <param name="Values">Its values; the first is the one of the failure.</param>
public sealed record Dimension(string Name, IReadOnlyList<string> Values);
