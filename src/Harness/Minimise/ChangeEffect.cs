namespace TlsInterop.Harness.Minimise;

/// <summary>What a change does to a failure.</summary>
public enum ChangeEffect
{
    /// <summary>Nobody has seen it alone.</summary>
    Unknown,

    /// <summary>The failure stays.</summary>
    Harmless,

    /// <summary>The failure goes away.</summary>
    Cures,
}
