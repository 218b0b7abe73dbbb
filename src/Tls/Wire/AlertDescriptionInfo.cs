namespace TlsInterop.Tls.Wire;

/// <summary>One row of the registry of alerts: what each stack's log calls it. JSSE uses the registered name.</summary>
/// <param name="Code">Code point.</param>
/// <param name="Name">Registered name.</param>
/// <param name="OpenSsl">
/// OpenSSL's words, as <c>s_client -msg</c> and <c>SSL_alert_desc_string_long</c> have them; null if it has none.
/// </param>
/// <param name="GnuTls">GnuTLS' words, as <c>gnutls-cli</c> prints them; null if it has none.</param>
/// <param name="Nss">The error that NSS reports when it receives the alert; null if it has none of its own.</param>
public sealed record AlertDescriptionInfo(byte Code, string Name, string? OpenSsl, string? GnuTls, string? Nss);
