using System.Text.Json;
using System.Text.Json.Serialization;
using TlsInterop.Harness.Commands;
using TlsInterop.Harness.Matrix;

namespace TlsInterop.Harness.Serve;

/// <summary>
/// What a device was asked and what it made of it, by cell: a search that is begun again hears the same, and asks the
/// device for the rest alone. With a file, that holds from one process to the next.
/// </summary>
public sealed class DeviceMemory
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly string? _file;
    private readonly Dictionary<string, List<DeviceAnswer>> _answers = new(StringComparer.Ordinal);

    private DeviceMemory(string? file) => _file = file;

    /// <summary>Answers that are known.</summary>
    public int Count => _answers.Values.Sum(answers => answers.Count);

    /// <summary>
    /// A memory, with what its file holds. A last line that was cut off is as if it had not been said.
    /// </summary>
    /// <param name="file">JSON lines; null to keep nothing.</param>
    /// <exception cref="UsageException">A line is none of this program's.</exception>
    public static DeviceMemory Open(string? file)
    {
        var memory = new DeviceMemory(file);
        if (file is null || !File.Exists(file)) return memory;
        var text = File.ReadAllText(file);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        foreach (var (line, number) in whole.Split('\n').SkipLast(1).Select((line, index) => (line, index + 1)))
            memory.Add(Read(line) ?? throw new UsageException(
                $"--state {file}, line {number}: Expected: an answer of a device, as 'serve' writes it. "
                + "Name a file that 'serve' wrote, or one that is not there yet"));
        if (whole.Length < text.Length) File.WriteAllText(file, whole);
        return memory;
    }

    /// <summary>What a cell came to the n-th time, from 0; null if it was not asked so often.</summary>
    public DeviceAnswer? Find(Cell cell, int time) =>
        _answers.GetValueOrDefault(cell.Id)?.ElementAtOrDefault(time);

    /// <summary>Keeps an answer; when it returns the line is the operating system's.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Keep(DeviceAnswer answer)
    {
        Add(answer);
        if (_file is not null) File.AppendAllText(_file, JsonSerializer.Serialize(answer, Json) + "\n");
    }

    private void Add(DeviceAnswer answer)
    {
        if (!_answers.TryGetValue(answer.Result.Cell, out var answers)) _answers[answer.Result.Cell] = answers = [];
        answers.Add(answer);
    }

    private static DeviceAnswer? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<DeviceAnswer>(line, Json) is { Result.Cell: not null } answer
                ? answer : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
