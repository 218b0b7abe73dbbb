namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>A client that is known by its ClientHello and by its habits.</summary>
/// <param name="Name">What it is called in matrices.</param>
/// <param name="Description">Which client it is, in one sentence.</param>
/// <param name="Hello">Its ClientHello.</param>
/// <param name="Reactions">What it can't bear; the first that fits counts.</param>
public sealed record ClientProfile(
    string Name,
    string Description,
    HelloShape Hello,
    IReadOnlyList<Reaction> Reactions);
