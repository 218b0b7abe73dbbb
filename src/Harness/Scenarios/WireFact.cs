using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Extensions;
using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Scenarios;

/// <summary>Something that the wire shows of a connection and that a scenario may demand.</summary>
/// <param name="Name">Name in <c>scenarios.yaml</c>.</param>
/// <param name="Meaning">What it is and what it can be, with its source.</param>
/// <param name="Of">What it is of a connection; <c>none</c> if there is nothing.</param>
public sealed record WireFact(string Name, string Meaning, Func<DecodedConnection, string> Of)
{
    private const string None = "none";

    /// <summary>True for what only whoever refuses has to show.</summary>
    public bool IsOfRefusal { get; private init; }

    public static readonly IReadOnlyList<WireFact> All =
    [
        new("alpn", "the application protocol that the server chose, or none (RFC 7301, Section 3.1)",
            connection => connection.Facts.Alpn ?? None),
        new("sni", "the host name in the client's server_name, or none (RFC 6066, Section 3)",
            connection => connection.Facts.ServerName ?? None),
        new("session", "how an earlier session goes on: none, id (RFC 5246, Section 7.4.1.2), ticket (RFC 5077, "
            + "Section 3.1) or psk (RFC 8446, Section 2.2)", Session),
        new("offers-session", "what the client offers to go on with: none, id, ticket or psk, likewise", OffersSession),
        new("hello-retry-request", "whether the server asked for another share: yes or no (RFC 8446, Section 4.1.4)",
            connection => connection.Facts.HasHelloRetryRequest ? "yes" : "no"),
        new("client-certificate", "not-asked, none if the client has none, or sent (RFC 8446, Section 4.4.2.4)",
            ClientCertificate),
        new("stapled", "whether the server sent an OCSP response: yes or no (RFC 6066, Section 8)",
            connection => connection.Messages.Any(IsStapled) ? "yes" : "no"),
        new("early-data", "none, accepted or refused (RFC 8446, Section 4.2.10)", EarlyData),
        new("key-updates", "who sent a KeyUpdate: none, client, server or both (RFC 8446, Section 4.6.3)", KeyUpdates),
        new("renegotiation", "none, refused by a no_renegotiation alert, begun or complete (RFC 5246, Sections 7.2.2 "
            + "and 7.4.1.1)", Renegotiation),
        new("client-closes", "what the client ends its side with: close_notify, fatal alert, fin, reset or none "
            + "(RFC 8446, Section 6.1)", connection => Closes(connection, Direction.ClientToServer)),
        new("server-closes", "what the server ends its side with, likewise",
            connection => Closes(connection, Direction.ServerToClient)),
        new("clear-text", "what a client says without TLS that does not lead to it or away: none, commands or a "
            + "password (RFC 3207, Section 6)", MailDialogue.ClearText),
        new("unanswered", "how many lines the client says under TLS before the server's first word there: none, one or "
            + "more", MailDialogue.Unanswered),
        new("speaks-first", "who says the first word under TLS: client, server or none", SpeaksFirst),
        new("alert", "the fatal alert of whoever refuses, or none; of no other is it asked (RFC 8446, Section 6.2)",
            connection => connection.Facts.FirstFatalAlert?.Alert.Description.ToString() ?? None)
        {
            IsOfRefusal = true,
        },
    ];

    /// <summary>The fact of a name, or null.</summary>
    public static WireFact? Find(string name) => All.FirstOrDefault(fact => fact.Name == name);

    private static string SpeaksFirst(DecodedConnection connection) =>
        connection.Events.OfType<ApplicationDataEvent>().FirstOrDefault()?.Direction switch
        {
            Direction.ClientToServer => "client",
            Direction.ServerToClient => "server",
            _ => None,
        };

