namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// The ports of the servers of one run, each given once in a long while: stacks of this machine share its loopback, and
/// none may take another's listener for its own.
/// </summary>
public sealed class ServerPorts
{
    // Below the ports that Linux gives to outgoing connections (ip_local_port_range begins at 32768).
    private const int First = 10_000;
    private const int Count = 22_000;

    // Runs side by side begin at different places.
    private int _given = Environment.ProcessId % 1000 * 22;

    /// <summary>A port that this run has not given for a while. Somebody else of the machine may have it.</summary>
    public int Next() => First + (int)((uint)Interlocked.Increment(ref _given) % Count);
}
