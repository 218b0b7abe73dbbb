using TlsInterop.Tls.Capture;

namespace TlsInterop.Tls.Decoding.ClearText;

/// <summary>Tells a protocol by the first octets of one end; null: more are needed.</summary>
internal delegate bool? FirstOctets(Direction direction, ReadOnlySpan<byte> bytes);

/// <summary>A protocol that may come before TLS: a row of <see cref="ClearTextProtocols"/>.</summary>
/// <param name="Name">Its name, as people know it.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Open">Begins a dialogue; lines pass through the mask.</param>
internal sealed record ClearTextProtocol(string Name, string Source, Func<ClearTextMask, IMessageReader> Open)
{
    /// <summary>Recognises messages that are no lines, or null.</summary>
    public FirstOctets? FirstOctets { get; init; }

    /// <summary>Lines of a client that only this protocol has.</summary>
    public LinePattern[] ClientSigns { get; init; } = [];

    /// <summary>Lines of a server that only this protocol has.</summary>
    public LinePattern[] ServerSigns { get; init; } = [];

    /// <summary>A protocol that begins like this one and is left for it when a sign shows.</summary>
    public string? Refines { get; init; }

    /// <summary>True if messages of the protocol carry content that may be anything.</summary>
    public bool HasContent { get; init; }

    public bool HasSign(Direction direction, ReadOnlySpan<byte> line)
    {
        foreach (var sign in direction == Direction.ClientToServer ? ClientSigns : ServerSigns)
        {
            if (sign.Matches(line)) return true;
        }
        return false;
    }
}
