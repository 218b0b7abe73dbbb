using System.Text;
using System.Text.RegularExpressions;

namespace TlsInterop.Harness.Workers;

/// <summary>
/// Speaks steps over a stream and keeps what was said, client lines as <c>&gt; ...</c>,
/// server lines as <c>&lt; ...</c>.
/// </summary>
public sealed class Conversation
{
    // A pattern comes from a matrix file: it may be slow by mistake, and must not stall a worker.
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly LineStream _stream;
    private readonly ICollection<string> _transcript;

    /// <summary>A conversation over a stream of which nothing has been read yet.</summary>
    /// <param name="stream">Where the steps are spoken.</param>
    /// <param name="transcript">Receives what was said, as it is said.</param>
    public Conversation(Stream stream, ICollection<string> transcript)
    {
        _stream = new LineStream(stream);
        _transcript = transcript;
    }

    /// <summary>Octets of the peer that no step has read.</summary>
    public int Unread => _stream.Buffered;

    /// <summary>Speaks every step in order.</summary>
    /// <exception cref="ConversationException">An answer did not come, or another than expected.</exception>
    public async Task SpeakAsync(IEnumerable<ConversationStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (step.Fault is { } fault) throw new ConversationException(fault);
            if (step.Send is { } text) await SendAsync(text, cancellationToken);
            if (step.Expect is { } pattern) await ExpectAsync(pattern, cancellationToken);
            if (step.Echo is { } length) await EchoAsync(length, cancellationToken);
            if (step.Silence is { } milliseconds) await BeSilentAsync(milliseconds, cancellationToken);
            if (step.Closed) await ReadToEndAsync(cancellationToken);
        }
    }

    /// <summary>Sends a text as it is.</summary>
    public async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        foreach (var line in text.TrimEnd('\r', '\n').Split('\n')) _transcript.Add("> " + line.TrimEnd('\r'));
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    /// <summary>Reads lines until one matches, and returns that one.</summary>
    /// <exception cref="ConversationException">The peer closed before.</exception>
    public async Task<string> ExpectAsync(string pattern, CancellationToken cancellationToken)
    {
        string? last = null;
        while (await _stream.ReadLineAsync(cancellationToken) is { } line)
        {
            _transcript.Add("< " + line);
            if (Regex.IsMatch(line, pattern, RegexOptions.CultureInvariant, MatchTimeout)) return line;
            last = line;
        }
        throw new ConversationException(
            $"Expected a line that matches {pattern}. Got: the end of the connection"
                + (last is null ? "" : $" after \"{last}\""));
    }

    private async Task BeSilentAsync(int milliseconds, CancellationToken cancellationToken)
    {
        if (!await _stream.IsSilentAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken))
            throw new ConversationException($"Expected silence for {milliseconds} ms. Got: words, or the end");
        _transcript.Add($"- {milliseconds} ms of silence");
    }

    private async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _stream.ReadLineAsync(cancellationToken) is { } line) _transcript.Add("< " + line);
        }
        catch (IOException cut)
        {
            // How it closed, with close_notify or without, is on the wire; the conversation is over either way.
            _transcript.Add("! " + cut.Message);
        }
    }

    // Both directions at once: a server that answers as it reads would otherwise wait for us while we wait for it.
    private async Task EchoAsync(int length, CancellationToken cancellationToken)
    {
        var payload = EchoPayload.Create(length);
        _transcript.Add($"> {length} octets");
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = _stream.WriteAsync(payload, linked.Token);
        try
        {
            await ReadBackAsync(payload, linked.Token);
            await writing;
        }
        catch (Exception)
        {
            await linked.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        _transcript.Add($"< {length} octets, equal");
    }

    private async Task ReadBackAsync(byte[] payload, CancellationToken cancellationToken)
    {
        var received = new byte[Math.Min(payload.Length, 16384)];
        for (var offset = 0; offset < payload.Length;)
        {
            var wanted = Math.Min(received.Length, payload.Length - offset);
            var read = await _stream.ReadAsync(received.AsMemory(0, wanted), cancellationToken);
            if (read == 0)
            {
                throw new ConversationException(
                    $"Expected {payload.Length} octets back. Got: {offset}, then the end of the connection");
            }
            var equal = received.AsSpan(0, read).CommonPrefixLength(payload.AsSpan(offset));
            if (equal < read)
            {
                throw new ConversationException(
                    $"Expected the payload back. Got: 0x{received[equal]:x2} instead of "
                    + $"0x{payload[offset + equal]:x2} at offset {offset + equal} of {payload.Length}");
            }
            offset += read;
        }
    }
}
