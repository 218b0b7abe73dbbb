using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Targets;

namespace TlsInterop.Harness.Commands;

/// <summary>What <c>run --target</c> was asked for.</summary>
/// <param name="Target">The server.</param>
/// <param name="Scenario">Name of the scenario to play, or null for a handshake alone.</param>
/// <param name="Ca">Roots to trust instead of the system's, or null.</param>
/// <param name="Options">Deadline and folder.</param>
internal sealed record TargetArguments(Target Target, string? Scenario, string? Ca, RunOptions Options);
