namespace TlsInterop.Harness.Diagnosis;

/// <summary>What a rule has to say.</summary>
public enum DiagnosisKind : byte
{
    /// <summary>Why the connection failed, more or less surely.</summary>
    Cause,

    /// <summary>It did no harm here; to somebody else it may.</summary>
    WorthKnowing,

    /// <summary>It looks suspicious, and was proven fine.</summary>
    NotTheCause,
}
