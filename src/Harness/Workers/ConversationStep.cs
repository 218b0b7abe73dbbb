using System.Text.Json.Serialization;

namespace TlsInterop.Harness.Workers;

/// <summary>
/// One step of what a client says once the connection is secured. Steps are data, the same for every client.
/// </summary>
/// <remarks>
/// A step sends, or expects, or does both in this order, or echoes. <c>{"send":"NOOP\r\n","expect":"^250 "}</c> is a
/// line protocol's step; <c>{"echo":16384}</c> sends <see cref="EchoPayload"/> of that length and wants it back octet
/// for octet.
/// </remarks>
public sealed record ConversationStep
{
    /// <summary>Text to send as it is, in UTF-8; line ends are the writer's.</summary>
    public string? Send { get; init; }

    /// <summary>A regular expression: lines are read until one matches it, its line end not counted.</summary>
    public string? Expect { get; init; }

    /// <summary>Number of payload octets to send and to read back.</summary>
    public int? Echo { get; init; }

    /// <summary>Milliseconds in which nobody says anything, and the peer does not close either.</summary>
    public int? Silence { get; init; }

    /// <summary>
    /// True: the client has said all that it has to say, ends its half of the connection and still listens. Clients
    /// behind a shell see the end of their standard input.
    /// </summary>
    public bool Finish { get; init; }

    /// <summary>True: read until the peer closes, as it does after the last word of a mail protocol.</summary>
    public bool Closed { get; init; }

    /// <summary>
    /// Something that the client itself is to do, as <c>key-update</c>: the client's own word for it is in its
    /// <c>endpoint.yaml</c>.
    /// </summary>
    public string? Command { get; init; }

    /// <summary>Why the step makes no sense, or null.</summary>
    [JsonIgnore]
    public string? Fault =>
        Echo is null && Send is null && Expect is null && Command is null && Silence is null && !Finish && !Closed
            ? "a step needs \"send\", \"expect\", \"echo\", \"command\", \"silence\", \"finish\" or \"closed\""
        : Echo is not null && (Send is not null || Expect is not null)
            ? "a step with \"echo\" has neither \"send\" nor \"expect\""
        : Echo is < 1 or > EchoPayload.MaximumLength ? $"\"echo\" is a length from 1 to {EchoPayload.MaximumLength}"
        : Silence is < 1 or > LongestSilence ? $"\"silence\" is a time from 1 to {LongestSilence} ms"
        : null;

    // A cell has ten seconds, unless a run says otherwise.
    private const int LongestSilence = 8000;
}
