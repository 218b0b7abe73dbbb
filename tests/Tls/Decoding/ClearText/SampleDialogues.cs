namespace TlsInterop.Tls.Tests.Decoding.ClearText;

/// <summary>
/// One dialogue of every protocol up to TLS, written after the examples and layouts of its specification.
/// </summary>
internal static class SampleDialogues
{
    public static IReadOnlyList<SampleDialogue> All { get; } =
    [
        SampleDialogue.Of("SMTP", """
            < 220 mail.example ESMTP
            > EHLO client.example
            < 250-mail.example
            < 250 STARTTLS
            > STARTTLS
            < 220 Go ahead
            """),
        SampleDialogue.Of("LMTP", """
            < 220 mail.example ESMTP
            > LHLO client.example
            < 250 STARTTLS
            > STARTTLS
            < 220 Go ahead
            """),
        SampleDialogue.Of("IMAP", """
            < * OK IMAP4rev1 ready
            > a1 CAPABILITY
            < * CAPABILITY IMAP4rev1 STARTTLS
            < a1 OK done
            > a2 STARTTLS
            < a2 OK Begin TLS negotiation now
            """),
        SampleDialogue.Of("POP3", """
            < +OK POP3 ready
            > CAPA
            < +OK
            < STLS
            < .
            > STLS
            < +OK Begin TLS
            """),
        SampleDialogue.Of("ManageSieve", """
            < "IMPLEMENTATION" "Example"
            < "STARTTLS"
            < OK "ready"
            > STARTTLS
            < OK "Begin TLS negotiation now."
            """),
        SampleDialogue.Of("FTP", """
            < 220 Welcome
            > AUTH TLS
            < 234 Proceed
            """),
        SampleDialogue.Of("NNTP", """
            < 200 news.example ready
            > CAPABILITIES
            < 101 list
            < STARTTLS
            < .
            > STARTTLS
            < 382 Continue
            """),
        SampleDialogue.Of("IRC", """
            < :irc.example NOTICE * :*** Looking up your hostname
            > CAP LS 302
            < :irc.example CAP * LS :tls
            > STARTTLS
            < :irc.example 670 * :STARTTLS successful, proceed with TLS handshake
            """),
        SampleDialogue.Of("HTTP CONNECT", """
            > CONNECT imap.example:993 HTTP/1.1
            > Host: imap.example:993
            > 
            < HTTP/1.1 200 Connection established
            < 
            """),
        SampleDialogue.Of("HTTP", """
            > OPTIONS * HTTP/1.1
            > Upgrade: TLS/1.2
            > Connection: Upgrade
            > 
            < HTTP/1.1 101 Switching Protocols
            < Upgrade: TLS/1.2, HTTP/1.1
            < 
            """),
        SampleDialogue.Of("XMPP", """
            >= <?xml version='1.0'?>
            >= <stream:stream to='example' version='1.0' xmlns:stream='http://etherx.jabber.org/streams'>
            <= <stream:stream from='example' id='1>2' version='1.0'>
            <= <stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>
            >= <starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>
            <= <proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>
            """),
        SampleDialogue.Of("LDAP", """
            >x 301d 020101 7718 8016 312e332e362e312e342e312e313436362e3230303337
            <x 300c 020101 7807 0a0100 0400 0400
            """,
            "→ StartTLS extended request", "← StartTLS extended response: success"),
        SampleDialogue.Of("PostgreSQL", """
            >x 00000008 04d21630
            <x 4e
            >x 00000008 04d2162f
            <x 53
            """,
            "→ GSSENCRequest", "← N: unwilling to encrypt", "→ SSLRequest", "← S: willing to encrypt"),
        SampleDialogue.Of("MySQL", """
            <x 4a000000 0a 382e302e333600 0b000000 0102030405060708 00 ffff ff 0200 ffdf 15 00000000000000000000 0102030405060708090a0b0c 00 6d7973716c5f6e61746976655f70617373776f726400
            >x 20000001 05aeff19 00000001 ff 0000000000000000000000000000000000000000000000
            """,
            "← greeting 8.0.36, CLIENT_SSL", "→ SSLRequest"),
        SampleDialogue.Of("RDP", """
            >x 0300002b 26e000000000 00 436f6f6b69653a206d737473686173683d75736572310d0a 0100080003000000
            <x 03000013 0ed000001234 00 0200080002000000
            """,
            "→ RDP negotiation request: TLS, CredSSP, mstshash=user1", "← RDP negotiation response: CredSSP"),
        SampleDialogue.Of("SOCKS 4", """
            >x 0401 03e1 00000001 7573657200 696d61702e6578616d706c6500
            <x 005a 0000 00000000
            """,
            "→ connect imap.example:993, user user", "← request granted"),
        SampleDialogue.Of("SOCKS 5", """
            >x 05020002
            <x 0502
            >x 0105616c69636506736563726574
            <x 0100
            >x 05010003 0c 696d61702e6578616d706c65 03e1
            <x 05000001 0a000001 0438
            """,
            "→ methods: none, user and password", "← method: user and password", "→ user alice, password ***",
            "← authenticated", "→ connect imap.example:993", "← succeeded, bound to 10.0.0.1:1080"),
        SampleDialogue.Of("PROXY protocol", """
            >x 0d0a0d0a000d0a515549540a 2111000c c0000201 c6336401 9c40 01bb
            """,
            "→ PROXY version 2, 192.0.2.1:40000 to 198.51.100.1:443"),
    ];
}
