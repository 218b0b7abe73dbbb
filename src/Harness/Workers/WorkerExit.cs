namespace TlsInterop.Harness.Workers;

/// <summary>How a request ended, in the numbers that every endpoint uses for its exit status.</summary>
public static class WorkerExit
{
    /// <summary>All was done.</summary>
    public const int Done = 0;

    /// <summary>It was tried and failed.</summary>
    public const int Failed = 1;

    /// <summary>The request itself is wrong; nothing was tried.</summary>
    public const int BadRequest = 2;

    /// <summary>Its deadline passed.</summary>
    public const int TimedOut = 124;

    /// <summary>The stack cannot do what was asked; nothing was tried.</summary>
    public const int Unsupported = 127;
}
