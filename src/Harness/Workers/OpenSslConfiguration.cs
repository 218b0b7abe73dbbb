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
    public static string Text(string? groups) =>
        $"""
        openssl_conf = everything
        [everything]
        ssl_conf = modules
        [modules]
        system_default = tls
        [tls]
        CipherString = ALL:@SECLEVEL=0
        MinProtocol = TLSv1
        {(groups is null ? "" : $"Groups = {groups}\n")}
        """;

    /// <summary>Writes the file into a folder, one for each choice of groups, and returns its path.</summary>
    public static string Write(string folder, string? groups = null)
    {
        var path = Path.Combine(folder, groups is null ? "openssl.cnf" : $"openssl-{groups.Replace(':', '+')}.cnf");
        File.WriteAllText(path, Text(groups));
        return path;
    }
}
