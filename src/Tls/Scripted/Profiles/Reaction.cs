using TlsInterop.Tls.Wire;

namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>What a profile does when it meets something that it can't bear.</summary>
/// <param name="To">What it meets.</param>
/// <param name="Ending">How it ends the connection.</param>
/// <param name="Alert">The alert that it sends first, if it sends one.</param>
public sealed record Reaction(Trigger To, ReactionEnding Ending, AlertDescription? Alert = null);
