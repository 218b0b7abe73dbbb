namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Commands of protocols of lines that mail or news follow, which belongs to its readers.</summary>
/// <remarks>RFC 5321, Section 4.1.1.4; RFC 1939, Sections 5 and 7; RFC 3977, Sections 6.2 and 6.3; RFC 4644, Section
/// 2.5.</remarks>
internal static class ContentCommands
{
    private static readonly LinePattern[] Followed = LinePattern.All("DATA", "IHAVE <*", "TAKETHIS <*");
    private static readonly LinePattern[] Posts = LinePattern.All("POST");
    private static readonly LinePattern[] Answered = LinePattern.All("RETR", "TOP", "ARTICLE", "BODY", "HEAD");
    private static readonly LinePattern[] Answers = LinePattern.All("+OK", "220", "221", "222");
    private static readonly LinePattern[] GoAheads = LinePattern.All("354", "340", "335");
    private static readonly LinePattern[] Refusals = LinePattern.All("4*", "5*");

    /// <summary>True if the next lines of the client are content, up to one with a full stop.</summary>
    public static bool IsFollowedByContent(ReadOnlySpan<byte> line) =>
        LinePattern.Any(Followed, line) || (!line.Contains((byte)' ') && LinePattern.Any(Posts, line));

    /// <summary>True if the server answers this line of the client by content.</summary>
    public static bool IsAnsweredByContent(ReadOnlySpan<byte> line) =>
        LinePattern.Any(Answered, line.TrimEnd("\r\n"u8));

    /// <summary>True if the server's content begins behind this line of it.</summary>
    public static bool IsAnswer(ReadOnlySpan<byte> line) => LinePattern.Any(Answers, line);

    /// <summary>True if the server waits for the client's content.</summary>
    public static bool IsGoAhead(ReadOnlySpan<byte> line) => LinePattern.Any(GoAheads, line.TrimEnd("\r\n"u8));

    /// <summary>True if the server will not have the client's content.</summary>
    public static bool IsRefusal(ReadOnlySpan<byte> line) =>
        line.Length > 3 && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2])
        && LinePattern.Any(Refusals, line);
}
