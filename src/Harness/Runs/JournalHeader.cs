namespace TlsInterop.Harness.Runs;

/// <summary>
/// The line of <c>results.jsonl</c> that stands before the cells: what is run, and with what. A run that was resumed
/// has one for each time.
/// </summary>
public sealed record JournalHeader
{
    /// <summary>The format that is written now.</summary>
    public const int Newest = 2;

    /// <summary>Number of the format. Journals of format 1 have no header at all.</summary>
    public int Journal { get; init; } = Newest;

    /// <summary>Name of the run, which is its folder's.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the matrix.</summary>
    public required string Matrix { get; init; }

    /// <summary>What the plan of the whole matrix hashes to: shards of one plan have the same.</summary>
    public required string Plan { get; init; }

    /// <summary>Which part of the plan this is: <c>2/8</c>; null for all of it.</summary>
    public string? Shard { get; init; }

    /// <summary>Patterns that chose some cells of the matrix; none for all of it.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    public DateTimeOffset Started { get; init; }

    /// <summary>What the harness and all that steers it hash to.</summary>
    public string Harness { get; init; } = "";

    /// <summary>The engine, or why there is none.</summary>
    public string Engine { get; init; } = "";

    /// <summary>What runs the same matrix again: <c>./interop run nightly</c>.</summary>
    public string Again { get; init; } = "./interop run";

    /// <summary>Folder of the matrix' snapshots, relative to the checkout.</summary>
    public string Snapshots { get; init; } = "";

    /// <summary>The endpoints of its cells.</summary>
    public IReadOnlyList<JournalEndpoint> Endpoints { get; init; } = [];
}
