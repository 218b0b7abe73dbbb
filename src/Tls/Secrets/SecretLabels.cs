namespace TlsInterop.Tls.Secrets;

/// <summary>The labels of the key log format.</summary>
/// <remarks>RFC 9850, Sections 2.1 to 2.3; the last three are older habits of NSS and OpenSSL.</remarks>
public static class SecretLabels
{
    /// <summary>The master secret of a TLS 1.0 to 1.2 session, 48 octets.</summary>
    public const string ClientRandom = "CLIENT_RANDOM";

    public const string ClientEarlyTrafficSecret = "CLIENT_EARLY_TRAFFIC_SECRET";
    public const string ClientHandshakeTrafficSecret = "CLIENT_HANDSHAKE_TRAFFIC_SECRET";
    public const string ServerHandshakeTrafficSecret = "SERVER_HANDSHAKE_TRAFFIC_SECRET";
    public const string ClientTrafficSecret0 = "CLIENT_TRAFFIC_SECRET_0";
    public const string ServerTrafficSecret0 = "SERVER_TRAFFIC_SECRET_0";
    public const string ExporterSecret = "EXPORTER_SECRET";

    /// <summary>
    /// The configuration that an encrypted ClientHello was made for; it is kept, nothing here uses it.
    /// </summary>
    public const string EchConfig = "ECH_CONFIG";

    /// <summary>The premaster secret of any key exchange up to TLS 1.2, found by client random.</summary>
    public const string PremasterSecret = "PMS_CLIENT_RANDOM";

    /// <summary>
    /// The premaster secret of RSA key exchange, found by the first 8 octets of it as the client encrypted it.
    /// </summary>
    public const string EncryptedPremasterSecret = "RSA";

    /// <summary>A master secret, found by session id: <c>RSA Session-ID:... Master-Key:...</c>.</summary>
    public const string SessionId = "RSA Session-ID";

    /// <summary>
    /// True for a label under which OpenSSL writes one secret after the other, behind each KeyUpdate:
    /// <c>CLIENT_TRAFFIC_SECRET_N</c>. Nothing here uses them: each follows from the one before it.
    /// </summary>
    public static bool HasMany(string label) => label.EndsWith("_TRAFFIC_SECRET_N", StringComparison.Ordinal);
}
