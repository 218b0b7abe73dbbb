using Following = TlsInterop.Tls.Decoding.ClearText.SecretLine.Following;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Every form of a line that is known to hold a secret.</summary>
internal static class SecretLines
{
    private static readonly SecretLine[] All =
    [
        new(LinePattern.All("AUTH TLS", "AUTH TLS-C", "AUTH TLS-P", "AUTH SSL"), 2), // RFC 4217, Section 4
        // RFC 4954, Section 4; RFC 5034, Section 4; RFC 5804, Section 2.1; IRC has it without an RFC
        new(LinePattern.All("AUTH", "AUTHENTICATE"), 2, Following.Answers, IsMechanism: true),
        new(LinePattern.All("? AUTHENTICATE"), 3, Following.Answers, IsMechanism: true), // RFC 9051, Section 6.2.2
        new(LinePattern.All("? LOGIN"), 3, Following.Answers), // RFC 9051, Section 6.2.3
        // RFC 959, Section 4.1.1; RFC 2228, Section 3; RFC 1939, Section 7; RFC 2812, Section 3.1.1
        new(LinePattern.All("PASS", "ACCT", "ADAT", "MIC", "CONF", "ENC", "IDENTIFY", "WEBIRC"), 1),
        new(LinePattern.All("Cookie:", "Set-Cookie:", "Cookie2:", "Set-Cookie2:"), 1), // RFC 6265, Section 4; RFC 2965
        // RFC 1939, Section 7; RFC 2812, Sections 3.1.4 and 3.2.1
        new(LinePattern.All("APOP", "OPER", "JOIN", "NS IDENTIFY", "NICKSERV IDENTIFY", "CS IDENTIFY", "SITE PSWD"), 2),
        new(LinePattern.All("MODE #*"), 3), // RFC 2812, Section 3.2.3
        new(LinePattern.All("PRIVMSG", "NOTICE", "SQUERY"), 2), // RFC 2812, Section 3.3: what people say
        new(LinePattern.All(":* PRIVMSG"), 3),
        new(LinePattern.All("AUTHINFO PASS", "AUTHINFO GENERIC"), 2), // RFC 4643, Section 2.3; RFC 2980, Section 3.1.3
        new(LinePattern.All("AUTHINFO SIMPLE"), 2, Following.Secret), // RFC 2980, Section 3.1.2
        new(LinePattern.All("AUTHINFO SASL"), 3, Following.Answers, IsMechanism: true), // RFC 4643, Section 2.4
        // RFC 9110, Sections 11.6 and 11.7
        new(
            LinePattern.All(
                "Authorization:", "Proxy-Authorization:", "WWW-Authenticate:", "Proxy-Authenticate:",
                "Authentication-Info:", "Proxy-Authentication-Info:"),
            2, IsMechanism: true),
    ];

    /// <summary>The row of a line, or null.</summary>
    public static SecretLine? Of(ReadOnlySpan<byte> line)
    {
        foreach (var row in All)
        {
            if (LinePattern.Any(row.Line, line)) return row;
        }
        return null;
    }
}
