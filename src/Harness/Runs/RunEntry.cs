using System.Text.Json;

namespace TlsInterop.Harness.Runs;

/// <summary>A folder of a run, as the first line of its journal tells it: the rest is not read.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Matrix">Name of the matrix; empty if nobody wrote it down.</param>
/// <param name="Shard">Which part of the plan it is; null for all of it, and where nobody wrote it down.</param>
/// <param name="Chosen">The patterns that chose its cells, one a line; empty for all of the matrix.</param>
/// <param name="Plan">What its plan hashes to; empty if nobody wrote it down.</param>
/// <param name="Started">When it began.</param>
public sealed record RunEntry(
    string Folder, string Matrix, string? Shard, string Chosen, string Plan, DateTimeOffset Started)
{
    // A header names each endpoint in some hundred octets: what has no end of a line by then is no journal.
    private const int LongestLine = 1 << 20;

    /// <summary>Name of the run.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>Looks at a folder; null if there is no journal in it, or nothing that can be read.</summary>
    public static RunEntry? Of(string folder)
    {
        try
        {
            using var file = new FileStream(
                Path.Combine(folder, RunFolder.JournalName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var buffer = new byte[(int)Math.Min(LongestLine, file.Length)];
            var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var end = Array.IndexOf(buffer, (byte)'\n', 0, read);
            if (end < 0) return null;
            using var line = JsonDocument.Parse(buffer.AsMemory(0, end));
            var isHeader = line.RootElement.TryGetProperty("journal", out _);
            return new(
                folder,
                isHeader ? line.RootElement.GetProperty("matrix").GetString() ?? "" : "",
                isHeader && line.RootElement.TryGetProperty("shard", out var shard) ? shard.GetString() : null,
                isHeader && line.RootElement.TryGetProperty("chosen", out var chosen)
                    ? string.Join('\n', chosen.EnumerateArray().Select(glob => glob.GetString())) : "",
                isHeader && line.RootElement.TryGetProperty("plan", out var plan) ? plan.GetString() ?? "" : "",
                line.RootElement.GetProperty("started").GetDateTimeOffset());
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
