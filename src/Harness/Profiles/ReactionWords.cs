using TlsInterop.Tls.Scripted.Profiles;
using TlsInterop.Tls.Wire;

namespace TlsInterop.Harness.Profiles;

/// <summary>How a reaction ends a connection, in the words of profiles and of the command line.</summary>
internal static class ReactionWords
{
    /// <summary>What can be said, for people.</summary>
    public const string Known = "close, silence or the name of an alert";

    // An alert has its own name.
    private static readonly Dictionary<string, ReactionEnding> Endings = new(StringComparer.Ordinal)
    {
        ["close"] = ReactionEnding.Close, ["silence"] = ReactionEnding.Silence,
    };

    /// <summary>The reaction to a trigger; null if the word says nothing.</summary>
    public static Reaction? Find(Trigger trigger, string word) =>
        Endings.TryGetValue(word, out var ending) ? new(trigger, ending)
        : AlertDescription.Find(word) is { } alert ? new(trigger, ReactionEnding.Alert, alert)
        : null;

    /// <summary>The word of a reaction.</summary>
    public static string Of(Reaction reaction) =>
        reaction.Alert?.ToString() ?? Endings.Single(row => row.Value == reaction.Ending).Key;
}
