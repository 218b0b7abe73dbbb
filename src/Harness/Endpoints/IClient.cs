using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Endpoints;

/// <summary>What a client said of a cell. The wire judges; this is evidence beside it.</summary>
/// <param name="ExitCode">
/// 0: all went well; 124: its deadline passed; 127: it can't do what was asked; else its own code.
/// </param>
/// <param name="Talked">True if the conversation went to its end.</param>
/// <param name="Output">What it printed.</param>
public sealed record ClientOutcome(int ExitCode, bool Talked, string Output)
{
    /// <summary>Where it wrote its secrets, on this machine; null if it writes none.</summary>
    public string? KeyLogFile { get; init; }

    /// <summary>
    /// The commands that it ran, with the words that they came to; of a worker what it was asked, as JSON.
    /// </summary>
    public string Commands { get; init; } = "";
}

/// <summary>An endpoint that is up and can play the client.</summary>
public interface IClient
{
    EndpointReference Reference { get; }

    /// <summary>True if it is a process of this machine, and in no container.</summary>
    bool IsOfThisMachine { get; }

    /// <summary>Connects and plays the request's scenario.</summary>
    /// <exception cref="EndpointException">The endpoint itself broke.</exception>
    Task<ClientOutcome> ConnectAsync(
        CellRequest request, string host, int port, TimeSpan deadline, CancellationToken cancellationToken);
}
