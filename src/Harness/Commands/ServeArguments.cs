using System.Net;
using TlsInterop.Harness.Runs;
using TlsInterop.Harness.Serve;

namespace TlsInterop.Harness.Commands;

/// <summary>What <c>serve</c> was asked for.</summary>
internal sealed record ServeArguments
{
    /// <summary>The configurations.</summary>
    public required DeviceSweep Sweep { get; init; }

    /// <summary>Address to listen at.</summary>
    public required IPAddress Listen { get; init; }

    /// <summary>Port to listen at; 0 for any.</summary>
    public required int Port { get; init; }

    /// <summary>Address that the page is shown at.</summary>
    public IPAddress PageListen { get; init; } = IPAddress.Loopback;

    /// <summary>Port that the page is shown at; 0 for any.</summary>
    public int PagePort { get; init; }

    public required RunOptions Options { get; init; }

    /// <summary>Most time without a connection.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Most connections; null for what the search needs by itself.</summary>
    public int? MaxRuns { get; init; }

    /// <summary>Where answers are kept from one search to the next; null for nowhere.</summary>
    public string? State { get; init; }

    /// <summary>True for an answer that programs read.</summary>
    public bool Json { get; init; }
}
