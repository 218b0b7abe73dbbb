namespace TlsInterop.Harness.Workers;

/// <summary>What is spoken in clear text before TLS, and no more than that.</summary>
/// <remarks>SMTP: RFC 3207, Section 4. IMAP: RFC 9051, Section 6.2.1. POP3: RFC 2595, Section 4.</remarks>
public static class StartTls
{
    private sealed record Exchange(string? Send, string Answer, string Accept);

    // Answer: the line that ends the server's reply, whatever it says. Accept: what it must look like to go on.
    private static readonly Dictionary<string, Exchange[]> Protocols = new(StringComparer.Ordinal)
    {
        ["smtp"] =
        [
            new(null, "^[0-9]{3}( |$)", "^220"),
            new("EHLO tlsinterop.test\r\n", "^[0-9]{3}( |$)", "^250"),
            new("STARTTLS\r\n", "^[0-9]{3}( |$)", "^220"),
        ],
        ["imap"] =
        [
            new(null, "^\\* ", "^\\* OK"),
            new("a1 STARTTLS\r\n", "^(a1 |\\* BYE)", "^a1 OK"),
        ],
        ["pop3"] =
        [
            new(null, "^(\\+OK|-ERR)", "^\\+OK"),
            new("STLS\r\n", "^(\\+OK|-ERR)", "^\\+OK"),
        ],
    };

    /// <summary>The protocols that are spoken here.</summary>
    public static IEnumerable<string> Known => Protocols.Keys;

    /// <summary>True if the protocol's name is one of those: <c>smtp</c>, <c>imap</c>, <c>pop3</c>.</summary>
    public static bool IsKnown(string protocol) => Protocols.ContainsKey(protocol);

    /// <summary>Speaks up to the answer after which the ClientHello may be sent.</summary>
    /// <exception cref="ConversationException">The server refuses, or sends more than its answer: RFC 3207, Section 6,
    /// such octets must not be taken for protected ones.</exception>
    public static async Task NegotiateAsync(
        string protocol, Stream stream, ICollection<string> transcript, CancellationToken cancellationToken)
    {
        var conversation = new Conversation(stream, transcript);
        foreach (var (send, answer, accept) in Protocols[protocol])
        {
            if (send is not null) await conversation.SendAsync(send, cancellationToken);
            var line = await conversation.ExpectAsync(answer, cancellationToken);
            if (!System.Text.RegularExpressions.Regex.IsMatch(line, accept, default, TimeSpan.FromSeconds(1)))
            {
                throw new ConversationException($"Expected {accept} before TLS. Got: \"{line}\"");
            }
        }
        if (conversation.Unread > 0)
        {
            throw new ConversationException(
                $"Expected nothing after the answer to STARTTLS. Got: {conversation.Unread} octets in clear text");
        }
    }
}
