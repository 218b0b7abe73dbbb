namespace TlsInterop.Harness.Workers;

/// <summary>The configuration of a process whose OpenSSL shall offer everything it was built with.</summary>
/// <remarks>
/// OpenSSL, config(5), "SSL Configuration"; it is named by the environment variable <see cref="Variable"/>.
/// </remarks>
public static class OpenSslConfiguration
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "OPENSSL_CONF";

    /// <summary>The file's text.</summary>
    /// <param name="groups">The groups to offer in OpenSSL's form (<c>X25519:P-256</c>), or null for its own
    /// choice.</param>
    /// <param name="suite">The one suite, by OpenSSL's name, or null for all.</param>
    public static string Text(string? groups, string? suite = null) =>
        $"""
        openssl_conf = everything
        [everything]
        ssl_conf = modules
        [modules]
        system_default = tls
        [tls]
        CipherString = {(suite is null || IsOfTls13(suite) ? "ALL" : suite)}:@SECLEVEL=0
        MinProtocol = TLSv1
        {(suite is null || !IsOfTls13(suite) ? "" : $"Ciphersuites = {suite}")}
        {(groups is null ? "" : $"Groups = {groups}")}

        """;

    /// <summary>Writes the file into a folder, one for each choice of groups, and returns its path.</summary>
    public static string Write(string folder, string? groups = null, string? suite = null)
    {
        var path = Path.Combine(folder, groups is null ? "openssl.cnf" : $"openssl-{groups.Replace(':', '+')}.cnf");
        File.WriteAllText(path, Text(groups, suite));
        return path;
    }

    // OpenSSL has these under their full names, and the older ones under names of its own: openssl-ciphers(1).
    private static bool IsOfTls13(string suite) => suite.StartsWith("TLS_", StringComparison.Ordinal);
}
