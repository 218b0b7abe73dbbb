namespace TlsInterop.Harness.Endpoints;

/// <summary>An endpoint that is up and can play the server.</summary>
public interface IServerEndpoint
{
    /// <summary>What its folder says.</summary>
    EndpointDefinition Definition { get; }

    /// <summary>Nothing, as long as the endpoint is there: what it does not say any more is else waited for.</summary>
    /// <exception cref="EndpointException">It has ended.</exception>
    void CheckAlive()
    {
    }

    /// <summary>Starts a server with a configuration of its own.</summary>
    /// <returns>The server, or the exit code for which there is none: 127 if it can't do what is asked.</returns>
    /// <exception cref="EndpointException">The endpoint itself broke.</exception>
    Task<(RunningServer? Server, int ExitCode, string Output)> StartServerAsync(
        CellRequest request, TimeSpan deadline, CancellationToken cancellationToken);

    /// <summary>Ends a server.</summary>
    Task StopServerAsync(RunningServer server, CancellationToken cancellationToken);

    /// <summary>Writes a configuration into a slot of a daemon.</summary>
    /// <returns>The server, or the exit code for which there is none.</returns>
    /// <exception cref="EndpointException">The endpoint itself broke.</exception>
    Task<(RunningServer? Server, int ExitCode, string Output)> ConfigureSlotAsync(
        CellRequest request, int port, TimeSpan deadline, CancellationToken cancellationToken);
}
