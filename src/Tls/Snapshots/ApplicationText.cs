using System.Text;

namespace TlsInterop.Tls.Snapshots;

/// <summary>
/// Sums up application data whatever records it came in: commands and answers of SMTP and IMAP, octets of anything
/// else.
/// </summary>
/// <remarks>RFC 5321, Sections 4.1.1 and 4.2; RFC 9051, Sections 6 and 7.</remarks>
internal static class ApplicationText
{
    private enum Protocol : byte { Unknown, Smtp, Imap }

    private static readonly HashSet<string> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        "EHLO", "HELO", "LHLO", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "VRFY", "EXPN", "HELP", "NOOP", "QUIT", "AUTH",
        "STARTTLS", "CAPABILITY", "LOGOUT", "AUTHENTICATE", "LOGIN", "ENABLE", "SELECT", "EXAMINE", "CREATE", "DELETE",
        "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "LIST", "LSUB", "NAMESPACE", "STATUS", "APPEND", "IDLE", "CLOSE",
        "UNSELECT", "CHECK", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "MOVE", "UID", "ID",
    };

    /// <summary>What each end said.</summary>
    public static (string Client, string Server) Describe(byte[] client, byte[] server) => Recognise(server) switch
    {
        Protocol.Smtp =>
            (Words(Lines(client), 0), string.Join(", ", Lines(server).Where(IsFinal).Select(line => line[..3]))),
        Protocol.Imap =>
            (Words(Lines(client), 1), string.Join(", ", Lines(server).Select(ImapStatus).OfType<string>())),
        _ => ($"{client.Length} octets", $"{server.Length} octets"),
    };

    private static Protocol Recognise(byte[] server)
    {
        if (server.Length >= 4 && server.AsSpan(0, 3).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && server[3] is (byte)' ' or (byte)'-' && server.AsSpan().EndsWith("\r\n"u8))
            return Protocol.Smtp;
        return server.AsSpan().StartsWith("* "u8)
            && server.AsSpan().EndsWith("\r\n"u8) ? Protocol.Imap : Protocol.Unknown;
    }

    private static string[] Lines(byte[] data) =>
        Encoding.Latin1.GetString(data).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Words(IEnumerable<string> lines, int index) => string.Join(", ",
        lines.Select(line => line.Split(' ')).Where(words => words.Length > index && IsCommand(words[index]))
            .Select(words => words[index]));

    // Other lines are letters, passwords, answers to challenges.
    private static bool IsCommand(string word) => Commands.Contains(word);

    private static bool IsFinal(string line) => line.Length >= 3 && (line.Length == 3 || line[3] == ' ');

    // A tagged answer, or the greeting; other untagged lines depend on the mailbox.
    private static string? ImapStatus(string line)
    {
        var words = line.Split(' ', 3);
        if (words.Length < 2 || words[1] is not ("OK" or "NO" or "BAD" or "BYE" or "PREAUTH")) return null;
        return words[0] == "*" ? $"* {words[1]}" : words[1];
    }
}
