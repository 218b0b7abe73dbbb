namespace TlsInterop.Harness.Diagnosis;

/// <summary>How a connection ended.</summary>
public enum EndingKind : byte
{
    /// <summary>The capture does not show it.</summary>
    Unseen,

    /// <summary>With a fatal alert.</summary>
    Alert,

    /// <summary>With close_notify.</summary>
    CloseNotify,

    /// <summary>With FIN, and no alert before.</summary>
    Fin,

    /// <summary>With RST, and no alert before.</summary>
    Reset,
}
