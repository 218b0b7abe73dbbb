namespace TlsInterop.Harness.Endpoints;

/// <summary>
/// A server with one configuration, listening on a port that no other configuration of the run has at this time.
/// </summary>
/// <param name="Request">The configuration.</param>
/// <param name="Host">Address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Folder">Its folder on this machine, with its <c>output</c>.</param>
/// <param name="KeyLogFile">Where it writes its secrets, on this machine; null if it writes none.</param>
/// <param name="ProcessId">Process to end, or null for a slot of a daemon.</param>
public sealed record RunningServer(
    CellRequest Request, string Host, int Port, string Folder, string? KeyLogFile, int? ProcessId)
{
    /// <summary>
    /// The address for clients of this machine, where it is another: what they say to an own address of the machine
    /// crosses its loopback, whatever the address.
    /// </summary>
    public string? HostHere { get; init; }

    /// <summary>
    /// Name of the folder in which its configuration is kept, below <see cref="SlotConfigurations.FolderName"/> of
    /// <see cref="Folder"/>; null if it has that folder for itself.
    /// </summary>
    public string? Configuration { get; init; }

    /// <summary>The address for a client.</summary>
    public string HostFor(IClient client) => client.IsOfThisMachine ? HostHere ?? Host : Host;

    /// <summary>What it said, on this machine: that of a daemon is all that the daemon said.</summary>
    public string OutputFile => Path.Combine(Folder, "output");
}
