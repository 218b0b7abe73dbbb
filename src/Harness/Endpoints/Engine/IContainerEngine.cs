using System.Diagnostics;

namespace TlsInterop.Harness.Endpoints.Engine;

/// <summary>A network of one run.</summary>
/// <param name="Id">The engine's id of it.</param>
/// <param name="Interface">The bridge on this machine that carries its traffic.</param>
public sealed record ContainerNetwork(string Id, string Interface);

/// <summary>A container with a shell in it: it lives as long as its standard input is open.</summary>
/// <param name="Name">Name of the container.</param>
/// <param name="Image">Image it is made of.</param>
/// <param name="Network">Id of the network it joins.</param>
/// <param name="Mounts">
/// Folders of this machine by their path in the container; a path with <c>:ro</c> is read-only.
/// </param>
/// <param name="Labels">Labels that tell whose it is.</param>
/// <param name="Privileges">Capabilities of the kernel that it needs; it has no others.</param>
/// <param name="Writes">Folders of its image that it writes into; all others are read-only.</param>
public sealed record ContainerShell(
    string Name,
    string Image,
    string Network,
    IReadOnlyDictionary<string, string> Mounts,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> Privileges,
    IReadOnlyList<string> Writes);

/// <summary>All that the harness needs of a container engine: one narrow seam.</summary>
public interface IContainerEngine
{
    /// <summary>What it is, for people: <c>docker 20.10.24</c>.</summary>
    string Description { get; }

    /// <summary>The content id of an image, or null if there is none of that name.</summary>
    Task<string?> FindImageAsync(string image, CancellationToken cancellationToken);

    /// <summary>Octets of an image with all that it stands on, or null if there is none of that name.</summary>
    Task<long?> ImageSizeAsync(string image, CancellationToken cancellationToken);

    /// <summary>Fetches an image from its registry; false if no registry answers soon.</summary>
    Task<bool> TryPullAsync(string image, CancellationToken cancellationToken);

    /// <summary>Makes an image of a root file system.</summary>
    /// <param name="image">Name of the image.</param>
    /// <param name="archive">A tar archive.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EndpointException">The engine refused it.</exception>
    Task ImportImageAsync(string image, string archive, CancellationToken cancellationToken);

    /// <summary>Builds an image.</summary>
    /// <param name="image">Name of the image.</param>
    /// <param name="folder">Folder with the Dockerfile.</param>
    /// <param name="arguments">Build arguments.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EndpointException">The build failed; its last lines are in the message.</exception>
    Task BuildImageAsync(
        string image, string folder, IReadOnlyDictionary<string, string> arguments,
        CancellationToken cancellationToken);

    /// <summary>Makes the network of a run.</summary>
    /// <exception cref="EndpointException">The engine refused it.</exception>
    Task<ContainerNetwork> CreateNetworkAsync(
        string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>
    /// Starts a container and a shell in it, whose standard streams are those of the process that is returned.
    /// </summary>
    Process StartShell(ContainerShell shell);

    /// <summary>
    /// Starts a container on the engine's own host network that writes a pcap stream of an interface to its standard
    /// output until its standard input ends: for who may not capture, or does not see the engine's interfaces.
    /// </summary>
    Process StartCapture(
        string name, string image, string networkInterface, IReadOnlyDictionary<string, string> labels);

    /// <summary>Removes containers and networks with a label value, at once.</summary>
    Task RemoveAsync(string label, string value, CancellationToken cancellationToken);

    /// <summary>Removes the same without waiting for it: this process is about to end.</summary>
    void RemoveLater(string label, string value);

    /// <summary>
    /// Removes networks with a label, whatever its value, to which nothing is connected and that are older than a time.
    /// </summary>
    Task RemoveUnusedNetworksAsync(string label, TimeSpan age, CancellationToken cancellationToken);

    /// <summary>The values of a label over all containers and networks, running or not.</summary>
    Task<IReadOnlySet<string>> LabelValuesAsync(string label, CancellationToken cancellationToken);
}
