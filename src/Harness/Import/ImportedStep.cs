using TlsInterop.Tls.Capture;
using TlsInterop.Tls.Messages;

namespace TlsInterop.Harness.Import;

/// <summary>One thing that an end sent, as far as a report tells.</summary>
/// <param name="From">Who sent it; null if the report does not say.</param>
/// <param name="What">Name of the message; <c>FIN</c>, <c>RST</c>.</param>
public sealed record ImportedStep(Direction? From, string What)
{
    /// <summary>The alert; null for anything else, and for one that stays encrypted.</summary>
    public Alert? Alert { get; init; }

    /// <summary>True if the end goes with it.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Who sent it, for people.</summary>
    public string Sender => From switch
    {
        Direction.ClientToServer => "the client",
        Direction.ServerToClient => "the server",
        _ => "one end",
    };
}
