namespace TlsInterop.Tls.Verification;

/// <summary>How much a finding weighs.</summary>
public enum Severity : byte
{
    /// <summary>The RFC forbids it, or the mathematics says no: the connection is broken or a peer is.</summary>
    Error,

    /// <summary>Allowed or tolerated, but a known cause of trouble.</summary>
    Warning,

    /// <summary>
    /// Worth knowing, and harmless in itself: what is old, unusual or larger than it needs to be, and what could not be
    /// judged.
    /// </summary>
    Note,
}
