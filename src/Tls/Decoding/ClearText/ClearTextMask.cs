using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>
/// Keeps passwords, cookies, tokens and the content of messages out of what people see. It goes by the form of a line
/// and not by the protocol: it must work before that is known, and where a capture begins late.
/// </summary>
internal sealed class ClearTextMask
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Hidden = "***";

    /// <summary>Octets at the end of what the server has written in which a prompt is looked for.</summary>
    private const int LongestPrompt = 64;

    private readonly LineMask _client = new(isClient: true);
    private readonly LineMask _server = new(isClient: false);

    /// <summary>A line, safe to be shown; null if it is content that only its length is told of.</summary>
    /// <param name="direction">Whose line.</param>
    /// <param name="line">The line with its end; without one it goes on in the next call.</param>
    public string? Line(Direction direction, ReadOnlySpan<byte> line)
    {
        var shown = Of(direction).Line(line);
        if (shown is null) return null;
        if (direction == Direction.ServerToClient) Answered(line);
        else if (ContentCommands.IsAnsweredByContent(line)) _server.ExpectContent();
        return shown;
    }

    /// <summary>
    /// Octets of an end are missing: what comes next may be the rest of anything, or answer anything.
    /// </summary>
    public void Gap(Direction direction)
    {
        _client.Lose(direction == Direction.ClientToServer);
        _server.Lose(direction == Direction.ServerToClient);
    }

    /// <summary>What the server has begun to write: behind a prompt for a password the client's line is one.</summary>
    public void Prompt(ReadOnlySpan<byte> pending)
    {
        pending = pending[^Math.Min(pending.Length, LongestPrompt)..];
        if (LinePattern.Contains(pending, "assword"u8) || LinePattern.Contains(pending, "assphrase"u8))
            _client.ExpectSecret();
    }

    private void Answered(ReadOnlySpan<byte> line)
    {
        if (ContentCommands.IsRefusal(line)) _client.EndContent();
        else if (ContentCommands.IsGoAhead(line)) _client.BeginContent();
    }

    private LineMask Of(Direction direction) => direction == Direction.ClientToServer ? _client : _server;
}
