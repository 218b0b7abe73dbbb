using TlsInterop.Harness.Matrix;
using TlsInterop.Tls.Decoding;

namespace TlsInterop.Harness.Runs;

/// <summary>What the harness, and all that steers it beside the endpoints, hash to.</summary>
public static class HarnessDigest
{
    /// <summary>
    /// The digest for a plan: this build, the scenarios, what is known of stacks and failures, and the plan's
    /// snapshots.
    /// </summary>
    public static string Of(Repository repository, MatrixPlan plan, string? snapshots) => ContentDigest.Of(
        repository.SnapshotsOf(plan, snapshots),
        [
            $"{typeof(HarnessDigest).Module.ModuleVersionId}", $"{typeof(ConnectionDecoder).Module.ModuleVersionId}",
            .. new[]
            {
                repository.Scenarios, repository.StackFacts, repository.KnownFailures, repository.Cases,
                Path.GetDirectoryName(repository.Session)!,
            }.Select(path => ContentDigest.Of(path)),
        ]);
}
