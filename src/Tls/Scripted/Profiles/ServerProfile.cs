using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>A server that is known by what it speaks and by its habits.</summary>
/// <param name="Name">What it is called in matrices: the version of the scripted endpoint.</param>
/// <param name="Description">Which server it is, in one sentence.</param>
/// <param name="Versions">What it speaks; all versions if it names none.</param>
/// <param name="Suites">What it speaks, in its own order of preference; all that there is code for if none.</param>
/// <param name="Groups">
/// Groups in its own order of preference; the usual ones if it names none. The group of a DHE suite is always its own.
/// </param>
/// <param name="Extensions">Extensions that it answers if a client has them; null for all that it knows.</param>
/// <param name="Reactions">What it can't bear; the first that fits counts.</param>
/// <param name="Quirks">How it departs from the plain handshake: names of <see cref="Quirks.AllQuirks"/>.</param>
public sealed record ServerProfile(
    string Name,
    string Description,
    IReadOnlyList<ProtocolVersion> Versions,
    IReadOnlyList<CipherSuite> Suites,
    IReadOnlyList<string> Groups,
    IReadOnlyList<ExtensionType>? Extensions,
    IReadOnlyList<Reaction> Reactions,
    IReadOnlyList<string> Quirks)
{
    /// <summary>A server without habits.</summary>
    public static readonly ServerProfile Plain = new("plain", "a server without habits", [], [], [], null, [], []);
}
