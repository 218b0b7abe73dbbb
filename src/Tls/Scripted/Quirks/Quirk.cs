using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Quirks;

/// <summary>One named departure from the plain handshake. Any number of them go together.</summary>
/// <param name="Name">Name.</param>
/// <param name="Does">What the end does, in one sentence.</param>
/// <param name="Provokes">Which fault of a peer it brings to light, or what a right peer answers.</param>
/// <param name="Source">RFC and section that allow it or forbid it, or where it comes from.</param>
/// <param name="Change">Makes a behaviour depart.</param>
public sealed record Quirk(string Name, string Does, string Provokes, string Source, Action<Behaviour> Change)
{
    /// <summary>What a right peer makes of it.</summary>
    public QuirkEnding Ends { get; init; } = QuirkEnding.Taken;

    /// <summary>Who can have it.</summary>
    public QuirkSide Of { get; init; } = QuirkSide.Client;

    /// <summary>The oldest version in which it makes sense.</summary>
    public ProtocolVersion Oldest { get; init; } = ProtocolVersion.Tls10;

    /// <summary>The newest version in which it makes sense.</summary>
    public ProtocolVersion Newest { get; init; } = ProtocolVersion.Tls13;

    /// <summary>True if only records of a CBC cipher show it.</summary>
    public bool IsOfCbc { get; init; }

    /// <summary>True if it makes sense in a version; without one the version is not the quirk's business.</summary>
    public bool IsOf(ProtocolVersion? version) =>
        version is not { } asked || (Oldest <= asked && asked <= Newest);
}
