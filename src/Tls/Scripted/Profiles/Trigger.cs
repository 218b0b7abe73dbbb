namespace TlsInterop.Tls.Scripted.Profiles;

/// <summary>Something that a profile may not bear.</summary>
/// <param name="Name">Its name in profiles.</param>
/// <param name="What">What it is, for people.</param>
public sealed record Trigger(string Name, string What)
{
    /// <summary>True if this is it.</summary>
    internal Predicate<Encounter> IsMet { get; init; } = static _ => false;

    public override string ToString() => Name;
}
