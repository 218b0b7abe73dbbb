namespace TlsInterop.Tls.Secrets;

/// <summary>The labels of the key log format.</summary>
/// <remarks>RFC 9850, Sections 2.1 and 2.2.</remarks>
public static class SecretLabels
{
    /// <summary>The master secret of a TLS 1.0 to 1.2 session, 48 octets.</summary>
    public const string ClientRandom = "CLIENT_RANDOM";

    public const string ClientEarlyTrafficSecret = "CLIENT_EARLY_TRAFFIC_SECRET";
    public const string EarlyExporterSecret = "EARLY_EXPORTER_SECRET";
    public const string ClientHandshakeTrafficSecret = "CLIENT_HANDSHAKE_TRAFFIC_SECRET";
    public const string ServerHandshakeTrafficSecret = "SERVER_HANDSHAKE_TRAFFIC_SECRET";
    public const string ClientTrafficSecret0 = "CLIENT_TRAFFIC_SECRET_0";
    public const string ServerTrafficSecret0 = "SERVER_TRAFFIC_SECRET_0";
    public const string ExporterSecret = "EXPORTER_SECRET";
}
