using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Every protocol that is known to come before TLS, recognised by what is said and never by a port.</summary>
internal static class ClearTextProtocols
{
    /// <summary>The rows; the first one that fits is believed.</summary>
    public static readonly ClearTextProtocol[] All =
    [
        new("PROXY protocol", "The PROXY protocol, Versions 1 and 2 (haproxy.org)", _ => new ProxyHeaderReader())
        {
            FirstOctets = ProxyHeaderReader.Begins,
        },
        new("SOCKS 4", "SOCKS 4 and 4A (openssh.com/txt)", _ => new Socks4Reader())
        {
            FirstOctets = Socks4Reader.Begins,
        },
        new("SOCKS 5", "RFC 1928; RFC 1929", _ => new Socks5Reader()) { FirstOctets = Socks5Reader.Begins },
        new("PostgreSQL", "PostgreSQL Documentation, Message Flow: SSL Session Encryption", _ => new PostgreSqlReader())
        {
            FirstOctets = PostgreSqlReader.Begins,
        },
        new("MySQL", "MySQL Source Code Documentation, Connection Phase", _ => new MySqlReader())
        {
            FirstOctets = MySqlReader.Begins,
        },
        new("RDP", "[MS-RDPBCGR], Sections 2.2.1.1 and 2.2.1.2; RFC 1006", _ => new RdpReader())
        {
            FirstOctets = RdpReader.Begins,
        },
        new("LDAP", "RFC 4511, Section 4.14", _ => new LdapReader()) { FirstOctets = LdapReader.Begins },
        new("XMPP", "RFC 6120, Section 5", _ => new StanzaReader()) { FirstOctets = StanzaReader.Begins },
        new("HTTP CONNECT", "RFC 9110, Section 9.3.6", _ => new HttpReader())
        {
            ClientSigns = LinePattern.All("CONNECT ? HTTP/*"), HasContent = true,
        },
        new("HTTP", "RFC 9112; RFC 2817", _ => new HttpReader())
        {
            ClientSigns = LinePattern.All("? ? HTTP/*"), ServerSigns = LinePattern.All("HTTP/1*"), HasContent = true,
        },
        Lines(
            "LMTP", "RFC 2033; RFC 3207", StartTlsLines.Digits("220", "STARTTLS"),
            client: ["LHLO"], server: ["220* ~LMTP"], refines: "SMTP"),
        Lines("SMTP", "RFC 3207", StartTlsLines.Digits("220", "STARTTLS"), ["EHLO", "HELO"], ["220* ~SMTP"]),
        Lines(
            "FTP", "RFC 4217", StartTlsLines.Digits("234", "AUTH TLS", "AUTH TLS-C", "AUTH TLS-P", "AUTH SSL"),
            ["AUTH TLS", "AUTH TLS-C", "AUTH TLS-P", "AUTH SSL", "FEAT"], ["220* ~FTP", "331 ~password"]),
        Lines(
            "NNTP", "RFC 4642", StartTlsLines.Digits("382", "STARTTLS"),
            ["CAPABILITIES", "MODE READER", "LIST EXTENSIONS"], ["200", "201"]),
        Lines(
            "IMAP", "RFC 9051, Section 6.2.1", Words("? STARTTLS", ["# OK"], ["# NO", "# BAD"], "? LOGOUT"),
            ["? CAPABILITY", "? STARTTLS", "? LOGIN", "? AUTHENTICATE", "? ID"], ["* OK", "* PREAUTH", "* BYE"]),
        Lines("POP3", "RFC 2595, Section 4", Words("STLS", ["+OK"], ["-ERR"], "QUIT"), ["STLS", "CAPA", "APOP"],
            ["+OK", "-ERR"]),
        Lines(
            "ManageSieve", "RFC 5804, Section 2.2", Words("STARTTLS", ["OK"], ["NO", "BYE"], "LOGOUT"),
            [], ["\"IMPLEMENTATION\"", "\"SIEVE\"", "\"STARTTLS\"", "\"SASL\""]),
        Lines(
            "IRC", "RFC 2812; IRCv3, tls Extension",
            Words("STARTTLS", ["? 670", "670"], ["? 691", "691", "? 421", "421"], "QUIT"),
            ["CAP LS", "CAP REQ", "NICK"], ["NOTICE AUTH", "? NOTICE", "? CAP"]),
        Lines("SSH", "RFC 4253, Section 4.2", StartTlsLines.None, ["SSH-2.0-*"], ["SSH-2.0-*", "SSH-1.99-*"]),
    ];

    /// <summary>The row that the first octets of an end tell.</summary>
    /// <param name="direction">Whose octets.</param>
    /// <param name="bytes">The octets.</param>
    /// <param name="mayBe">True if a row could tell with more of them.</param>
    public static ClearTextProtocol? ByFirstOctets(Direction direction, ReadOnlySpan<byte> bytes, out bool mayBe)
    {
        mayBe = false;
        foreach (var row in All)
        {
            var answer = row.FirstOctets is { } test ? test(direction, bytes) : false;
            if (answer == true) return row;
            mayBe |= answer is null;
        }
        return null;
    }

    /// <summary>The row that a line tells.</summary>
    /// <param name="direction">Whose line.</param>
    /// <param name="line">The line.</param>
    /// <param name="known">What it is taken for so far: only a row that refines it is considered then.</param>
    public static ClearTextProtocol? ByLine(Direction direction, ReadOnlySpan<byte> line, ClearTextProtocol? known)
    {
        foreach (var row in All)
        {
            if ((known is null || row.Refines == known.Name) && row.HasSign(direction, line)) return row;
        }
        return null;
    }

    private static ClearTextProtocol Lines(
        string name, string source, StartTlsLines lines, string[] client, string[] server, string? refines = null) =>
        new(name, source, mask => new LineReader(lines, mask))
        {
            ClientSigns = LinePattern.All(client),
            ServerSigns = LinePattern.All(server),
            Refines = refines,
        };

    private static StartTlsLines Words(string request, string[] goAhead, string[] refusal, string goodbye) => new(
        LinePattern.All(request), LinePattern.All(goAhead), LinePattern.All(refusal), LinePattern.All(goodbye));
}
