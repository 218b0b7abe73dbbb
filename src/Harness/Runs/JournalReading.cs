using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>What a journal holds, as far as it can be read.</summary>
/// <param name="Headers">What was run, once for each time; none in journals of before there were headers.</param>
/// <param name="Results">The results in the order in which they were written; of a cell that ran twice both.</param>
/// <param name="End">How it ended; null if it did not come to its end.</param>
/// <param name="Problems">What can't be read, a sentence each, with the line.</param>
public sealed record JournalReading(
    IReadOnlyList<JournalHeader> Headers, IReadOnlyList<CellResult> Results, JournalEnd? End,
    IReadOnlyList<string> Problems);
