using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>A client that is known by its ClientHello and by its habits.</summary>
/// <param name="Name">What it is called in matrices: the version of the scripted endpoint.</param>
/// <param name="Description">Which client it is, in one sentence.</param>
/// <param name="Hello">Its ClientHello; null for one that offers what it is told, and no more.</param>
/// <param name="Versions">The versions that it goes along with, of those that it offers; all if it names none.</param>
/// <param name="Reactions">What it can't bear; the first that fits counts.</param>
/// <param name="Quirks">How it departs from the plain handshake: names of <see cref="Quirks.AllQuirks"/>.</param>
public sealed record ClientProfile(
    string Name,
    string Description,
    HelloShape? Hello,
    IReadOnlyList<ProtocolVersion> Versions,
    IReadOnlyList<Reaction> Reactions,
    IReadOnlyList<string> Quirks)
{
    /// <summary>A client without habits, which offers what it is told.</summary>
    public static readonly ClientProfile Plain = new("plain", "a client without habits", null, [], [], []);

    /// <summary>True if it speaks a version.</summary>
    public bool Offers(ProtocolVersion version) =>
        Hello?.Versions.Contains(version) != false && (Versions.Count == 0 || Versions.Contains(version));
}
