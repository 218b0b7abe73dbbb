namespace TlsInterop.Harness.Diagnosis.Logs;

/// <summary>What the words of a log are worth.</summary>
public enum LogWeight : byte
{
    /// <summary>They name a cause: it is told even where the wire alone would not show it.</summary>
    Names,

    /// <summary>They speak for causes that the wire shows, and for too many to name one.</summary>
    Supports,

    /// <summary>They say that something failed, and not what: they are quoted.</summary>
    Mentions,
}
