namespace TlsInterop.Harness.Workers;

/// <summary>What a worker saw of a connection below TLS, where nothing captures it.</summary>
/// <param name="Local">Address and port of this end.</param>
/// <param name="Remote">Address and port of the other.</param>
/// <param name="Pieces">What was written and read, in order.</param>
public sealed record WireTap(string Local, string Remote, IReadOnlyList<TappedPiece> Pieces);
