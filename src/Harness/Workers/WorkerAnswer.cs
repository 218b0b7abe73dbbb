namespace TlsInterop.Harness.Workers;

/// <summary>One line of a worker's standard output.</summary>
public sealed record WorkerAnswer
{
    /// <summary>The request's id; 0 if it could not be read.</summary>
    public long Id { get; init; }

    /// <summary>One of <see cref="WorkerExit"/>.</summary>
    public int Exit { get; init; } = WorkerExit.Failed;

    /// <summary>A sentence for people: what ran, or why it did not.</summary>
    public string Output { get; init; } = "";

    /// <summary>An answer that says why nothing came of a request.</summary>
    public static WorkerAnswer Refuse(WorkerRequest request, int exit, string why) =>
        new() { Id = request.Id, Exit = exit, Output = why };

    /// <summary>What was said, in order; null where nothing was to be said.</summary>
    public IReadOnlyList<string>? Transcript { get; init; }

    /// <summary>What was on the wire, if that was asked for and there was a connection.</summary>
    public WireTap? Tap { get; init; }

    /// <summary>The answer to <c>serve</c>: the TCP port.</summary>
    public int? Port { get; init; }

    /// <summary>The answer to <c>capabilities</c>: the stack's name and version.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// The answer to <c>capabilities</c>: what the stack offers at each version, in the order of its preference.
    /// </summary>
    public IReadOnlyList<OfferedSuite>? Suites { get; init; }

    /// <summary>The answer to <c>capabilities</c>: groups that a request may ask for.</summary>
    public IReadOnlyList<string>? Groups { get; init; }
}