    private static string ClientCertificate(DecodedConnection connection)
    {
        var sent = connection.Messages.LastOrDefault(message => message.Direction == Direction.ClientToServer
            && message.Message.Body is (Certificate or CompressedCertificate));
        if (sent is not null) return Certificate.In(sent.Message.Body) is { Entries.Count: > 0 } ? "sent" : None;
        return connection.Messages.Any(message => message.Message.Type == HandshakeType.CertificateRequest)
            ? None
            : "not-asked";
    }

    // RFC 8446, Section 4.4.2.1: in TLS 1.3 it is an extension of the certificate.
    private static bool IsStapled(HandshakeEvent message) =>
        message.Message.Type == HandshakeType.CertificateStatus
        || (message.Direction == Direction.ServerToClient && Certificate.In(message.Message.Body) is { } certificate
            && certificate.Entries.Any(entry => entry.Extensions.Has(ExtensionType.StatusRequest)));

    private static string EarlyData(DecodedConnection connection)
    {
        static bool Has(HandshakeEvent message) => message.Message.Body.Extensions.Has(ExtensionType.EarlyData);
        if (!connection.Messages.Any(message => message.Message.Body is ClientHello && Has(message))) return None;
        return connection.Messages.Any(message => message.Message.Body is EncryptedExtensions && Has(message))
            ? "accepted"
            : "refused";
    }

    private static string KeyUpdates(DecodedConnection connection)
    {
        var senders = connection.Messages.Where(message => message.Message.Type == HandshakeType.KeyUpdate)
            .Select(message => message.Direction).Distinct().ToArray();
        return senders switch
        {
            [] => None,
            [Direction.ClientToServer] => "client",
            [Direction.ServerToClient] => "server",
            _ => "both",
        };
    }

    private static string Renegotiation(DecodedConnection connection)
    {
        var second = connection.Messages.Where(message => message.Handshake == 1).ToArray();
        var isAsked = connection.Messages.Any(message => message.Message.Type == HandshakeType.HelloRequest);
        if (second.Length == 0 && !isAsked) return None;
        if (second.Count(message => message.Message.Type == HandshakeType.Finished) == 2) return "complete";
        return connection.Events.OfType<AlertEvent>()
            .Any(item => item.Alert.Description == AlertDescription.NoRenegotiation) ? "refused" : "begun";
    }

    private static string Closes(DecodedConnection connection, Direction direction) =>
        connection.Events.Where(item => item.Direction == direction)
            .Select(item => item switch
            {
                AlertEvent { Alert: { IsFatal: false } alert } when alert.Description == AlertDescription.CloseNotify =>
                    "close_notify",
                AlertEvent { Alert.IsFatal: true } => "fatal alert",
                EndEvent { End: ConnectionEnd.Fin } => "fin",
                EndEvent => "reset",
                _ => null,
            })
            .OfType<string>().FirstOrDefault(None);

    // RFC 5077, Section 3.4: an id beside a ticket is made up. RFC 8446, Appendix D.4: so is any in TLS 1.3.
    private static string OffersSession(DecodedConnection connection) => connection.Facts.ClientHello switch
    {
        null => None,
        { } hello when hello.Extensions.Has(ExtensionType.PreSharedKey) => "psk",
        { } hello when hello.Extensions.Find<SessionTicketExtension>() is { Ticket.IsEmpty: false } => "ticket",
        { } hello when !hello.SessionId.IsEmpty && !hello.OfferedVersions.Any(version => version.IsTls13) => "id",
        _ => None,
    };

    private static string Session(DecodedConnection connection) => connection.Facts switch
    {
        // One of no age may be a session's just as well: Go 1.15 hides the age by adding nothing to it.
        { IsResumed: false, IsByPreSharedKey: false } => None,
        { Version: { IsTls13: true } } => "psk",
        // A client that offers both an id and a ticket may make the id up: RFC 5077, Section 3.4.
        { ClientHello: { } hello } when hello.Extensions.Find<SessionTicketExtension>() is { Ticket.IsEmpty: false } =>
            "ticket",
        _ => "id",
    };
}
