using System.Text.RegularExpressions;
using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Decoding;
using TlsInterop.Tls.Decoding.ClearText;

namespace TlsInterop.Harness.Scenarios;

/// <summary>What the wire shows of a dialogue of mail that turns to TLS, or does not.</summary>
internal static partial class MailDialogue
{
    /// <summary>What the client says in clear text: <c>none</c>, <c>commands</c> or <c>password</c>.</summary>
    public static string ClearText(DecodedConnection connection)
    {
        var said = connection.Events.OfType<ClearTextEvent>()
            .Where(item => item.Direction == Direction.ClientToServer && item.Meaning != ClearTextMeaning.NoText)
            .Select(item => item.Line).ToArray();
        return said.Any(LogsIn().IsMatch) ? "password"
            : said.All(LeadsToTlsOrAway().IsMatch) ? "none"
            : "commands";
    }

    /// <summary>
    /// Lines of the client under TLS before the server's first: <c>none</c>, <c>one</c> or <c>more</c>.
    /// </summary>
    public static string Unanswered(DecodedConnection connection)
    {
        var lines = connection.Events.OfType<ApplicationDataEvent>()
            .TakeWhile(item => item.Direction == Direction.ClientToServer)
            .Sum(item => item.Content.Span.Count((byte)'\n'));
        return lines switch { 0 => "none", 1 => "one", _ => "more" };
    }

    // SMTP: RFC 5321, Section 4.1.1, and RFC 3207. POP3: RFC 1939, RFC 2449 and RFC 2595. IMAP has a tag before each
    // command: RFC 9051, Sections 6.1 and 6.2, and RFC 2971.
    [GeneratedRegex(@"^(EHLO|HELO|STARTTLS|RSET|QUIT|CAPA|STLS|\S+ (CAPABILITY|STARTTLS|ID|LOGOUT))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LeadsToTlsOrAway();

    // SMTP: RFC 4954, Section 4. POP3: RFC 1939, Section 7, and RFC 5034.
    [GeneratedRegex(@"^(AUTH|USER|PASS|APOP|\S+ (LOGIN|AUTHENTICATE))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LogsIn();
}
