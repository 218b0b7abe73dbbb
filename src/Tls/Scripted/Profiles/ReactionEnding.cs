namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>How a profile ends a connection that it can't bear.</summary>
public enum ReactionEnding
{
    /// <summary>With an alert.</summary>
    Alert,

    /// <summary>With FIN, and no word about why.</summary>
    Close,

    /// <summary>Not at all: it says nothing more, until the peer goes.</summary>
    Silence,
}
