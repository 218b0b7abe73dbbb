namespace TlsInterop.Tls.Secrets;

/// <summary>
/// What there is to open connections with: the lines of a key log, the RSA private keys of servers, and the sessions
/// that were opened before and may be resumed. One for all connections of a capture; for any thread.
/// </summary>
/// <remarks>
/// A session can be resumed only by what was decoded before it: decode connections in the order in which they began.
/// </remarks>
public sealed class SessionSecrets
{
    private readonly ServerKeys _serverKeys;

    /// <summary>Gathers it.</summary>
    /// <param name="keyLog">
    /// The lines; null for none. Master secrets that are worked out are kept there, so that it also serves to verify.
    /// </param>
    /// <param name="rsaKeys">The private keys; null for none.</param>
    /// <param name="mostSessions">The most session ids and tickets to remember.</param>
    public SessionSecrets(
        KeyLog? keyLog = null, RsaPrivateKeys? rsaKeys = null, int mostSessions = KeyLog.DefaultCapacity)
    {
        KeyLog = keyLog ?? new KeyLog();
        RsaKeys = rsaKeys ?? new RsaPrivateKeys();
        Sessions = new RecentById<byte[]>(mostSessions);
        _serverKeys = new ServerKeys(RsaKeys);
    }

    /// <summary>The lines, and what was worked out.</summary>
    public KeyLog KeyLog { get; }

    /// <summary>The private keys.</summary>
    public RsaPrivateKeys RsaKeys { get; }

    /// <summary>True if there is nothing to open a connection with.</summary>
    internal bool IsEmpty => KeyLog.SessionCount == 0 && RsaKeys.Count == 0;

    /// <summary>
    /// The public keys that servers showed, at most a thousand; empty while there are no private keys to compare with.
    /// If none of them <see cref="SeenServerKey.HasPrivateKey"/>, the private keys belong to other servers.
    /// </summary>
    public IReadOnlyList<SeenServerKey> ServerKeys => _serverKeys.Seen;

    /// <summary>Master secrets by session id and by ticket (RFC 5077).</summary>
    internal RecentById<byte[]> Sessions { get; }

    /// <summary>
    /// The private key for a server's certificate, or null. The handshake counts in <see cref="ServerKeys"/>.
    /// </summary>
    internal RsaPrivateKey? KeyFor(ReadOnlySpan<byte> certificate, bool isRsaKeyExchange) =>
        RsaKeys.Count == 0 ? null : _serverKeys.Meet(certificate, isRsaKeyExchange);
}
