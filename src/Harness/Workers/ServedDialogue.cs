using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Workers;

/// <summary>What a scripted server says to a mail client, and no more than a client needs to be content.</summary>
/// <param name="Name">The protocol.</param>
/// <param name="Greeting">What the server says first.</param>
/// <param name="StartTls">The command that turns to TLS, as a regular expression.</param>
/// <param name="Answers">
/// Commands, as regular expressions, and their answers; the first that fits counts. <c>$1</c> is the tag of IMAP.
/// </param>
/// <remarks>RFC 5321 and RFC 3207; RFC 9051; RFC 1939, RFC 2449 and RFC 2595.</remarks>
internal sealed record ServedDialogue(
    string Name, string Greeting, string StartTls, IReadOnlyList<(string Command, string Answer)> Answers)
{
    private const RegexOptions Letters = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The protocols that are spoken here.</summary>
    public static readonly IReadOnlyList<ServedDialogue> All =
    [
        new("smtp", "220 tlsinterop.test ESMTP\r\n", "^STARTTLS$",
        [
            ("^(?:EHLO|HELO)", "250-tlsinterop.test\r\n250 STARTTLS\r\n"),
            ("^STARTTLS$", "220 go ahead\r\n"),
            ("^QUIT$", "221 goodbye\r\n"),
            ("", "250 ok\r\n"),
        ]),
        new("imap", "* OK [CAPABILITY IMAP4rev1 STARTTLS] tlsinterop.test\r\n", "^\\S+ STARTTLS$",
        [
            ("^(\\S+) CAPABILITY$", "* CAPABILITY IMAP4rev1 STARTTLS\r\n$1 OK done\r\n"),
            ("^(\\S+) LOGOUT$", "* BYE goodbye\r\n$1 OK done\r\n"),
            ("^(\\S*)", "$1 OK done\r\n"),
        ]),
        new("pop3", "+OK tlsinterop.test\r\n", "^STLS$",
        [
            ("^CAPA$", "+OK\r\nSTLS\r\nUSER\r\n.\r\n"),
            ("^QUIT$", "+OK goodbye\r\n"),
            ("", "+OK\r\n"),
        ]),
    ];

    /// <summary>The protocol of a name, or null.</summary>
    public static ServedDialogue? Find(string? name) => All.FirstOrDefault(dialogue => dialogue.Name == name);

    /// <summary>Speaks in clear text until the client has asked for TLS.</summary>
    /// <returns>False if the client left before.</returns>
    public async Task<bool> TurnToTlsAsync(Stream stream, CancellationToken cancellationToken) =>
        await SpeakAsync(stream, StartTls, cancellationToken);

    /// <summary>Speaks until the client leaves.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="greets">False behind STARTTLS, where SMTP, IMAP and POP3 wait for the client.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task ServeAsync(Stream stream, bool greets, CancellationToken cancellationToken)
    {
        if (greets) await SendAsync(stream, Greeting, cancellationToken);
        await AnswerAsync(stream, "^(?:\\S+ LOGOUT|QUIT)$", cancellationToken);
    }

    private async Task<bool> SpeakAsync(Stream stream, string until, CancellationToken cancellationToken)
    {
        await SendAsync(stream, Greeting, cancellationToken);
        return await AnswerAsync(stream, until, cancellationToken);
    }

    private async Task<bool> AnswerAsync(Stream stream, string until, CancellationToken cancellationToken)
    {
        var lines = new LineStream(stream);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            var (command, answer) = Answers.First(row => Matches(line, row.Command));
            var tag = Regex.Match(line, command, Letters, MatchTimeout).Groups[1].Value;
            await SendAsync(stream, answer.Replace("$1", tag, StringComparison.Ordinal), cancellationToken);
            if (Matches(line, until)) return true;
        }
        return false;
    }

    private static bool Matches(string line, string pattern) =>
        Regex.IsMatch(line, pattern, Letters, MatchTimeout);

    private static Task SendAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text), cancellationToken).AsTask();
}
