namespace TlsInterop.Harness.Runs;

/// <summary>
/// The last line of <c>results.jsonl</c>: a journal without it is of a run that did not come to its end.
/// </summary>
/// <param name="Ended">When.</param>
/// <param name="Dropped">Frames that the captures lost.</param>
/// <param name="Interruption">Why not all cells ran; null if they did.</param>
/// <param name="Problems">What is wrong with the lists of the matrix.</param>
public sealed record JournalEnd(
    DateTimeOffset Ended, long Dropped, string? Interruption, IReadOnlyList<string> Problems)
{
    /// <summary>What will be wrong soon: exceptions that expire.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
