using TlsInterop.Harness.Endpoints;

namespace TlsInterop.Harness.Scenarios;

/// <summary>
/// Something that a scenario asks of an end, beside what every cell asks. An endpoint that has the scenario words it:
/// see <c>containers/CONTRACT.md</c>, "Words".
/// </summary>
/// <param name="Name">Name in <c>scenarios.yaml</c>.</param>
/// <param name="Roles">Who may be asked.</param>
/// <param name="Meaning">What is asked, and its values.</param>
public sealed record ScenarioParameter(string Name, IReadOnlyList<EndpointRole> Roles, string Meaning)
{
    /// <summary>
    /// The one that the harness' own clients and <c>dial</c> of <c>session.sh</c> obey by themselves.
    /// </summary>
    public const string StartTls = "starttls";

    /// <summary>The one for the application protocol.</summary>
    public const string Alpn = "alpn";

    /// <summary>The one for the name in server_name, and its value for no name.</summary>
    public const string ServerName = "sni", Absent = "absent";

    /// <summary>The one for an OCSP response.</summary>
    public const string Status = "status";

    /// <summary>
    /// The one for a session that goes on, its value for one by ticket, and that for a server that forgets it.
    /// </summary>
    public const string Resume = "resume", Ticket = "ticket", Forget = "forget";

    /// <summary>The one for a group whose share is in vain.</summary>
    public const string FirstGroup = "first-group";

    /// <summary>The one for a server that is left all its versions.</summary>
    public const string Versions = "versions";

    /// <summary>The one for which the test PKI makes a client's certificate.</summary>
    public const string ClientCertificate = "client-certificate";

    /// <summary>The one that a step of the conversation asks for.</summary>
    public const string Command = "command";

    private static readonly EndpointRole[] Server = [EndpointRole.Server], Client = [EndpointRole.Client],
        Both = [EndpointRole.Server, EndpointRole.Client];

    public static readonly IReadOnlyList<ScenarioParameter> All =
    [
        new(StartTls, Both, "the protocol that turns to TLS: smtp, imap, pop3; an attacking server has none on offer "
            + "(stripped), answers with an error (refused), greets somebody who is logged in (preauth), or adds clear "
            + "text to its answer (injected)")
        {
            OfServers = ["stripped", "refused", "preauth", "injected"], OfClients = ["smtp", "imap", "pop3"],
        },
        new("inject", Client, "a command in clear text right behind STARTTLS, which nobody is to obey: goodbye")
        {
            OfClients = ["goodbye"],
        },
        new(Alpn, Both, "the one application protocol to offer or to take (RFC 7301)"),
        new(ClientCertificate, Both, "a client's certificate: a server asks for one (asked) or takes nobody without "
            + "(required); a client has a good one (client) or one of an unknown authority (client-unknown)")
        {
            OfServers = ["asked", "required"], OfClients = ["client", "client-unknown"],
        },
        new("staple", Server, "an OCSP response (RFC 6066, Section 8) to go with its certificate: $OCSP_RESPONSE")
        {
            OfServers = ["response"],
        },
        new(Status, Client, "ask the server for an OCSP response: ocsp") { OfClients = ["ocsp"] },
        new(ServerName, Client, "what stands in server_name (RFC 6066, Section 3): absent, or another name; with "
            + "address the client is told $HOST instead of a name, and says what it likes"),
        new(Resume, Both, "how a session goes on at the next visit: id, ticket (up to TLS 1.2), psk (TLS 1.3); or "
            + "a server forgets it (forget)")
        {
            OfServers = ["id", "ticket", "psk", Forget], OfClients = ["id", "ticket", "psk"],
        },
        new(Command, Client, "what a step of the conversation will tell it to do: key-update, renegotiate")
        {
            OfClients = ["key-update", "renegotiate"],
        },
        new("early-data", Both, "early data (RFC 8446, Section 2.3): a client sends those of $SHARED/early-data, a "
            + "server accepts any, or issues tickets for them and refuses them")
        {
            OfServers = ["accept", "refuse"], OfClients = ["send"],
        },
        new("renegotiation", Server, "what a client that wants a second handshake gets: allow, refuse; or begin "
            + "one when the client says please")
        {
            OfServers = ["allow", "refuse", "begin"],
        },
        new("compatibility", Server, "the most that the stack can do for old and broken peers: GnuTLS' %COMPAT, -bugs "
            + "of s_server (most)")
        {
            OfServers = ["most"],
        },
        new("closes", Server, "how a server ends the connection behind its first answer: without a close_notify (cut)")
        {
            OfServers = ["cut"],
        },
        new(FirstGroup, Client, "a group to send a share of, in vain, before the one of the cell: secp521r1")
        {
            OfClients = ["secp521r1"],
        },
        new(Versions, Server,
            "all that it takes by itself: the harness asks it for no version, suite or group then (all)")
        {
            OfServers = ["all"],
        },
        new("first-version", Client,
            "the version of the first visit, where the cell's is that of the last: tls1.2, tls1.3")
        {
            OfClients = ["tls1.2", "tls1.3"],
        },
    ];

    /// <summary>What a server may be asked; any value if there is none.</summary>
    public IReadOnlyList<string> OfServers { get; private init; } = [];

    /// <summary>What a client may be asked; likewise.</summary>
    public IReadOnlyList<string> OfClients { get; private init; } = [];

    /// <summary>Its variable in an endpoint's words.</summary>
    public string Variable => Name.Replace('-', '_');

    /// <summary>The parameter of a name, or null.</summary>
    public static ScenarioParameter? Find(string name) => All.FirstOrDefault(parameter => parameter.Name == name);
}
