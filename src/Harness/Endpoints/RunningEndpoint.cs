namespace TlsInterop.Harness.Endpoints;

/// <summary>Which end of a cell an endpoint plays.</summary>
public enum EndpointRole { Server, Client }

/// <summary>An endpoint that is up.</summary>
/// <param name="Client">Its role of the client, or null.</param>
/// <param name="Servers">Its configured servers, or null if it is no server.</param>
/// <param name="Capabilities">What it was probed to offer.</param>
/// <param name="ImageId">The image that it stands in, or null.</param>
public sealed record RunningEndpoint(
    IClient? Client, ServerPool? Servers, Capabilities Capabilities, string? ImageId = null)
{
    /// <summary>The shell that it stands in; null for a worker, which is started again by itself.</summary>
    public ShellEndpoint? Shell { get; init; }
}
