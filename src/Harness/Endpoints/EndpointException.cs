namespace TlsInterop.Harness.Endpoints;

/// <summary>An endpoint that can't be used: what it was doing, what went wrong, and what would help.</summary>
/// <param name="endpoint">The endpoint, or the file or image that was to become one.</param>
/// <param name="problem">What went wrong, with the command's exit code and last output where there are any.</param>
/// <param name="remedy">What the user can do.</param>
public sealed class EndpointException(string endpoint, string problem, string remedy)
    : Exception($"{endpoint}: {problem}\n  remedy: {remedy}")
{
    public string Endpoint { get; } = endpoint;
    public string Problem { get; } = problem;
    public string Remedy { get; } = remedy;

    /// <summary>It was there and has ended: another start of it may be better.</summary>
    public bool HasEnded { get; init; }
}
