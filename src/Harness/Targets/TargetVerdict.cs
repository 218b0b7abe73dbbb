namespace TlsInterop.Harness.Targets;

/// <summary>What became of a handshake with a target.</summary>
public enum TargetVerdict
{
    /// <summary>Something is wrong with it.</summary>
    Fail,

    /// <summary>There was no connection, or it never came to TLS.</summary>
    Error,

    /// <summary>The server did not want to speak so.</summary>
    Refused,

    /// <summary>The stack of this machine can't speak so.</summary>
    NotOffered,

    /// <summary>It went through, and nothing that can be read is wrong with it.</summary>
    Pass,
}
