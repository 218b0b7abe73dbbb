namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// The files of an endpoint that is about to be written: what its stack says is still to be filled in.
/// </summary>
public static class EndpointTemplate
{
    // What a stack that stands on Debian's library is asked with, and the package that the answer comes from.
    private static readonly Dictionary<string, Scheme> Schemes = new()
    {
        ["openssl"] = new(
            "openssl_suites '!aNULL:!PSK:!SRP'; openssl_groups", " openssl",
            "{ tls1.0: TLSv1, tls1.1: TLSv1.1, tls1.2: TLSv1.2, tls1.3: TLSv1.3 }", "{group}"),
        ["gnutls"] = new(
            "gnutls_offers 'ANON|PSK|SRP'", " gnutls-bin",
            "{ tls1.0: +VERS-TLS1.0, tls1.1: +VERS-TLS1.1, tls1.2: +VERS-TLS1.2, tls1.3: +VERS-TLS1.3 }",
            "+GROUP-{group}"),
    };

    /// <summary>Writes <c>Dockerfile</c> and <c>endpoint.yaml</c>.</summary>
    /// <param name="folder">The endpoint's folder; it is made.</param>
    /// <param name="name">Name of the endpoint.</param>
    /// <param name="package">Debian's package of the stack.</param>
    /// <param name="scheme">How the stack names suites and groups: a row of <see cref="NamingScheme"/>.</param>
    public static void Write(string folder, string name, string package, string scheme)
    {
        var (capabilities, asked, versions, group) = Schemes.GetValueOrDefault(
            scheme, new($"exec {name} capabilities", "", "{ tls1.2: \"1.2\", tls1.3: \"1.3\" }", "{group}"));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), $$"""
            ARG BASE
            FROM ${BASE}
            RUN install-packages {{package}}{{asked}}

            """);
        File.WriteAllText(Path.Combine(folder, EndpointFile.FileName), $$"""
            description: {{name}}
            suites: [bookworm, trixie]
            names: {{scheme}}
            version: {{name}} --version
            words:
              version: {{versions}}
              suite: { "*": "{suite}" }
              group: { "*": "{{group}}" }
            capabilities: {{capabilities}}
            # What the stack says when it can't do what was asked stands in "unsupported".
            server:
              scenarios: [echo]
              process: exec {{name}} --listen $HOST:$PORT --cert $CERTIFICATE --key $KEY $VERSION $SUITE $GROUP
              key-log: keys.log
              unsupported: &unsupported no cipher match
            client:
              scenarios: [echo]
              talk: exec {{name}} --connect $HOST:$PORT --sni $SERVER_NAME --ca $CA $VERSION $SUITE $GROUP
              unsupported: *unsupported

            """);
    }

    private sealed record Scheme(string Capabilities, string Package, string Versions, string Group);
}
