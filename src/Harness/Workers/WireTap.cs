namespace TlsInterop.Harness.Workers;

/// <summary>What a worker saw of a connection below TLS, where nothing captures it.</summary>
/// <param name="Local">Address and port of this end.</param>
/// <param name="Remote">Address and port of the other.</param>
/// <param name="Pieces">What was written and read, in order.</param>
public sealed record WireTap(string Local, string Remote, IReadOnlyList<TappedPiece> Pieces);

/// <summary>Octets that were written or read at once.</summary>
/// <param name="UnixMilliseconds">When, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="IsOfPeer">True if they were read.</param>
/// <param name="Octets">The octets; none where the peer ended.</param>
public sealed record TappedPiece(long UnixMilliseconds, bool IsOfPeer, byte[] Octets);
