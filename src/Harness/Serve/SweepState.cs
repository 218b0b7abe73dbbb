namespace TlsInterop.Harness.Serve;

/// <summary>How a configuration stands.</summary>
public enum SweepState
{
    /// <summary>The device was not given it yet.</summary>
    Untried,

    /// <summary>The next connection gets it.</summary>
    Next,

    /// <summary>It went through.</summary>
    Worked,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>The device does not offer it, and is not given it.</summary>
    NotOffered,

    /// <summary>The server could not be started with it, or broke.</summary>
    NoAnswer,
}
