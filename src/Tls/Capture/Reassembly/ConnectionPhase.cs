namespace TlsInterop.Tls.Capture.Reassembly;

/// <summary>How far a connection has come.</summary>
internal enum ConnectionPhase : byte
{
    /// <summary>Both directions are closed, or one is reset.</summary>
    Ended,

    /// <summary>No data yet: perhaps a scan.</summary>
    Opening,

    /// <summary>Data has come.</summary>
    Open,
}
