using TlsInterop.Tls.Messages;
using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Secrets;

namespace TlsInterop.Tls.Scripted;

/// <summary>Compares what an end meets with what its profile can't bear.</summary>
/// <param name="reactions">What it can't bear; the first that fits counts.</param>
/// <param name="now">The moment that certificates are judged at.</param>
/// <param name="serverName">The name that the peer was called by, or null.</param>
internal sealed class ProfileReactions(IReadOnlyList<Reaction> reactions, DateTimeOffset now, string? serverName)
{
    /// <summary>A record without its protection.</summary>
    /// <exception cref="ScriptedFault">The profile can't bear it.</exception>
    public void Meet(OpenedRecord record) => Meet(new Encounter { Record = record });

    /// <summary>A handshake message.</summary>
    /// <exception cref="ScriptedFault">The profile can't bear it.</exception>
    public void Meet(HandshakeMessage message) => Meet(new Encounter { Message = message });

    /// <summary>The peer's chain, when it has said all that it has to say before the answer.</summary>
    /// <exception cref="ScriptedFault">The profile can't bear it.</exception>
    public void Meet(IReadOnlyList<ReadOnlyMemory<byte>> chain)
    {
        if (reactions.Count == 0) return;
        Meet(new Encounter
        {
            Chain =
            [
                .. chain.Select(CertificateSummary.TryRead).TakeWhile(read => read is not null)
                    .OfType<CertificateSummary>(),
            ],
        });
    }

    private void Meet(Encounter encounter)
    {
        if (reactions.Count == 0) return;
        var met = encounter with { Now = now, ServerName = serverName };
        if (reactions.FirstOrDefault(reaction => reaction.To.IsMet(met)) is not { } reaction) return;
        throw reaction.Ending switch
        {
            ReactionEnding.Alert =>
                new ScriptedFault($"the profile answers {reaction.To.What} with {reaction.Alert}")
                {
                    Alert = reaction.Alert,
                },
            ReactionEnding.Close => new ScriptedFault($"the profile closes at {reaction.To.What}"),
            _ => new ScriptedFault($"the profile falls silent at {reaction.To.What}") { IsSilent = true },
        };
    }
}
