using TlsInterop.Harness.Endpoints;
using TlsInterop.Harness.Matrix;
using TlsInterop.Harness.Runs;

namespace TlsInterop.Harness.Commands;

/// <summary>What <c>minimise</c> was asked for.</summary>
internal sealed record MinimiseArguments
{
    /// <summary>The failing cell.</summary>
    public required Cell Cell { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>The end whose versions are walked; null: all that can be chosen otherwise is.</summary>
    public EndpointRole? Bisect { get; init; }

    /// <summary>Most cells to try; null: as many as the neighbourhood takes.</summary>
    public int? MaxRuns { get; init; }

    /// <summary>Time that the search has.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>True for an answer that programs read.</summary>
    public bool Json { get; init; }
}
