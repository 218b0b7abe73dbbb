namespace TlsInterop.Harness.Commands;

/// <summary>What <c>explain</c> was asked for.</summary>
/// <param name="Capture">The capture, its secrets, and which of its connections are wanted.</param>
/// <param name="ServerLog">File of what the server said, or null.</param>
/// <param name="ClientLog">File of what the client or a tool said, or null.</param>
/// <param name="IsJson">True for a program.</param>
internal sealed record ExplainArguments(DecodeArguments Capture, string? ServerLog, string? ClientLog, bool IsJson);
