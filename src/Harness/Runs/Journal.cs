using System.Text.Json;
using System.Text.Json.Serialization;
using TlsInterop.Harness.Verdicts;

namespace TlsInterop.Harness.Runs;

/// <summary>
/// <c>results.jsonl</c>: each finished cell is a line, written and flushed before its worker takes the next one.
/// </summary>
public sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly FileStream _file;
    private readonly Lock _lock = new();

    /// <summary>Opens the journal of a run for writing at its end.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public Journal(string path) => _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    /// <summary>Writes one result; when it returns the line is the operating system's.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Append(CellResult result)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(result, Json), (byte)'\n'];
        lock (_lock)
        {
            _file.Write(line);
            _file.Flush();
        }
    }

    /// <summary>Reads a journal; a last line that was cut off is left out.</summary>
    public static IEnumerable<CellResult> Read(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } result) yield return result;
        }
    }

    public void Dispose() => _file.Dispose();

    private static CellResult? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CellResult>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
