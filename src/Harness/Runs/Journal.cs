using System.Text.Json;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// <c>results.jsonl</c>: a header, then each finished cell as a line, written and flushed before its worker takes the
/// next one, then how it ended.
/// </summary>
public sealed class Journal : IDisposable
{
    // Of many lines that can't be read the first few tell enough.
    private const int Told = 9;

    private readonly FileStream _file;
    private readonly Lock _lock = new();

    /// <summary>Opens the journal of a run for writing at its end; a last line that was cut off is removed.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public Journal(string path)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _file.SetLength(EndOfLastLine());
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Writes one result; when it returns the line is the operating system's.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Append(CellResult result) => Write(result);

    /// <summary>Writes what will be run.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Begin(JournalHeader header) => Write(header);

    /// <summary>Writes how it ended.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Finish(JournalEnd end) => Write(end);

    /// <summary>Reads a journal; what can't be read is told, and the rest is there.</summary>
    /// <exception cref="IOException">The file can't be read at all.</exception>
    public static JournalReading Read(string path) => Read(path, new StringPool());

    /// <summary>The same with texts of a pool.</summary>
    internal static JournalReading Read(string path, StringPool pool)
    {
        var (headers, results, problems) = (new List<JournalHeader>(), new List<CellResult>(), new List<string>());
        JournalEnd? end = null;
        var unreadable = 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            try
            {
                if (line.StartsWith("{\"journal\":", StringComparison.Ordinal))
                {
                    var header = JsonSerializer.Deserialize<JournalHeader>(line, RunJson.Options)!;
                    headers.Add(header with
                    {
                        Endpoints = [.. header.Endpoints.DistinctBy(endpoint => endpoint.Name)],
                    });
                    // What was cut short, and went on, has another end.
                    end = null;
                }
                else if (line.StartsWith("{\"ended\":", StringComparison.Ordinal))
                    end = JsonSerializer.Deserialize<JournalEnd>(line, RunJson.Options);
                else
                    results.Add(pool.Of(JsonSerializer.Deserialize<CellResult>(line, RunJson.Options)
                        ?? throw new JsonException("null")));
            }
            catch (JsonException broken)
            {
                if (++unreadable > Told) continue;
                problems.Add(reader.Peek() < 0
                    ? $"line {number}, the last, is cut off"
                    : $"line {number} can't be read: {broken.Message.Split('\n')[0]}");
            }
        }
        if (unreadable > Told) problems.Add($"{unreadable - Told} more lines can't be read");
        if (headers.Find(header => header.Journal > JournalHeader.Newest) is { } newer)
            problems.Insert(0, $"it is of format {newer.Journal}, and this program knows those up to "
                + $"{JournalHeader.Newest}: what it does not know is left out");
        if (headers.Count == 0 && results.Count > 0)
            problems.Insert(0, "it has no header: it was written before there were any (format 1), or by a search");
        return new(headers, results, end, problems);
    }

    public void Dispose() => _file.Dispose();

    private void Write<T>(T value)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(value, RunJson.Options), (byte)'\n'];
        lock (_lock)
        {
            _file.Write(line);
            _file.Flush();
        }
    }

    private long EndOfLastLine()
    {
        for (var end = _file.Length; end > 0; end--)
        {
            _file.Seek(end - 1, SeekOrigin.Begin);
            if (_file.ReadByte() == '\n') return end;
        }
        return 0;
    }
}
