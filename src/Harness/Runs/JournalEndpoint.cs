namespace TlsInterop.Harness.Runs;

/// <summary>An endpoint as it was when a run used it.</summary>
/// <param name="Name">Its name in cell ids: <c>exim@bookworm</c>.</param>
/// <param name="Version">What its stack says of itself; null if it could not be asked.</param>
/// <param name="Digest">
/// What its image, or the worker that serves it, and its folder in <c>containers/</c> hash to; null if it is a stack of
/// the machine, of which nothing is known.
/// </param>
public sealed record JournalEndpoint(string Name, string? Version = null, string? Digest = null);
